// The watch against a regtest node. The gateway is played by `Played`, which keeps what is voted.

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { Bitcoin, satoshi } from '../src/bitcoin.mjs';
import { takeOrders } from '../src/orders.mjs';
import { Watcher } from '../src/watcher.mjs';
import { regtest } from './regtest.mjs';

const FINALITY = 6;

class Played {
	known = new Set();
	withdrawals = new Map();
	votes = [];
	least = 1n;

	ours(addresses) {
		return addresses.filter(address => this.known.has(address));
	}
	leastDeposit() {
		return this.least;
	}
	attest(deposit) {
		this.votes.push(['attest', deposit]);
	}
	withdrawal(id) {
		return this.withdrawals.get(id);
	}
	accept(id, inputs) {
		this.votes.push(['accept', id, inputs]);
		this.withdrawals.get(id).stage = 'accepted';
	}
	confirm(...what) {
		this.votes.push(['confirm', ...what]);
		this.withdrawals.delete(what[0]);
	}
	fail(...what) {
		this.votes.push(['fail', ...what]);
		this.withdrawals.delete(what[0]);
	}
}

let node, chain, kept;

const memory = () => ({
	load: () => (kept ? JSON.parse(kept) : null),
	save: state => {
		kept = JSON.stringify(state);
	},
});
const watcher = say =>
	new Watcher({
		say,
		bitcoin: new Bitcoin(node.url),
		chain,
		memory: memory(),
		finality: FINALITY,
		from: node.height() + 1,
	});

before(async () => {
	node = await regtest();
	await node.mine(120);
});
after(() => node.close());
beforeEach(() => {
	chain = new Played();
	kept = null;
});

test('amounts are exact', () => {
	assert.equal(satoshi(0.1 + 0.2), 30_000_000n);
	assert.equal(satoshi(20_999_999.9769), 2_099_999_997_690_000n);
	assert.equal(satoshi(0.00000001), 1n);
});

test('a deposit is attested when it is deep enough, once', async () => {
	const address = node.address();
	chain.known.add(address);
	const watch = watcher();
	const { txid } = await node.pay(address, 12_345_678);
	await node.mine(FINALITY - 1);
	await watch.step();
	assert.deepEqual(chain.votes, []);
	const height = node.height() - FINALITY + 2;
	await node.mine(1);
	assert.equal(await watch.step(), 1);
	const deposit = { transaction: txid, output: 0, address, amount: 12_345_678n, height };
	assert.deepEqual(chain.votes, [['attest', deposit]]);
	await node.mine(3);
	await watch.step();
	assert.equal(chain.votes.length, 1);
});

test('payments to others are not attested', async () => {
	const watch = watcher();
	await node.pay(node.address(), 1_000_000);
	await node.mine(FINALITY);
	assert.equal(await watch.step(), 1);
	assert.deepEqual(chain.votes, []);
});

test('a payment below the least deposit is left out, with a word', async () => {
	const address = node.address();
	chain.known.add(address);
	chain.least = 10_000n;
	const said = [];
	const watch = watcher(line => said.push(line));
	await node.pay(address, 9_999);
	await node.pay(address, 10_000);
	await node.mine(FINALITY);
	await watch.step();
	assert.deepEqual(chain.votes.map(([, { amount }]) => amount), [10_000n]);
	const leftOut = said.filter(line => line.startsWith(`left out 9999 to ${address} by `));
	assert.equal(leftOut.length, 1);
	assert.ok(leftOut[0].endsWith(': the least is 10000'));
});

test('what a reorganisation took away before it was deep is never attested', async () => {
	const address = node.address();
	chain.known.add(address);
	const watch = watcher();
	const start = node.height();
	await node.pay(address, 5_000_000);
	await node.mine(FINALITY - 1);
	await watch.step();
	await node.reset(start);
	await node.mine(FINALITY + 2);
	await watch.step();
	assert.deepEqual(chain.votes, []);
});

test('a final block that was replaced stops the watch', async () => {
	const watch = watcher();
	const start = node.height();
	await node.mine(FINALITY + 2);
	assert.equal(await watch.step(), 3);
	await node.reset(start);
	await node.pay(node.address(), 1_000_000);
	await node.mine(FINALITY + 4);
	await assert.rejects(watch.step(), /was replaced/);
	assert.deepEqual(chain.votes, []);
});

