// The custodian's tool as a process of its own between a node of the chain and one of bitcoin's: it
// posts addresses, attests what a farm's pool pays, so that a newcomer's lot gets ready by itself, and
// sees what is withdrawn through.

import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { atSomeBlock, DMEX, eventData, people, reasonFor, rpc, send, sendTogether, today } from './helpers/chain.mjs';
import { recordHistory } from './helpers/history.mjs';
import { logOf, startNode, tokenFile } from './helpers/node.mjs';
import { startPools, tokenOf } from './helpers/pools.mjs';
import { Servers, temporaryFolder } from './helpers/processes.mjs';
import { view } from './helpers/views.mjs';

const BITCOIN = 1;
const MAIN = fileURLToPath(new URL('../tools/custodian/src/main.mjs', import.meta.url));
/** Outside of the chain: the example of BIP 173. */
const OUTSIDE = 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4';

const servers = new Servers('custodian');
// Alice is the validator and the one custodian; bob mines; charlie holds bitcoin.
const { alice, bob, charlie } = people();
let api, pools, history, folder, tool, posted, lot, address;

before(async () => {
	pools = await startPools(servers);
	const tokens = tokenFile(servers, { 'source/0': tokenOf('braiins', 'farm1', 'alice') });
	let url;
	({ api, url } = await startNode(servers, { pools, options: ['--pool-tokens', tokens] }));
	history = await recordHistory(api, servers);
	folder = temporaryFolder(servers);
	posted = await pools.addresses('BTC', 3);
	const { networks } = await pools.state();
	mkdirSync(join(folder, 'orders'));
	writeFileSync(join(folder, 'key'), '//Alice\n', { mode: 0o600 });
	writeFileSync(join(folder, 'config.json'), JSON.stringify({
		chain: url,
		keyFile: 'key',
		bitcoin: pools.node('BTC'),
		asset: BITCOIN,
		finality: 6,
		from: networks.find(({ coin }) => coin === 'BTC').height,
		memory: 'state.json',
		everySeconds: 1,
		addresses: posted,
		orders: 'orders',
	}));
	startTool();
}, { timeout: 300_000 });

after(() => servers.stop(), { timeout: 60_000 });

const startTool = () => {
	tool = servers.start('custodian', process.execPath, [MAIN, join(folder, 'config.json')]);
};
const ask = (name, ...args) => view(api, 'Gateway', name, ...args);
const balance = async (who) => {
	const held = await api.query.assets.account(BITCOIN, who.address);
	return held.isSome ? held.unwrap().balance.toBigInt() : 0n;
};
/** A deposit to an address, once custodians have said so. */
const attested = (seconds, to) =>
	history.first(seconds, 'gateway', 'DepositAttested', ({ deposit }) => deposit.address.toUtf8() === to);
const give = (name, order) => writeFileSync(join(folder, 'orders', name), JSON.stringify(order));

test('the tool posts its addresses, and a lot gets one', { timeout: 90_000 }, async () => {
	await history.first(60, 'gateway', 'AddressesPosted');
	assert.equal((await ask('free_addresses', BITCOIN)).toNumber(), posted.length);
	await sendTogether(api, bob, [
		api.tx.hashpower.registerProvider('Northern Light Mining', 'https://example.org'),
		api.tx.hashpower.registerFarm('Iceland', [[0, 100_000_000n]]),
	]);
	const day = await today(api);
	const { events } = await send(api, bob, api.tx.hashpower.submitLot({
		farm: 0,
		coin: 0,
		model: 'Antminer S21 XP',
		machines: 300,
		nanowattsPerUnit: 13_500_000,
		millicentsPerKwh: 5_500,
		source: 0,
		account: 'farm1',
		power: 60_000_000n,
		firstDay: day + 2,
		lastDay: day + 40,
		fee: 30_000,
		payout: 'Fpps',
		sale: 'Outright',
		shutdownClause: true,
		vesting: null,
		evidence: `0x${'22'.repeat(32)}`,
	}));
	const submitted = eventData(events, 'hashpower', 'LotSubmitted');
	lot = submitted.lot.toNumber();
	const [assigned] = await Promise.all([
		send(api, bob, api.tx.gateway.requestLotAddress(lot)),
		send(api, alice, api.tx.polls.vote(submitted.poll, true, 200_000n * DMEX)),
	]);
	address = eventData(assigned.events, 'gateway', 'AddressAssigned').address.toUtf8();
	assert.ok(posted.includes(address));
});

test('deposits to an account are attested together and minted', { timeout: 90_000 }, async () => {
	const { events } = await send(api, charlie, api.tx.gateway.requestAddress(BITCOIN));
	const own = eventData(events, 'gateway', 'AddressAssigned').address.toUtf8();
	// Mostly in one block: two votes of one account at a time.
	const paid = await Promise.all([500_000, 400_000].map((amount) => pools.pay({ coin: 'BTC', address: own, amount })));
	for (const { transaction, height, amount } of paid) {
		const { data } = await history.first(60, 'gateway', 'DepositAttested', ({ deposit }) => deposit.transaction.toHex() === `0x${transaction}`);
		assert.equal(data.deposit.address.toUtf8(), own);
		assert.deepEqual([data.deposit.height.toNumber(), data.deposit.amount.toString()], [height, amount]);
	}
	assert.equal(await balance(charlie), 900_000n);
	assert.doesNotMatch(logOf(tool), /again later/);
});

