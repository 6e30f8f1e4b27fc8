// The mappings against a store in memory and events as polkadot.js shows them.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { SubstrateEvent } from '@subql/types';
import * as handlers from '../src';
import project from '../project';
import { DayClosing, Payout, Title, Trade, Transfer } from '../src/types';

type Kept = Record<string, unknown>;
const kept = new Map<string, Kept>();

const memory = {
	async get(entity: string, id: string) {
		return kept.get(`${entity} ${id}`);
	},
	async set(entity: string, id: string, data: Kept) {
		kept.set(`${entity} ${id}`, { ...data });
	},
};
Object.assign(globalThis, { store: memory });

let idx = 0;
/** An event of block 7. */
function event(data: Kept): SubstrateEvent {
	idx += 1;
	const header = { number: { toNumber: () => 7 } };
	const shown = { block: { block: { header } }, idx, event: { data: { toHuman: () => data } } };
	return shown as unknown as SubstrateEvent;
}

beforeEach(() => {
	kept.clear();
	idx = 0;
});

const issue = (title: string, owner: string, units: string, firstDay = '20,000') =>
	handlers.titleIssued(event({ series: '5', title, owner, units, firstDay }));

test('a title is followed from issue over transfer and split to merge', async () => {
	await issue('0', 'alice', '1,000');
	await issue('1', 'bob', '5', '20,010');
	await handlers.titleTransferred(event({ collection: '5', item: '0', from: 'alice', to: 'bob' }));
	await handlers.titleSplit(event({ series: '5', title: '0', parts: [['2', '400'], ['3', '600']] }));
	await handlers.titlesMerged(event({ series: '5', titles: ['3', '1'], merged: '4', units: '605' }));

	const transfer = await Transfer.get('7-3');
	assert.deepEqual([transfer?.titleId, transfer?.from, transfer?.to], ['5-0', 'alice', 'bob']);
	const ended = await Title.get('5-0');
	assert.deepEqual([ended?.owner, ended?.endedAt], ['bob', 7]);
	const part = await Title.get('5-2');
	assert.deepEqual([part?.owner, part?.units, part?.madeOf], ['bob', 400n, ['5-0']]);
	const sum = await Title.get('5-4');
	assert.deepEqual([sum?.owner, sum?.units, sum?.firstDay], ['bob', 605n, 20_010]);
	assert.deepEqual(sum?.madeOf, ['5-3', '5-1']);
});

test('a day closes, is made up in part, and the rest is lost', async () => {
	const day = { lot: '5', day: '20,001' };
	const books = { units: '1,000', due: '90', delivered: '60', measured: null, score: 'Remitted' };
	await handlers.dayClosed(event({ ...day, ...books }));
	await handlers.dayMadeUp(event({ ...day, amount: '12' }));
	await handlers.dayMadeUp(event({ ...day, amount: '8' }));
	await handlers.dayLost(event({ ...day, lost: '10' }));
	const closing = await DayClosing.get('5-20001');
	assert.deepEqual([closing?.due, closing?.delivered, closing?.measured], [90n, 60n, undefined]);
	assert.deepEqual([closing?.madeUp, closing?.lost, closing?.score], [20n, 10n, 'Remitted']);
});

test('payouts of every kind name who got what', async () => {
	const paid = { to: 'bob', asset: '1', amount: '123,456', fee: '6', until: '20,002' };
	await handlers.titlePaid(event({ series: '5', title: '0', ...paid }));
	await handlers.lienPaid(event({ series: '5', ...paid }));
	await handlers.providerPaid(event({ lot: '5', provider: 'carol', amount: '7' }));
	await handlers.rewardClaimed(event({ stake: '0', who: 'dave', amount: '1,000,000,000,000' }));
	await handlers.titlePaid(event({ series: '5', title: '0', ...paid, amount: '0', fee: '0' }));
	assert.equal(await Payout.get('7-5'), undefined, 'nothing was due, so nobody got anything');
	const title = await Payout.get('7-1');
	assert.deepEqual([title?.kind, title?.titleId, title?.amount, title?.fee], ['Title', '5-0', 123_456n, 6n]);
	assert.deepEqual([(await Payout.get('7-2'))?.kind, (await Payout.get('7-2'))?.titleId], ['Lien', undefined]);
	assert.equal((await Payout.get('7-3'))?.to, 'carol');
	assert.equal((await Payout.get('7-4'))?.amount, 1_000_000_000_000n);
});

test('sales of power, titles and days are trades', async () => {
	const common = { order: '3', title: '2', price: '1,000', fee: '5' };
	await handlers.soldByProvider(event({ ...common, lot: '5', buyer: 'bob', units: '40' }));
	await handlers.traded(event({ ...common, series: '5', seller: 'bob', buyer: 'eve', units: '40' }));
	await handlers.leased(event({ ...common, series: '5', owner: 'eve', lessee: 'fay' }));
	const rows = await Promise.all(['7-1', '7-2', '7-3'].map((id) => Trade.get(id)));
	assert.deepEqual(rows.map((row) => row?.kind), ['Primary', 'Secondary', 'Lease']);
	assert.deepEqual(rows.map((row) => row?.seller), [undefined, 'bob', 'eve']);
	assert.deepEqual(rows.map((row) => row?.buyer), ['bob', 'eve', 'fay']);
	assert.deepEqual(rows.map((row) => row?.fee), [0n, 5n, 5n]);
});

test('what the chain did not say is an error', async () => {
	await assert.rejects(handlers.titleTransferred(event({ collection: '5', item: '9', from: 'a', to: 'b' })));
	await assert.rejects(handlers.dayMadeUp(event({ lot: '5', day: '1', amount: '1' })));
	await assert.rejects(handlers.titleIssued(event({ series: '5', title: '0', owner: 'a' })), /units/);
	await assert.rejects(issue('0', 'alice', '-1'), /units/);
});

test('every event of the project has a function, and every function an event', () => {
	const wired = project.dataSources.flatMap((source) => source.mapping.handlers);
	const names = wired.map((handler) => handler.handler);
	assert.deepEqual([...names].sort(), Object.keys(handlers).sort());
});
