import type { SubstrateEvent } from '@subql/types';
import { Fields, titleId } from '../fields';
import { Payout, PayoutKind } from '../types';

type Rest = Partial<Pick<Payout, 'series' | 'titleId' | 'asset'>>;

async function pay(of: Fields, kind: PayoutKind, to: string, fee: bigint, rest: Rest) {
	const { id, block } = of;
	const amount = of.big('amount');
	// Days for which nothing was due: they move the title's `until`, and no money.
	if (amount === 0n) return;
	await Payout.create({ id, kind, to, amount, fee, block, ...rest }).save();
}

/** Income of a title reached its owner. */
export async function titlePaid(event: SubstrateEvent): Promise<void> {
	const of = new Fields(event);
	const series = of.int('series');
	const title = titleId(series, of.int('title'));
	const rest = { series, titleId: title, asset: of.int('asset') };
	await pay(of, PayoutKind.Title, of.text('to'), of.big('fee'), rest);
}

/** Income reached a holder of liens. */
export async function lienPaid(event: SubstrateEvent): Promise<void> {
	const of = new Fields(event);
	const rest = { series: of.int('series'), asset: of.int('asset') };
	await pay(of, PayoutKind.Lien, of.text('to'), of.big('fee'), rest);
}

/** A provider took its part of the output, in the lot's coin. */
export async function providerPaid(event: SubstrateEvent): Promise<void> {
	const of = new Fields(event);
	await pay(of, PayoutKind.Provider, of.text('provider'), 0n, { series: of.int('lot') });
}

/** A provider took what its streams have earned. */
export async function slicesClaimed(event: SubstrateEvent): Promise<void> {
	const of = new Fields(event);
	const rest = { series: of.int('lot') };
	await pay(of, PayoutKind.Slices, of.text('provider'), of.big('fee'), rest);
}

/** A deposit came back to the title's owner. */
export async function depositReturned(event: SubstrateEvent): Promise<void> {
	const of = new Fields(event);
	const series = of.int('lot');
	const rest = { series, titleId: titleId(series, of.int('title')) };
	await pay(of, PayoutKind.Deposit, of.text('to'), 0n, rest);
}

/** DMEX for a stake. */
export async function rewardClaimed(event: SubstrateEvent): Promise<void> {
	const of = new Fields(event);
	await pay(of, PayoutKind.Reward, of.text('who'), 0n, {});
}
