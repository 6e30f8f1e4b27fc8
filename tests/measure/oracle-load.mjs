// What reading many pool accounts costs: four validators, N accounts, the pools' published limits.
//
//   node tests/measure/oracle-load.mjs [accounts=1000] [minutes=20] [day_minutes=60]
//
// A day of an hour instead of a day's 24 asks for closed days 24 times as often; live readings,
// prices and networks keep the cadence that they have in production (rounds of 20 blocks). With more
// accounts than the pools' limits allow in a round, an account's live reading waits for its turn:
// Infinity is a wait of more than ten rounds.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { people } from '../helpers/chain.mjs';
import { startPools } from '../helpers/pools.mjs';
import { Servers, temporaryFolder } from '../helpers/processes.mjs';
import { memoryOf, sleep, specification, spread, startNetwork } from './network.mjs';

const [accounts = 1000, minutes = 20, dayMinutes = 60] = process.argv.slice(2).map(Number);
const NAMES = ['alice', 'bob', 'charlie', 'dave'];
const SERVICES = ['braiins', 'f2pool'];
const LOTS_OF_FARM = 64;
const BTC = 0;
const dayMs = dayMinutes * 60_000;

const servers = new Servers('oracle-load');
const pools = await startPools(servers, { dayMs, options: ['--accounts', `${accounts}`] });
const tokenFiles = Object.fromEntries(NAMES.map((name) => {
	const file = join(temporaryFolder(servers), `${name}.json`);
	const tokens = Object.fromEntries(Array.from({ length: accounts }, (_, i) => {
		return [`account/${i}`, `sim-${SERVICES[i % 2]}-load${i}-${name}`];
	}));
	writeFileSync(file, JSON.stringify(tokens), { mode: 0o600 });
	return [name, file];
}));
const chain = specification(servers, {
	pools: pools.url,
	change: (genesis) => {
		genesis.periods.dayLength = dayMs;
		genesis.periods.roundBlocks = 20;
		genesis.periods.lengths.sessionBlocks = 600;
	},
});
const nodes = await startNetwork(servers, {
	chain, names: NAMES, options: (name) => ['--pool-tokens', tokenFiles[name]],
});
const { api } = nodes[0];
const { alice } = people();
console.log(`${accounts} accounts, four validators, a day of ${dayMinutes} min, rounds of 20 blocks`);

/** Sends calls of one account and waits until all are in blocks. */
async function sendAll(calls) {
	let nonce = (await api.rpc.system.accountNextIndex(alice.address)).toNumber();
	const last = nonce + calls.length;
	for (const call of calls) await call.signAndSend(alice, { nonce: nonce++ });
	while ((await api.query.system.account(alice.address)).nonce.toNumber() < last) await sleep(1000);
}
const day = Math.floor((await api.query.timestamp.now()).toNumber() / dayMs) || Math.floor(Date.now() / dayMs);
const farms = Math.ceil(accounts / LOTS_OF_FARM);
await sendAll([
	api.tx.hashpower.registerProvider('Load', ''),
	...Array.from({ length: farms }, (_, i) => api.tx.hashpower.registerFarm(`Hall ${i}`, [[BTC, 10n ** 12n]])),
]);
const lots = Array.from({ length: accounts }, (_, i) => api.tx.hashpower.submitLot({
	farm: Math.floor(i / LOTS_OF_FARM), coin: BTC, model: 'S21', machines: 1, nanowattsPerUnit: 17_500_000,
	millicentsPerKwh: 5_000, source: i % 2, account: `load${i}`, power: 1_000n, firstDay: day + 3,
	lastDay: day + 400, fee: 30_000, payout: 'Fpps', sale: 'Outright', shutdownClause: false, vesting: null,
	evidence: `0x${'11'.repeat(32)}`,
}));
const batches = [];
while (lots.length) batches.push(api.tx.utility.batchAll(lots.splice(0, 20)));
await sendAll(batches);
const followed = (await api.query.poolOracle.counterForFollowed()).toNumber();
if (followed < accounts) throw new Error(`${followed} of ${accounts} accounts are followed`);
console.log(`${followed} accounts are followed`);

// A round to settle, then everything is counted.
await sleep(60_000);
const before = await pools.stats();
const started = Date.now();
const sum = { blocks: 0, votes: 0, feeds: 0, bytes: 0, refTime: 0n };
let busy = Promise.resolve();
const stop = await api.rpc.chain.subscribeFinalizedHeads((header) => {
	busy = busy.then(async () => {
		const { block } = await api.rpc.chain.getBlock(header.hash);
		sum.blocks += 1;
		for (const extrinsic of block.extrinsics) {
			if (extrinsic.method.section !== 'poolOracle') continue;
			sum.votes += 1;
			sum.bytes += extrinsic.encodedLength;
			const { vote } = extrinsic.method.toJSON().args;
			sum.feeds += (vote?.readings ?? []).length;
		}
		const at = await api.at(header.hash);
		sum.refTime += (await at.query.system.blockWeight()).operational.refTime.toBigInt();
	});
});

// How long a changed answer takes to be a finalised live reading. One account after the other.
const latencies = [];
const roundSeconds = 60;
while (Date.now() - started < minutes * 60_000) {
	const i = latencies.length * 37 % accounts;
	let known;
	while (!(known = await read(i)) && Date.now() - started < minutes * 60_000) await sleep(1_000);
	const full = Number(known?.power ?? 0);
	const off = await pools.fault({ kind: 'drop', service: SERVICES[i % 2], account: `load${i}`, factor: 0.5 });
	const changed = Date.now();
	for (;;) {
		await sleep(1_000);
		const now = await read(i);
		if (now && Number(now.power) < full * 0.75) {
			latencies.push((Date.now() - changed) / 1000);
			break;
		}
		if (Date.now() - changed > 10 * roundSeconds * 1000) {
			latencies.push(Infinity);
			break;
		}
	}
	await off();
	await sleep(5_000);
}
async function read(account) {
	const head = await api.rpc.chain.getFinalizedHead();
	const record = await (await api.at(head)).query.poolOracle.liveReadings(account);
	return record.isSome ? record.unwrap().toJSON() : undefined;
}

stop();
await busy;
const seconds = (Date.now() - started) / 1000;
const after = await pools.stats();
const perDay = (count) => Math.round(count * 86_400 / seconds);
console.log('\nrequests of all four validators');
console.log('service        a second   a day      refused by limit');
for (const [service, { requests, limited }] of Object.entries(after)) {
	const more = requests - (before[service]?.requests ?? 0);
	const over = limited - (before[service]?.limited ?? 0);
	console.log(`${service.padEnd(14)} ${(more / seconds).toFixed(2).padStart(8)}   ${String(perDay(more)).padEnd(10)} ${over}`);
}
console.log(`\nvotes: ${perDay(sum.votes)} a day, ${(sum.votes / sum.blocks).toFixed(2)} a block, ${(sum.bytes / Math.max(1, sum.votes)).toFixed(0)} bytes and ${(sum.feeds / Math.max(1, sum.votes)).toFixed(1)} readings each`);
console.log(`weight of operational calls: ${(Number(sum.refTime) / sum.blocks / 1e9).toFixed(2)} ms a block, ${(Number(sum.refTime) / 1e12 * 86_400 / seconds).toFixed(0)} s a day`);
console.log('from a changed answer to the finalised live reading, s:', spread(latencies));
console.log('rounds of', roundSeconds, 's; memory, MiB:', nodes.map((node) => `${node.name} ${memoryOf(node)}`).join(', '));
await servers.stop();
