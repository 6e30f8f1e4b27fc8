// Trades per second on one node, beside plain transfers on the same node in the same run: listed
// titles, each bought by a signed transaction of its own, by many accounts; then transfers of DMEX
// by the same accounts. Only full blocks count.
//
//   node tests/measure/trades.mjs [trades=3000] [transfers=25000] [buyers=300]

import { Keyring } from '@polkadot/api';
import { blake2AsHex } from '@polkadot/util-crypto';
import { DMEX, eventData, people, send, today } from '../helpers/chain.mjs';
import { Custodian } from '../helpers/custodian.mjs';
import { activeLot, lotTerms, registerFarm } from '../helpers/lots.mjs';
import { DOLLAR, STABLE, UNIT_PRICE } from '../helpers/money.mjs';
import { tokenFile } from '../helpers/node.mjs';
import { startPools, tokenOf } from '../helpers/pools.mjs';
import { Servers } from '../helpers/processes.mjs';
import { batches, blockAt, countOf, limitOf, mean, percent, PLENTY, signAll, splits, submitAll } from './blocks.mjs';
import { histogram, integer, sleep, specification, spread, startNetwork } from './network.mjs';

const [trades = 3_000, transfers = 25_000, buyers = 300] = process.argv.slice(2).map(Number);
/** GH/s of a title. */
const UNITS = 1_000n;
const ALL = BigInt(trades) * UNITS;
/** Dollars a day for twenty million GH/s, as in the tests. */
const SLICE_PER_UNIT = (450n * DOLLAR * UNIT_PRICE) / 20_000_000n;
/** A dollar a title. */
const PRICE_PER_UNIT = (DOLLAR * UNIT_PRICE) / UNITS;
/** Liens of a title that has none. */
const NO_LIENS = blake2AsHex(new Uint8Array([0]), 256);
const BUILT = 'substrate_proposer_block_constructed';

const servers = new Servers('trades');
const pools = await startPools(servers, { options: ['--rate-limits', 'off'] });
const { alice, bob, charlie } = people();
const keyring = new Keyring({ type: 'sr25519' });
const accounts = Array.from({ length: buyers }, (_, i) => keyring.addFromUri(`//Buyer//${i}`));
const chain = specification(servers, {
	pools: pools.url,
	preset: 'development',
	change: ({ assets, balances }) => {
		for (const entry of balances.balances) if (entry[0] === charlie.address) entry[1] = integer(PLENTY);
		balances.balances.push(...accounts.map(({ address }) => [address, integer(10_000n * DMEX)]));
		assets.accounts.push(...accounts.map(({ address }) => [STABLE, address, integer(10_000n * DOLLAR)]));
	},
});
const tokens = tokenFile(servers, { 'source/0': tokenOf('braiins', 'farm1', 'alice') });
const [node] = await startNetwork(servers, { chain, names: ['alice'], options: () => ['--pool-tokens', tokens] });
const { api } = node;
const normal = api.consts.system.blockWeights.perClass.normal.maxTotal.unwrap().refTime.toNumber();

/** Sends calls of one account, one after the other, and waits until all are in blocks. */
async function sendAll(signer, calls) {
	const first = (await api.rpc.system.accountNextIndex(signer.address)).toNumber();
	await submitAll(api, signAll(api, signer, calls, first));
	while ((await api.query.system.account(signer.address)).nonce.toNumber() < first + calls.length) await sleep(1_000);
}

const custodian = new Custodian(api, alice);
await registerFarm(api, bob);
const day = await today(api);
const lot = await activeLot({ api, pools, custodian, provider: bob, terms: lotTerms(day), units: ALL, service: 'braiins' }, servers);
const ask = { Outright: { slicePerUnit: SLICE_PER_UNIT, upfrontPerUnit: 0n } };
const opened = await send(api, bob, api.tx.market.openSale(lot, ALL, UNITS, ask, day + 35));
const sale = eventData(opened.events, 'market', 'OrderPlaced').order.toNumber();
const bought = await send(api, charlie, api.tx.market.buyPrimary(lot, sale, ALL, 500_000n * DOLLAR));
const title = eventData(bought.events, 'market', 'SoldByProvider').title.toNumber();
const next = (await api.query.titles.series(lot)).unwrap().nextTitle.toNumber();
const { calls, ids } = splits(api, lot, title, next, trades, UNITS);
await sendAll(charlie, batches(api, calls, 10));
const list = (id) => api.tx.market.list(lot, id, PRICE_PER_UNIT, UNITS, null, day + 38);
await sendAll(charlie, batches(api, ids.map(list), 100));
console.log(`${ids.length} titles are listed`);

