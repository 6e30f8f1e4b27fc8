// What goes wrong at a service stays there: its feed has no vote, the reason is shown, and
// everything else goes on.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { atSomeBlock, people, reasonFor, rpc, send } from './helpers/chain.mjs';
import { startNode } from './helpers/node.mjs';
import { startPools } from './helpers/pools.mjs';
import { Servers } from './helpers/processes.mjs';

const BTC = 0;
/** Place of the exchange in genesis. */
const COINBASE = 'coinbase';

const servers = new Servers('faults');
const { alice } = people();
let api, pools, node;

before(async () => {
	pools = await startPools(servers);
	node = await startNode(servers, { pools });
	api = node.api;
}, { timeout: 120_000 });

after(() => servers.stop(), { timeout: 60_000 });

const factsOf = (coin) => rpc(api, 'dmex_facts', coin);

/** The line of a source in the node's status, found by its path at the simulated mine. */
async function statusOf(prefix) {
	const sources = await rpc(api, 'dmex_sources');
	const source = sources.find(({ url }) => url.includes(`/${prefix}`));
	const { sources: lines } = await rpc(api, 'dmex_oracleStatus');
	return lines.find(({ id }) => id === source.id);
}

const metric = async (name) => {
	const text = await (await fetch(node.metrics)).text();
	return text.split('\n').filter((line) => line.startsWith(name) && !line.startsWith('#'));
};

test('prices and networks are agreed', { timeout: 120_000 }, async () => {
	await atSomeBlock(api, 'facts of Bitcoin', 100, async (see) => {
		const told = await factsOf(BTC);
		see(told);
		return told.price.value && told.network.value ? true : undefined;
	});
});

for (const [fault, reason] of [
	[{ kind: 'html_page' }, 'ContentType'],
	[{ kind: 'malformed' }, 'Malformed'],
	[{ kind: 'redirect', to: 'http://127.0.0.1:1/' }, 'Redirect'],
	[{ kind: 'long_body', bytes: 200_000 }, 'TooLong'],
	[{ kind: 'too_many_requests' }, 'RateLimited'],
	[{ kind: 'outage', status: 503 }, 'Status(503)'],
]) {
	test(`an exchange with ${fault.kind}: the reason is shown, the price goes on`, { timeout: 90_000 }, async () => {
		const before = await statusOf(COINBASE);
		const repair = await pools.fault({ ...fault, service: COINBASE });
		const broken = await atSomeBlock(api, `${reason} in the node's status`, 60, async (see) => {
			const line = await statusOf(COINBASE);
			see(line);
			return line.lastError?.reason === reason && line.faults > before.faults ? line : undefined;
		});
		// Rounds that began after the fault still agree on a price: three exchanges are left.
		const { round } = await factsOf(BTC);
		await atSomeBlock(api, 'a price of a later round', 60, async (see) => {
			const record = (await api.query.poolOracle.priceFacts({ Coin: BTC })).unwrap();
			see(record.round.toNumber());
			return record.round.toNumber() > round ? true : undefined;
		});
		await repair();
		await atSomeBlock(api, 'the exchange to be read again', 60, async (see) => {
			const line = await statusOf(COINBASE);
			see(line);
			return line.successes > broken.successes ? true : undefined;
		});
	});
}

test('a broken or slow line is a fault like any other', { timeout: 120_000 }, async () => {
	for (const [fault, reasons] of [
		[{ kind: 'cut_body' }, ['Connection', 'Timeout', 'Malformed']],
		[{ kind: 'outage' }, ['Connection', 'Timeout']],
		[{ kind: 'slow', ms: 60_000 }, ['Timeout']],
	]) {
		const before = await statusOf(COINBASE);
		const repair = await pools.fault({ ...fault, service: COINBASE });
		await atSomeBlock(api, `one of ${reasons} in the node's status`, 60, async (see) => {
			const line = await statusOf(COINBASE);
			see(line);
			const shown = reasons.includes(line.lastError?.reason);
			return shown && line.faults > before.faults ? true : undefined;
		});
		await repair();
	}
	assert.notEqual((await factsOf(BTC)).price.value, undefined, 'the other exchanges were read on');
});

test('a sudden price waits for a second round; one exchange moves nothing', { timeout: 150_000 }, async () => {
	const before = BigInt((await factsOf(BTC)).price.value);
	const liar = await pools.fault({ kind: 'lie', factor: 3, service: COINBASE });
	const { round } = await factsOf(BTC);
	await atSomeBlock(api, 'two rounds with a lying exchange', 60, async () =>
		(await factsOf(BTC)).round > round + 2 ? true : undefined);
	const during = BigInt((await factsOf(BTC)).price.value);
	assert.ok(during > (before * 99n) / 100n && during < (before * 101n) / 100n, `${during}`);
	await liar();

	// Half of it, everywhere: further than a fifth, so it is looked at twice.
	await pools.fault({ kind: 'set_price', coin: 'BTC', price: 32_045 });
	let waited = false;
	await atSomeBlock(api, 'the new price', 90, async (see) => {
		const events = await api.query.system.events();
		waited ||= events.some(({ event }) => event.section === 'poolOracle' && event.method === 'PriceWaits');
		const { value } = (await factsOf(BTC)).price;
		see({ value, waited });
		return value && BigInt(value) < 33_000n * 10n ** 12n ? true : undefined;
	});
	assert.equal(waited, true);
	await pools.noFaults();
});

test('a source that may not be is refused', { timeout: 60_000 }, async () => {
	const register = (url) => api.tx.sudo.sudo(api.tx.poolOracle.registerSource('Braiins', url));
	const result = async (url) => {
		const { events } = await send(api, alice, register(url));
		const { sudoResult } = events.find(({ method }) => method === 'Sudid').data;
		return sudoResult.isErr ? api.registry.findMetaError(sudoResult.asErr.asModule).name : 'registered';
	};
	assert.equal(await result('http://pool.example.org'), 'UrlRefused');
	assert.equal(await result('ftp://127.0.0.1/'), 'UrlRefused');
	const unprivileged = await reasonFor(send(api, alice, api.tx.poolOracle.registerSource('Braiins', null)));
	assert.equal(unprivileged, 'BadOrigin');
});

test('the metrics tell what the status tells', { timeout: 30_000 }, async () => {
	assert.ok((await metric('dmex_oracle')).length + (await metric('substrate_dmex_oracle')).length > 0);
});
