// What it takes to pay every title of a lot by itself, beside the loop of transfers that does
// nothing else: transfers of a coin to holders, in batches, then N titles of one lot of that coin and
// of these holders, each visited once by the payer in what blocks leave over.
//
//   node tests/measure/payer.mjs [titles=100000] [holders=1000] [pace_ms=2000]
//
// Blocks are made on request, `pace_ms` apart while pools are read and without a pause while they are
// counted; the simulated mine's clock follows the chain's. Blocks and weights are thus those of a
// chain with blocks of three seconds; the milliseconds are what this machine needs for each.

import { Keyring } from '@polkadot/api';
import { DMEX, eventData, people, rpc, send, today } from '../helpers/chain.mjs';
import { Custodian } from '../helpers/custodian.mjs';
import { activeLot, lotTerms, VIABTC } from '../helpers/lots.mjs';
import { tokenFile } from '../helpers/node.mjs';
import { startPools, tokenOf } from '../helpers/pools.mjs';
import { Servers } from '../helpers/processes.mjs';
import { batches, blockAt, countOf, limitOf, mean, percent, PLENTY, signAll, splits, submitAll } from './blocks.mjs';
import { integer, sleep, specification, spread, startNetwork } from './network.mjs';

const [titles = 100_000, holders = 1_000, pace = 2_000] = process.argv.slice(2).map(Number);
/** Of a coin whose day is worth the least payout for each of many titles. */
const [COIN, ASSET] = [1, 2];
/** GH/s of the farm's eight PH/s that are issued, in equal titles. */
const UNITS = BigInt(Math.floor(6_000_000 / titles));
const ALL = BigInt(titles) * UNITS;
/** What the loop transfers to each, smallest units. */
const AMOUNT = 2_000n;
const SLOT_SECONDS = 3;

const servers = new Servers('payer');
const pools = await startPools(servers, { options: ['--rate-limits', 'off'] });
const { alice, bob, charlie } = people();
const keyring = new Keyring({ type: 'sr25519' });
const addresses = Array.from({ length: holders }, (_, i) => keyring.addFromUri(`//Holder//${i}`).address);
const chain = specification(servers, {
	pools: pools.url,
	preset: 'development',
	change: ({ balances }) => {
		for (const entry of balances.balances) if (entry[0] === charlie.address) entry[1] = integer(PLENTY);
		balances.balances.push(...addresses.map((address) => [address, integer(DMEX)]));
	},
});
const tokens = tokenFile(servers, { 'source/2': tokenOf('viabtc', 'farm4', 'alice') });
const [{ api }] = await startNetwork(servers, {
	chain, names: ['alice'], options: () => ['--sealing', 'manual', '--pool-tokens', tokens],
});
const limit = limitOf(api);

let best;

/**
 * Makes a block; answers it, and how long that took. It is final with the next: of a block that is
 * final at once nobody is told that it holds his transaction.
 */
async function seal() {
	const start = Date.now();
	const { hash } = await rpc(api, 'engine_createBlock', true, false, null);
	const took = Date.now() - start;
	if (best !== undefined) await rpc(api, 'engine_finalizeBlock', best, null);
	best = hash;
	const block = await blockAt(api, hash);
	await pools.call('POST', '/sim/clock', { now_ms: block.now, running: false });
	const { events, ...rest } = block;
	return {
		...rest,
		took,
		paid: countOf(block, 'income', 'TitlePaid'),
		moved: countOf(block, 'assets', 'Transferred'),
		failed: countOf(block, 'system', 'ExtrinsicFailed'),
	};
}

/** Makes blocks at a pace until `work` is done. */
async function sealWhile(work) {
	let over = false;
	const done = work.finally(() => (over = true));
	// Its failure is told below.
	done.catch(() => {});
	while (!over) {
		const start = Date.now();
		await seal();
		await sleep(Math.max(0, pace - (Date.now() - start)));
	}
	return done;
}

/** Sends calls of one account as they come and makes blocks until they are in; answers the blocks. */
async function sealCalls(signer, calls) {
	const first = (await api.rpc.system.accountNextIndex(signer.address)).toNumber();
	const blocks = [];
	for (let from = 0; from < calls.length; from += 500) {
		const part = calls.slice(from, from + 500);
		await submitAll(api, signAll(api, signer, part, first + from));
		const due = first + from + part.length;
		const last = blocks.length + part.length + 100;
		while ((await api.query.system.account(signer.address)).nonce.toNumber() < due) {
			const block = await seal();
			if (block.failed > 0) console.log(`${block.failed} transactions of block ${block.number} failed`);
			blocks.push(block);
			if (blocks.length > last) throw new Error(`transactions of ${signer.address} are in no block`);
		}
	}
	return blocks;
}

const custodian = new Custodian(api, alice);
const lot = await sealWhile((async () => {
	await send(api, bob, api.tx.hashpower.registerProvider('Northern Light Mining', 'https://example.org'));
	await send(api, bob, api.tx.hashpower.registerFarm('Iceland', [[COIN, 20_000_000n]]));
	const day = await today(api);
	const terms = lotTerms(day, { coin: COIN, source: VIABTC, account: 'farm4', power: 7_000_000n, lastDay: day + 360 });
	return activeLot({ api, pools, custodian, provider: bob, terms, units: ALL, service: 'viabtc', asset: ASSET }, servers);
})());
const issued = await sealWhile(send(api, bob, api.tx.hashpower.issue(lot, ALL, charlie.address)));
const title = eventData(issued.events, 'hashpower', 'PowerIssued').title.toNumber();
console.log(`lot ${lot} issues ${ALL} GH/s`);
// What blocks are without the payer: with many titles one round of it follows the other.
const before = [];
for (let blocks = 0; blocks < 60; blocks += 1) before.push(await seal());