/** Transactions `call(place)` of all buyers in turn, signed. */
async function signedBy(count, call) {
	const nonces = await Promise.all(accounts.map(({ address }) => api.rpc.system.accountNextIndex(address)));
	const { genesisHash, runtimeVersion } = api;
	return Array.from({ length: count }, (_, place) => {
		const who = place % buyers;
		const nonce = nonces[who].toNumber() + Math.floor(place / buyers);
		return call(place).sign(accounts[who], { nonce, era: 0, blockHash: genesisHash, genesisHash, runtimeVersion });
	});
}

/** Sends them as fast as the node takes them; answers what blocks held until none is left. */
async function through(signed, event) {
	const before = await histogram(node, BUILT);
	const blocks = [];
	let busy = Promise.resolve();
	const stop = await api.rpc.chain.subscribeNewHeads((header) => {
		busy = busy.then(async () => blocks.push(await blockAt(api, header.hash)));
	});
	await submitAll(api, signed, 60_000);
	while ((await api.rpc.author.pendingExtrinsics()).length > 0) await sleep(1_000);
	await sleep(4_000);
	stop();
	await busy;
	const after = await histogram(node, BUILT);
	const counted = blocks.map((block) => ({ ...block, done: countOf(block, ...event), failed: countOf(block, 'system', 'ExtrinsicFailed') }));
	const full = counted.filter((block) => block.normal > 0.9 * normal);
	const times = blocks.slice(1).map(({ now }, place) => now - blocks[place].now);
	const sum = (which) => counted.reduce((all, block) => all + block[which], 0);
	return {
		done: sum('done'),
		failed: sum('failed'),
		blocks: full.length,
		ofBlock: mean(full.map(({ done }) => done)),
		spread: spread(full.map(({ done }) => done)),
		weight: mean(full.map((block) => block.normal / block.done)),
		fill: mean(full.map((block) => block.normal)) / limitOf(api),
		seconds: mean(times) / 1_000,
		built: ((after.sum - before.sum) / (after.count - before.count)) * 1_000,
	};
}

const expected = { maxPrice: 2n * DOLLAR, liensHash: NO_LIENS, paidUntil: day + 100, acceptSuspended: false };
const buy = (place) => api.tx.market.buy(lot, sale + 1 + place, UNITS, expected);
const traded = await through(await signedBy(trades, buy), ['market', 'Traded']);
const pay = () => api.tx.balances.transferKeepAlive(bob.address, 10n ** 9n);
const moved = await through(await signedBy(transfers, pay), ['balances', 'Transfer']);
for (const [what, { done, failed, blocks, ofBlock, spread, weight, fill, seconds, built }] of Object.entries({ trades: traded, transfers: moved })) {
	console.log(`\n${what}: ${done} done, ${failed} failed; ${blocks} full blocks, each a weight of ${percent(fill)}, a block in ${seconds.toFixed(2)} s`);
	console.log(`  of a full block ${ofBlock.toFixed(0)}, ${JSON.stringify(spread)}; a second ${(ofBlock / seconds).toFixed(1)}`);
	console.log(`  one weighs ${(weight / 1e6).toFixed(0)} µs; to build a block, mean of all: ${built.toFixed(0)} ms`);
}
console.log(`\ntransfers to trades: ${(moved.ofBlock / moved.seconds / (traded.ofBlock / traded.seconds)).toFixed(2)}`);
await servers.stop();
process.exit(0);
