import type { SubstrateEvent } from '@subql/types';
import { Fields } from '../fields';
import { DayClosing } from '../types';

async function closing(of: Fields): Promise<DayClosing> {
	const id = `${of.int('lot')}-${of.int('day')}`;
	const day = await DayClosing.get(id);
	if (day === undefined) throw new Error(`day ${id} never closed`);
	return day;
}

/** The books of a lot's day closed. */
export async function dayClosed(event: SubstrateEvent): Promise<void> {
	const of = new Fields(event);
	const [lot, day] = [of.int('lot'), of.int('day')];
	const score = of.value('score');
	await DayClosing.create({
		id: `${lot}-${day}`,
		lot,
		day,
		units: of.big('units'),
		due: of.big('due'),
		delivered: of.big('delivered'),
		measured: of.maybeBig('measured'),
		score: typeof score === 'string' ? score : JSON.stringify(score),
		madeUp: 0n,
		block: of.block,
	}).save();
}

/** Coins went to a day that had closed short. */
export async function dayMadeUp(event: SubstrateEvent): Promise<void> {
	const of = new Fields(event);
	const day = await closing(of);
	day.madeUp += of.big('amount');
	await day.save();
}

/** The time to make a day up is over. */
export async function dayLost(event: SubstrateEvent): Promise<void> {
	const of = new Fields(event);
	const day = await closing(of);
	day.lost = of.big('lost');
	await day.save();
}
