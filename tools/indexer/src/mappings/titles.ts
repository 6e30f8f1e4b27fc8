import type { SubstrateEvent } from '@subql/types';
import { big, Fields, int, titleId } from '../fields';
import { Title, Transfer } from '../types';

/** A title that must be known: all begin with an issue. */
async function known(id: string): Promise<Title> {
	const title = await Title.get(id);
	if (title === undefined) throw new Error(`title ${id} was never issued`);
	return title;
}

/** A series issued a title. */
export async function titleIssued(event: SubstrateEvent): Promise<void> {
	const of = new Fields(event);
	const [series, number] = [of.int('series'), of.int('title')];
	await Title.create({
		id: titleId(series, number),
		series,
		number,
		owner: of.text('owner'),
		units: of.big('units'),
		firstDay: of.int('firstDay'),
		origin: 'Issued',
		madeOf: [],
		createdAt: of.block,
	}).save();
}

/** A title became parts. */
export async function titleSplit(event: SubstrateEvent): Promise<void> {
	const of = new Fields(event);
	const series = of.int('series');
	const parent = await known(titleId(series, of.int('title')));
	for (const part of of.list('parts')) {
		const [id, units] = part as [unknown, unknown];
		const number = int(id, 'part');
		await Title.create({
			id: titleId(series, number),
			series,
			number,
			owner: parent.owner,
			units: big(units, 'units'),
			firstDay: parent.firstDay,
			origin: 'Split',
			madeOf: [parent.id],
			createdAt: of.block,
		}).save();
	}
	parent.endedAt = of.block;
	await parent.save();
}

/** Titles became one, which begins with the latest of their first days. */
export async function titlesMerged(event: SubstrateEvent): Promise<void> {
	const of = new Fields(event);
	const [series, number] = [of.int('series'), of.int('merged')];
	const sources: Title[] = [];
	for (const id of of.list('titles')) {
		sources.push(await known(titleId(series, int(id, 'title'))));
	}
	const [first] = sources;
	if (first === undefined) throw new Error('a merge of nothing');
	await Title.create({
		id: titleId(series, number),
		series,
		number,
		owner: first.owner,
		units: of.big('units'),
		firstDay: Math.max(...sources.map((source) => source.firstDay)),
		origin: 'Merged',
		madeOf: sources.map((source) => source.id),
		createdAt: of.block,
	}).save();
	for (const source of sources) {
		source.endedAt = of.block;
		await source.save();
	}
}

/** A title changed hands. The collection of a title is its series. */
export async function titleTransferred(event: SubstrateEvent): Promise<void> {
	const of = new Fields(event);
	const title = await known(titleId(of.int('collection'), of.int('item')));
	const [from, to] = [of.text('from'), of.text('to')];
	await Transfer.create({ id: of.id, titleId: title.id, from, to, block: of.block }).save();
	title.owner = to;
	await title.save();
}
