// Lots of the simulated farms.

import { atSomeBlock, DMEX, eventData, rpc, send, sendTogether, today } from './chain.mjs';
import { BITCOIN, ceil, MILLION } from './money.mjs';

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

/**
 * Submits a lot, pays its days to its own address, has it audited and activated, and waits until it
 * may issue `units`: some five days. Answers its id. `service` is what the simulated mine calls the
 * pool of `terms.account`.
 */
export async function activeLot({ api, pools, custodian, provider, terms, units, service, asset = BITCOIN }, servers) {
	const { farms } = await pools.state();
	const { payout: address } = farms.find((farm) => farm.account === terms.account);
	const day = await today(api);
	const { events } = await send(api, provider, api.tx.hashpower.submitLot(terms));
	const lot = eventData(events, 'hashpower', 'LotSubmitted').lot.toNumber();
	await custodian.send(api.tx.gateway.postAddresses(asset, [address]));
	await send(api, provider, api.tx.gateway.requestLotAddress(lot));
	const paidOn = async (day) => (await pools.day(service, terms.account, day)).paid;
	await custodian.follow({ asset, address, day, paidOn }, servers);
	const { audit } = await rpc(api, 'dmex_lot', lot);
	await custodian.send(api.tx.polls.vote(audit.id, true, 200_000n * DMEX));
	await atSomeBlock(api, 'an audit passed and payouts arrived', 300, async (see) => {
		const [{ audit }, book] = await Promise.all([rpc(api, 'dmex_lot', lot), api.query.gateway.lotBooks(lot)]);
		see([audit.result, book.toJSON()]);
		return audit.result === 'passed' && book.isSome ? true : undefined;
	});
	await sendTogether(api, provider, [api.tx.hashpower.concludeAudit(lot), api.tx.hashpower.activate(lot)]);
	await atSomeBlock(api, 'measured days', 300, async (see) => {
		const { status, issueLimit } = await rpc(api, 'dmex_lot', lot);
		see([status, issueLimit]);
		return BigInt(issueLimit.available) >= units ? true : undefined;
	});
	return lot;
}