test('a restarted watch goes on where it stood', async () => {
	const address = node.address();
	chain.known.add(address);
	await node.pay(address, 1_000_000);
	const first = watcher();
	await node.mine(FINALITY);
	await first.step();
	await node.pay(address, 2_000_000);
	await node.mine(FINALITY);
	await watcher().step();
	assert.deepEqual(chain.votes.map(([, { amount }]) => amount), [1_000_000n, 2_000_000n]);
});

test('a withdrawal is accepted, and confirmed when its transaction is deep', async () => {
	const address = node.address();
	chain.withdrawals.set(7, { address, net: 3_000_000n, stage: 'queued' });
	const watch = watcher();
	const { txid, inputs } = await node.pay(address, 3_000_000);
	await watch.order({ id: 7, transaction: txid, inputs });
	assert.deepEqual(chain.votes, [['accept', 7, inputs]]);
	await node.mine(FINALITY - 1);
	await watch.step();
	assert.equal(chain.votes.length, 1);
	await node.mine(1);
	await watch.step();
	const height = node.height() - FINALITY + 1;
	assert.deepEqual(chain.votes[1], ['confirm', 7, txid, height]);
	await node.mine(1);
	await watch.step();
	assert.equal(chain.votes.length, 2);
});

test('a withdrawal whose input was spent elsewhere failed', async () => {
	const address = node.address();
	chain.withdrawals.set(8, { address, net: 3_000_000n, stage: 'queued' });
	const watch = watcher();
	const planned = await node.pay(address, 3_000_000, undefined, { publish: false });
	await watch.order({ id: 8, transaction: planned.txid, inputs: planned.inputs });
	const other = await node.pay(node.address(), 4_000_000, planned.from);
	await node.mine(FINALITY);
	await watch.step();
	const height = node.height() - FINALITY + 1;
	assert.deepEqual(chain.votes[1], ['fail', 8, planned.inputs[0], other.txid, height]);
});

test('a transaction that pays less than the withdrawal is for people to look at', async () => {
	const address = node.address();
	chain.withdrawals.set(9, { address, net: 3_000_001n, stage: 'queued' });
	const watch = watcher();
	const { txid, inputs } = await node.pay(address, 3_000_000);
	await watch.order({ id: 9, transaction: txid, inputs });
	await node.mine(FINALITY);
	await assert.rejects(watch.step(), /does not pay withdrawal 9/);
	const other = { id: 9, transaction: 'ff'.repeat(32), inputs };
	await assert.rejects(watch.order(other), /another order/);
});

test('inputs are named in the order of the chain: by transaction, then by number', async () => {
	chain.withdrawals.set(10, { address: node.address(), net: 1n, stage: 'queued' });
	const [a, b] = ['0a'.repeat(32), 'b0'.repeat(32)];
	const inputs = [`${b}:0`, `${a}:10`, `${a}:2`, `${a}:10`];
	await watcher().order({ id: 10, transaction: 'ff'.repeat(32), inputs });
	assert.deepEqual(chain.votes, [['accept', 10, [`${a}:2`, `${a}:10`, `${b}:0`]]]);
});

test('orders are taken from a folder once, and what is no order stops nothing', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'dmex-orders-'));
	const put = (name, what) => writeFileSync(join(folder, name), what);
	chain.withdrawals.set(11, { address: node.address(), net: 1n, stage: 'queued' });
	const order = { id: 11, transaction: 'ee'.repeat(32), inputs: [`${'0a'.repeat(32)}:0`] };
	put('1.json', JSON.stringify(order));
	put('2.json', '{');
	put('3.json', JSON.stringify({ ...order, inputs: [] }));
	const said = [];
	const watch = watcher();
	await takeOrders(folder, watch, line => said.push(line));
	await takeOrders(folder, watch, line => said.push(line));
	assert.deepEqual(readdirSync(folder).sort(), ['1.accepted', '2.refused', '3.refused']);
	assert.deepEqual(chain.votes, [['accept', 11, order.inputs]]);
	assert.equal(said.filter(line => line.endsWith('is refused')).length, 2);
	rmSync(folder, { recursive: true });
});
