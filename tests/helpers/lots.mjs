// Lots of the simulated farms.

import { sendTogether } from './chain.mjs';
import { ceil, MILLION } from './money.mjs';

/** The provider's fee, parts per million. */
export const FEE = 30_000n;
/** Places of the sources in genesis. */
export const [BRAIINS, VIABTC, LUXOR] = [0, 2, 3];

/** 60 PH/s of the farm `farm1` on Braiins, submitted on `day`, unless `changes` say otherwise. */
export function lotTerms(day, changes = {}) {
	return {
		farm: 0,
		coin: 0,
		model: 'Antminer S21 XP',
		machines: 300,
		nanowattsPerUnit: 13_500_000,
		millicentsPerKwh: 5_500,
		source: BRAIINS,
		account: 'farm1',
		power: 60_000_000n,
		firstDay: day + 2,
		lastDay: day + 40,
		fee: FEE,
		payout: 'Fpps',
		sale: 'Outright',
		shutdownClause: true,
		vesting: null,
		evidence: `0x${'22'.repeat(32)}`,
		...changes,
	};
}

/** Registers a provider with a farm, which gets the id 0. From the first block on there is a day. */
export function registerFarm(api, provider) {
	return sendTogether(api, provider, [
		api.tx.hashpower.registerProvider('Northern Light Mining', 'https://example.org'),
		api.tx.hashpower.registerFarm('Iceland', [[0, 130_000_000n]]),
	]);
}

/**
 * Submits two lots that nothing comes of. Accounts are read at different times of a day: the first
 * two after 28 and 18 s, the third, that of the lot submitted next, after three.
 */
export function submitOthers(api, provider, day) {
	const others = [{ source: LUXOR, account: 'farm5' }, { account: 'farm8' }];
	const submit = (changes) => api.tx.hashpower.submitLot(lotTerms(day, { power: 1_000n, ...changes }));
	return sendTogether(api, provider, others.map(submit));
}

/**
 * What a day owes to `units` by what the pool says of it, not by what the chain says: a part of what
 * was paid, without what is kept of it, parts per million.
 */
export function dueOf({ paid, measured }, units, ...kept) {
	const share = ceil(paid * units, measured / 1_000_000_000n);
	return kept.reduce((rest, part) => ceil(rest * (MILLION - part), MILLION), share);
}
