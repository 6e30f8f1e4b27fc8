// What goes wrong at a service stays there: its feed has no vote, the reason is shown, and
// everything else goes on.

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { atSomeBlock, people, reasonFor, rpc, send } from './helpers/chain.mjs';
import { startNode } from './helpers/node.mjs';
import { startPools } from './helpers/pools.mjs';
import { Servers } from './helpers/processes.mjs';

const BTC = 0;

const servers = new Servers('faults');
const { alice } = people();
let api, pools, node;

before(async () => {
	pools = await startPools(servers);
	node = await startNode(servers, { pools });
	api = node.api;
}, { timeout: 300_000 });

after(() => servers.stop(), { timeout: 60_000 });
// What one test broke is whole for the next, even if it failed.
afterEach(() => pools.noFaults());

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

// Two of the four exchanges fail at a time, each in its own way; the other two make a price.
for (const faults of [
	{
		coinbase: [{ kind: 'html_page' }, ['ContentType']],
		kraken: [{ kind: 'malformed' }, ['Malformed']],
	},
	{
		coinbase: [{ kind: 'redirect', to: 'http://127.0.0.1:1/' }, ['Redirect']],
		kraken: [{ kind: 'long_body', bytes: 200_000 }, ['TooLong']],
	},
	{
		coinbase: [{ kind: 'wrong_content_type' }, ['ContentType']],
		binance: [{ kind: 'too_many_requests' }, ['RateLimited']],
	},
	{
		coinbase: [{ kind: 'outage', status: 503 }, ['Status(503)']],
		kraken: [{ kind: 'cut_body' }, ['Connection', 'Timeout', 'Malformed']],
	},
	{
		coinbase: [{ kind: 'outage' }, ['Connection', 'Timeout']],
		coingecko: [{ kind: 'slow', ms: 60_000 }, ['Timeout']],
	},
	// Asked once for each symbol, and slow each time.
	{ kraken: [{ kind: 'slow', ms: 60_000 }, ['Timeout']] },
]) {
	const kinds = Object.values(faults).map(([{ kind }]) => kind).join(', ');
	test(`exchanges with ${kinds}: the reasons are shown, the price goes on`, { timeout: 150_000 }, async () => {
		const names = Object.keys(faults);
		const lines = () => Promise.all(names.map(statusOf));
		const before = await lines();
		for (const name of names) await pools.fault({ ...faults[name][0], service: name });
		const broken = await atSomeBlock(api, 'the reasons in the status of the node', 60, async (see) => {
			const now = await lines();
			see(now);
			const shown = now.every(({ lastError, faults: count }, i) =>
				faults[names[i]][1].includes(lastError?.reason) && count > before[i].faults);
			return shown ? now : undefined;
		});
		const { round } = await factsOf(BTC);
		await atSomeBlock(api, 'a price of a later round', 60, async (see) => {
			const record = (await api.query.poolOracle.priceFacts({ Coin: BTC })).unwrap();
			see(record.round.toNumber());
			return record.round.toNumber() > round ? true : undefined;
		});
		await pools.noFaults();
		await atSomeBlock(api, 'all exchanges to be read again', 60, async (see) => {
			const now = await lines();
			see(now);
			return now.every(({ successes }, i) => successes > broken[i].successes) ? true : undefined;
		});
	});
}

test('a sudden price waits for a second round; one exchange moves nothing', { timeout: 150_000 }, async () => {
	const before = BigInt((await factsOf(BTC)).price.value);
	const liar = await pools.fault({ kind: 'lie', factor: 3, service: 'coinbase' });
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

test('a price from one exchange is none: it goes stale and comes back', { timeout: 180_000 }, async () => {
	for (const service of ['coinbase', 'kraken', 'binance']) await pools.fault({ kind: 'outage', service });
	const priceIs = (wanted) =>
		atSomeBlock(api, `a price that is ${wanted}`, 90, async (see) => {
			const { price } = await factsOf(BTC);
			see(price);
			return price === wanted || price[wanted] !== undefined ? true : undefined;
		});
	await priceIs('stale');
	await pools.noFaults();
	await priceIs('value');
});

test('a source that may not be is refused', { timeout: 60_000 }, async () => {
	const register = (url) => api.tx.sudo.sudo(api.tx.poolOracle.registerSource('Braiins', url));
	const result = async (url) => {
		const { events } = await send(api, alice, register(url));
		const { sudoResult } = events.find(({ method }) => method === 'Sudid').data;
		return sudoResult.isErr ? api.registry.findMetaError(sudoResult.asErr.asModule).name : 'registered';
	};
	for (const url of [
		'ftp://127.0.0.1',
		'https://user:secret@pool.example.org',
		'https://pool.example.org/',
		'https://pool.example.org/../admin',
		'https://pool.example.org?token=1',
		'https://[::1]',
	]) {
		assert.equal(await result(url), 'UrlRefused', url);
	}
	const unprivileged = await reasonFor(send(api, alice, api.tx.poolOracle.registerSource('Braiins', null)));
	assert.equal(unprivileged, 'BadOrigin');
});

test('the metrics tell what the status tells', { timeout: 30_000 }, async () => {
	assert.ok((await metric('dmex_oracle')).length + (await metric('substrate_dmex_oracle')).length > 0);
});
