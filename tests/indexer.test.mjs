// What indexers rely on: the events and fields that the sample indexer and the page about history name
// are those of the runtime.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { stringCamelCase } from '@polkadot/util';
import { eventsNamedIn, fieldsRead, misfits, subscribed } from './helpers/indexer.mjs';
import { startNode } from './helpers/node.mjs';
import { startPools } from './helpers/pools.mjs';
import { Servers } from './helpers/processes.mjs';

const servers = new Servers('indexer');
let api;

before(async () => {
	const pools = await startPools(servers);
	({ api } = await startNode(servers, { pools }));
}, { timeout: 300_000 });

after(() => servers.stop(), { timeout: 60_000 });

/** Fields of an event by the names that polkadot.js gives them, each with its type. */
function fieldsOf(section, method) {
	const fields = api.events[section]?.[method]?.meta.fields;
	if (fields === undefined) return undefined;
	const named = fields.map(({ name, type }) => [
		stringCamelCase(name.unwrapOr('').toString()),
		api.registry.lookup.getTypeDef(type).type,
	]);
	return Object.fromEntries(named);
}

test('every event and field that the sample indexer takes is in the metadata', () => {
	const handlers = subscribed();
	assert.ok(handlers.length >= 16, 'the project is found');
	assert.deepEqual(misfits(fieldsOf, handlers, fieldsRead()), []);
});

test('an event or a field that is not there, or is another type, is told by its name', () => {
	const on = (section, method, handler) => ({ section, method, handler });
	const handlers = [
		on('titles', 'Renamed', 'titleIssued'),
		on('titles', 'Issued', 'titleTransferred'),
		on('income', 'DayClosed', 'nobody'),
		on('income', 'TitlePaid', 'wrong'),
	];
	const fields = fieldsRead().set('wrong', [{ name: 'to', how: 'big' }]);
	assert.deepEqual(misfits(fieldsOf, handlers, fields), [
		'there is no titles.Renamed',
		'titles.Issued has no collection',
		'titles.Issued has no item',
		'titles.Issued has no from',
		'titles.Issued has no to',
		'nobody reads nothing of income.DayClosed',
		'income.TitlePaid: to is AccountId32, and is read as big',
	]);
});

test('every event that the documentation names is in the metadata', () => {
	for (const page of ['history.md', 'clients.md']) {
		const named = eventsNamedIn(page);
		assert.ok(named.length > 20, `${page} names events`);
		const known = (name) => {
			const [section, method] = name.split('.');
			// Errors and types are written alike.
			const named = api.events[section]?.[method] ?? api.errors[section]?.[method];
			return named !== undefined;
		};
		assert.deepEqual(named.filter((name) => !known(name)), [], page);
	}
});
