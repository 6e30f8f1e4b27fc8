// Coins and stablecoin: who has how much, and how the chain rounds.

import assert from 'node:assert/strict';

/** Assets: the stablecoin, and wrapped Bitcoin. */
export const [STABLE, BITCOIN] = [0, 1];
/** One dollar in the stablecoin's smallest unit. */
export const DOLLAR = 1_000_000n;
/** Prices for a unit count billionths of that. */
export const UNIT_PRICE = 1_000_000_000n;
export const MILLION = 1_000_000n;
/** The fee of a trade, parts per million. */
const TRADE_FEE = 2_000n;

export const ceil = (above, below) => (above + below - 1n) / below;
export const tradeFee = (amount) => ceil(amount * TRADE_FEE, MILLION);

/** Reads what accounts have. */
export function purses(api) {
	const balance = async (asset, who) => {
		const account = await api.query.assets.account(asset, who.address ?? who);
		return account.isSome ? account.unwrap().balance.toBigInt() : 0n;
	};
	const onHold = async (asset, who) => {
		const holds = await api.query.assetsHolder.holds(asset, who.address);
		return holds.reduce((sum, { amount }) => sum + amount.toBigInt(), 0n);
	};
	const stables = (...whose) => Promise.all(whose.map((who) => balance(STABLE, who)));
	return { balance, onHold, stables };
}

/** What is unpaid of an income, in the lot's coin. */
export const unpaidOf = (income) => income.unpaid[0]?.[1].toBigInt() ?? 0n;

/** Amounts are equal but for units lost in rounding; fractions of a unit go on with the title. */
export function assertNear(amount, exact, units) {
	const off = amount > exact ? amount - exact : exact - amount;
	assert.ok(off <= units, `${amount} instead of ${exact}`);
}
