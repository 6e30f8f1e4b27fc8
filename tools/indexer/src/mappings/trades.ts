import type { SubstrateEvent } from '@subql/types';
import { Fields, titleId } from '../fields';
import { Trade, TradeKind } from '../types';

type Sides = Pick<Trade, 'buyer' | 'fee'> & Partial<Pick<Trade, 'seller' | 'units'>>;

async function trade(of: Fields, kind: TradeKind, series: number, sides: Sides) {
	await Trade.create({
		id: of.id,
		kind,
		series,
		order: of.big('order'),
		titleId: titleId(series, of.int('title')),
		price: of.big('price'),
		block: of.block,
		...sides,
	}).save();
}

/** A provider sold power of its lot. */
export async function soldByProvider(event: SubstrateEvent): Promise<void> {
	const of = new Fields(event);
	const sides = { buyer: of.text('buyer'), units: of.big('units'), fee: 0n };
	await trade(of, TradeKind.Primary, of.int('lot'), sides);
}

/** A title, or a part of it, was sold. */
export async function traded(event: SubstrateEvent): Promise<void> {
	const of = new Fields(event);
	await trade(of, TradeKind.Secondary, of.int('series'), {
		seller: of.text('seller'),
		buyer: of.text('buyer'),
		units: of.big('units'),
		fee: of.big('fee'),
	});
}

/** Days of a title were leased. */
export async function leased(event: SubstrateEvent): Promise<void> {
	const of = new Fields(event);
	const sides = { seller: of.text('owner'), buyer: of.text('lessee'), fee: of.big('fee') };
	await trade(of, TradeKind.Lease, of.int('series'), sides);
}
