// The law of the chain, as polkadot.js makes it: public referendum, council, technical committee.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { atSomeBlock, DMEX, eventData, people, reasonFor, send } from './helpers/chain.mjs';
import { startNode } from './helpers/node.mjs';
import { startPools } from './helpers/pools.mjs';
import { Servers } from './helpers/processes.mjs';

const servers = new Servers('governance');
const { alice, bob, charlie, dave, eve } = people();
let api;

before(async () => {
	const pools = await startPools(servers);
	({ api } = await startNode(servers, { pools }));
}, { timeout: 300_000 });

after(() => servers.stop(), { timeout: 60_000 });

const lengths = async () => (await api.query.periods.currentLengths()).toJSON();
const inline = (call) => ({ Inline: call.method.toHex() });

/** The index `from`, once there is such a referendum. */
const referendum = (from) =>
	atSomeBlock(api, 'a referendum', 90, async (see) => {
		const count = (await api.query.democracy.referendumCount()).toNumber();
		see(count);
		return count > from ? from : undefined;
	});

/** Votes aye and waits for the event that tells how the law went. */
async function pass(index) {
	const aye = { Standard: { vote: { aye: true, conviction: 'None' }, balance: 100_000n * DMEX } };
	await send(api, dave, api.tx.democracy.vote(index, aye));
	return atSomeBlock(api, `referendum ${index} to be law`, 120, async (see, header) => {
		const at = await api.at(header.hash);
		const events = (await at.query.system.events()).map(({ event }) => event);
		const law = events.find(({ section, method }) => section === 'scheduler' && method === 'Dispatched');
		see(events.map(({ section, method }) => `${section}.${method}`));
		return law?.data.result;
	});
}

test('a public referendum changes a bounded parameter', { timeout: 240_000 }, async () => {
	const { graceDays } = await lengths();
	const call = api.tx.periods.setLength('GraceDays', graceDays * 2);
	assert.equal(await reasonFor(send(api, bob, call)), 'BadOrigin');
	await send(api, bob, api.tx.democracy.propose(inline(call), 100n * DMEX));
	await send(api, charlie, api.tx.democracy.second(0));
	const result = await pass(await referendum(0));
	assert.equal(result.isOk, true, result.toString());
	assert.equal((await lengths()).graceDays, graceDays * 2);
});

/** Proposes a motion of a collective and lets members vote for it; the answer closes it. */
async function motion(collective, call, members) {
	const length = call.method.encodedLength + 8;
	const { events } = await send(api, members[0], api.tx[collective].propose(members.length, call, length));
	const { proposalIndex, proposalHash } = eventData(events, collective, 'Proposed');
	// A call of its own for each: signing writes into it.
	const aye = () => api.tx[collective].vote(proposalHash, proposalIndex, true);
	await Promise.all(members.map((member) => send(api, member, aye())));
	const weight = { refTime: 500_000_000, proofSize: 100_000 };
	return async () => {
		const close = api.tx[collective].close(proposalHash, proposalIndex, weight, length);
		const closed = await send(api, members[0], close);
		const { result } = eventData(closed.events, collective, 'Executed');
		assert.equal(result.isOk, true, result.toString());
	};
}

test('the committee hurries what the council wants; out of bounds and too far are refused', { timeout: 300_000 }, async () => {
	const { graceDays, launchPeriod } = await lengths();
	for (const [value, reason] of [
		[graceDays * 2 + 1, 'StepTooFar'],
		[10_000, 'AboveBound'],
	]) {
		const law = api.tx.periods.setLength('GraceDays', value);
		const next = (await api.query.democracy.referendumCount()).toNumber();
		const propose = api.tx.democracy.externalProposeMajority(inline(law));
		const hurry = api.tx.democracy.fastTrack(law.method.hash, 5, 2);
		const council = await motion('council', propose, [alice, bob, charlie]);
		const committee = await motion('technicalCommittee', hurry, [alice, bob]);
		// Right after a launch: at the next one the proposal would be tabled at its usual pace.
		await atSomeBlock(api, 'a launch to be over', 60, (see, { number }) =>
			number.toNumber() % launchPeriod === 0 ? true : undefined);
		await council();
		await committee();
		const result = await pass(await referendum(next));
		assert.equal(result.isErr, true);
		assert.equal(api.registry.findMetaError(result.asErr.asModule).name, reason);
		assert.equal((await lengths()).graceDays, graceDays);
	}
});

test('the council is elected, and a stranger has no motion', { timeout: 60_000 }, async () => {
	const members = (await api.query.elections.members()).map(({ who }) => who.toString());
	assert.deepEqual(new Set(members), new Set([alice, bob, charlie].map(({ address }) => address)));
	const remark = api.tx.system.remark('0x00');
	const refused = await reasonFor(send(api, eve, api.tx.council.propose(2, remark, 100)));
	assert.equal(refused, 'council.NotMember');
});