test('a tool that was ended goes on, and posts nothing again', { timeout: 60_000 }, async () => {
	const said = (what) => logOf(tool).split('\n').filter((line) => line.includes(what)).length;
	assert.equal(said('posted 3 addresses'), 1);
	const memory = () => JSON.parse(readFileSync(join(folder, 'state.json'), 'utf8'));
	await servers.end(tool);
	const { next } = memory();
	startTool();
	await atSomeBlock(api, 'a block that is read after the restart', 30, async (see) => {
		see(memory().next);
		return memory().next > next || undefined;
	});
	assert.equal(said(`next block ${next}`), 1);
	assert.equal(said('posted'), 1);
});

test('a withdrawal is accepted by an order and confirmed when it is paid', { timeout: 90_000 }, async () => {
	const { events } = await send(api, charlie, api.tx.gateway.withdraw(BITCOIN, 300_000, OUTSIDE));
	const id = eventData(events, 'gateway', 'WithdrawalQueued').id.toNumber();
	const payment = { coin: 'BTC', address: OUTSIDE, amount: 290_000 };
	const { transaction, inputs } = await pools.pay({ ...payment, publish: false });
	give('first.json', { id, transaction, inputs });
	const mine = (data) => data.id.toNumber() === id;
	await history.first(40, 'gateway', 'WithdrawalAccepted', mine);
	const { height } = await pools.pay({ ...payment, inputs });
	const { data } = await history.first(40, 'gateway', 'WithdrawalEnded', mine);
	assert.equal(data.outcome.asConfirmed.transaction.toHex(), `0x${transaction}`);
	assert.equal(await balance(charlie), 600_000n);
	assert.ok(height > 0);
	assert.deepEqual(readdirSync(join(folder, 'orders')), ['first.accepted']);
});

test('a withdrawal whose input was spent elsewhere is refunded', { timeout: 90_000 }, async () => {
	const { events } = await send(api, charlie, api.tx.gateway.withdraw(BITCOIN, 200_000, OUTSIDE));
	const id = eventData(events, 'gateway', 'WithdrawalQueued').id.toNumber();
	const mine = (data) => data.id.toNumber() === id;
	const payment = { coin: 'BTC', address: OUTSIDE, amount: 190_000 };
	const { transaction, inputs } = await pools.pay({ ...payment, publish: false });
	give('second.json', { id, transaction, inputs });
	await history.first(40, 'gateway', 'WithdrawalAccepted', mine);
	const other = await pools.pay({ ...payment, amount: 1, inputs });
	const { data } = await history.first(40, 'gateway', 'WithdrawalEnded', mine);
	assert.equal(data.outcome.asFailed.spentBy.toHex(), `0x${other.transaction}`);
	assert.equal(await balance(charlie), 600_000n);
});

test('an audited lot is not ready while its pool pays elsewhere', { timeout: 180_000 }, async () => {
	await atSomeBlock(api, 'the end of the audit', 120, async (see) => {
		const { audit, measured } = await rpc(api, 'dmex_lot', lot);
		see({ audit, measured });
		return (audit.result === 'passed' && measured.length > 0) || undefined;
	});
	await send(api, bob, api.tx.hashpower.concludeAudit(lot));
	assert.equal(await reasonFor(send(api, bob, api.tx.hashpower.activate(lot))), 'gateway.PayoutAddressOther');
});

test('it gets ready by itself once the pool pays to its address', { timeout: 240_000 }, async () => {
	const { from_day: day } = await pools.payTo('braiins', 'farm1', address);
	const { data } = await attested(130, address);
	assert.equal(data.target.asLot.toNumber(), lot);
	assert.equal(data.deposit.amount.toBigInt(), (await pools.day('braiins', 'farm1', day)).paid);
	assert.equal(data.deposit.height.toNumber() % 144, 24, 'four hours after the end of the day');
	const activated = await atSomeBlock(api, 'readiness', 130, async (see) => {
		const activate = send(api, bob, api.tx.hashpower.activate(lot));
		const reason = await reasonFor(activate);
		see(reason);
		if (reason === 'nothing: it was accepted') return true;
		assert.equal(reason, 'gateway.PayoutAddressOther');
		return undefined;
	});
	assert.ok(activated);
	assert.equal((await rpc(api, 'dmex_lot', lot)).status, 'active');
	const book = (await view(api, 'Income', 'book', lot)).unwrap();
	assert.equal(book.flows.arrived.toBigInt(), (await ask('book_of_lot', lot)).unwrap().arrived.toBigInt());
});