// The loop, while there are no titles that the payer would visit meanwhile.
const ownerOf = (place) => addresses[place % holders];
await sealCalls(charlie, [api.tx.gateway.faucet(ASSET, AMOUNT * BigInt(titles) + 1_000_000n)]);
const transfers = Array.from({ length: titles }, (_, place) => api.tx.assets.transferKeepAlive(ASSET, ownerOf(place), AMOUNT));
const loop = await sealCalls(charlie, batches(api, transfers, 200));

const next = (await api.query.titles.series(lot)).unwrap().nextTitle.toNumber();
const { calls, ids } = splits(api, lot, title, next, titles, UNITS);
const setUp = Date.now();
const made = await sealCalls(charlie, batches(api, calls, 10));
const given = await sealCalls(charlie, batches(api, ids.map((id, place) => api.tx.nfts.transfer(lot, id, ownerOf(place))), 200));
const alive = (await api.query.titles.series(lot)).unwrap();
console.log(`${ids.length} titles are made in ${made.length} blocks and given to ${holders} holders in ${given.length}, ${((Date.now() - setUp) / 1000).toFixed(0)} s`, alive.toJSON());

const roundNow = async () => (await api.query.income.payerRound()).toJSON();

/** Makes blocks until the payer has begun a round and is through with it. */
async function nextRound() {
	while ((await roundNow()).running) await seal();
	const { began } = await roundNow();
	const blocks = [];
	for (;;) {
		const block = await seal();
		// So that the custodian keeps up.
		await sleep(20);
		const now = await roundNow();
		if (now.began !== began) blocks.push(block);
		if (now.began !== began && !now.running) break;
	}
	const paid = blocks.reduce((sum, block) => sum + block.paid, 0);
	const { closedUntil } = (await api.query.income.books(lot)).unwrap();
	console.log(`a round of the payer: ${blocks.length} blocks, ${paid} titles paid; days are closed until ${closedUntil}, it is ${await today(api)}`);
	return { blocks, paid };
}

// The first rounds find too little that is unpaid.
let round = await nextRound();
for (let rounds = 1; round.paid < titles; rounds += 1) {
	if (rounds === 6) throw new Error('no round pays all titles');
	round = await nextRound();
}
// A block that begins a session counts as full: what the payer may do in it is little or nothing.
const isOrdinary = ({ mandatory }) => mandatory < limit / 2;
const [inRound, quiet] = [round.blocks, before].map((blocks) => blocks.filter(isOrdinary));
const [base, idle] = [mean(quiet.map(({ mandatory }) => mandatory)), mean(quiet.map(({ took }) => took))];
const share = ({ mandatory }) => (mandatory - base) / limit;
const total = (blocks, what) => blocks.reduce((sum, block) => sum + what(block), 0);
const shares = (blocks, weigh) => `mean ${percent(mean(blocks.map(weigh)))}, most ${percent(spread(blocks.map(weigh)).most)}`;
const paidInThese = total(inRound, ({ paid }) => paid);
const payWeight = (total(inRound, share) * limit) / paidInThese;
console.log(`\npaid by itself: ${round.paid} titles in ${round.blocks.length} blocks, ${round.blocks.length * SLOT_SECONDS} s of slots of ${SLOT_SECONDS} s; in ${round.blocks.length - inRound.length} of them a session began`);
console.log(`  titles of another block: ${JSON.stringify(spread(inRound.map(({ paid }) => paid)))}`);
console.log(`  share of its weight: ${shares(inRound, share)}; all that is mandatory in blocks before: ${shares(quiet, ({ mandatory }) => mandatory / limit)}`);
console.log(`  a title weighs ${(payWeight / 1e6).toFixed(0)} µs`);
console.log(`  to make a block: mean ${mean(inRound.map(({ took }) => took)).toFixed(0)} ms, before ${idle.toFixed(0)} ms; all ${(total(inRound, ({ took }) => took) / 1000).toFixed(1)} s`);

const sent = total(loop, ({ moved }) => moved);
const transferWeight = total(loop, ({ normal }) => normal) / sent;
console.log(`\nthe loop: ${sent} transfers in ${loop.length} blocks, ${loop.length * SLOT_SECONDS} s of slots`);
console.log(`  transfers of a block: ${JSON.stringify(spread(loop.map(({ moved }) => moved)))}`);
console.log(`  share of its weight: ${shares(loop, ({ normal }) => normal / limit)}`);
console.log(`  a transfer weighs ${(transferWeight / 1e6).toFixed(0)} µs`);
console.log(`  to make a block: mean ${mean(loop.map(({ took }) => took)).toFixed(0)} ms; all ${(total(loop, ({ took }) => took) / 1000).toFixed(1)} s`);

const work = (blocks) => total(blocks, ({ took }) => took - idle);
const times = work(inRound) / paidInThese / (work(loop) / sent);
console.log(`\na payment by itself to one of the loop: weight ${(payWeight / transferWeight).toFixed(2)}, time ${times.toFixed(2)}; blocks ${(round.blocks.length / loop.length).toFixed(1)}`);
await servers.stop();
process.exit(0);
