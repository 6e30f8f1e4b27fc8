// A new runtime by referendum, on a node that goes on running: holders authorise the hash of a code,
// anyone brings the code. The code is a real one: `scripts/next-runtime` builds it from this tree with
// the next spec_version.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hexToU8a, u8aToHex } from '@polkadot/util';
import { blake2AsHex, xxhashAsHex } from '@polkadot/util-crypto';
import { atSomeBlock, DMEX, eventData, people, reasonFor, rpc, send, today } from './helpers/chain.mjs';
import { recordHistory } from './helpers/history.mjs';
import { lotTerms, registerFarm } from './helpers/lots.mjs';
import { startNode } from './helpers/node.mjs';
import { startPools } from './helpers/pools.mjs';
import { binary, Servers } from './helpers/processes.mjs';

const CODE = process.env.DMEX_NEXT_RUNTIME ?? join(binary('next-runtime'), 'dmex_next_runtime.compressed.wasm');
/** Pallets whose whole state is compared before and after; none of them acts in a block without calls. */
const COMPARED = [
	'Assets', 'Coins', 'Gateway', 'Hashpower', 'Identity', 'Market', 'Nfts', 'Periods', 'Polls', 'Sudo', 'Titles',
	'Treasury', 'Validators',
];

const servers = new Servers('upgrade');
const { alice, bob, charlie, dave, eve, ferdie } = people();
let api, history, code, hash;
// What the chain says before, and what is signed for it.
let version, late, applied;

before(async () => {
	assert.ok(existsSync(CODE), `there is no ${CODE}: scripts/next-runtime builds it and says where`);
	code = readFileSync(CODE);
	hash = blake2AsHex(code, 256);
	const pools = await startPools(servers);
	({ api } = await startNode(servers, { pools }));
	history = await recordHistory(api, servers);
	version = api.runtimeVersion.specVersion.toNumber();
}, { timeout: 300_000 });

after(() => servers.stop(), { timeout: 60_000 });

const tx = (who, call) => send(api, who, call);
const apply = (who, bytes) => tx(who, api.tx.system.applyAuthorizedUpgrade(u8aToHex(bytes)));
const authorize = (hash) => api.tx.system.authorizeUpgrade(hash);
const transfer = (amount) => api.tx.balances.transferKeepAlive(charlie.address, amount);
const free = async (who) => (await api.query.system.account(who.address)).data.free.toBigInt();
const hashAt = async (block) => (await api.rpc.chain.getBlockHash(block)).toHex();
const specVersion = async (...at) => (await rpc(api, 'state_getRuntimeVersion', ...at)).specVersion;

/** All that a pallet, or one item of it, keeps at a block: [key, value]. */
async function stateOf(what, at) {
	const prefix = `0x${what.split('.').map((name) => xxhashAsHex(name, 128).slice(2)).join('')}`;
	const keys = await rpc(api, 'state_getKeysPaged', prefix, 1_000, null, at);
	assert.ok(keys.length < 1_000, what);
	const [{ changes }] = await rpc(api, 'state_queryStorageAt', keys, at);
	return changes;
}

test('there is something to lose: a lot in its audit, and balances', { timeout: 180_000 }, async () => {
	await registerFarm(api, bob);
	const { events } = await tx(bob, api.tx.hashpower.submitLot(lotTerms(await today(api))));
	assert.equal(eventData(events, 'hashpower', 'LotSubmitted').lot.toNumber(), 0);
	assert.equal((await rpc(api, 'dmex_lot', 0)).status, 'submitted');
	await tx(ferdie, transfer(5n * DMEX));
});

test('nobody upgrades alone, and no code of the same version is taken', { timeout: 180_000 }, async () => {
	assert.equal(await reasonFor(tx(bob, authorize(hash))), 'BadOrigin');
	assert.equal(await reasonFor(apply(eve, code)), 'system.NothingAuthorized');
	// A referendum could err: here Root authorises what runs already.
	const running = hexToU8a((await api.rpc.state.getStorage(':code')).toHex());
	await tx(alice, api.tx.sudo.sudo(authorize(blake2AsHex(running, 256))));
	const { events } = await apply(eve, running);
	const { error } = eventData(events, 'system', 'RejectedInvalidAuthorizedUpgrade');
	assert.equal(api.registry.findMetaError(error.asModule).name, 'SpecVersionNeedsToIncrease');
	assert.equal((await api.query.system.authorizedUpgrade()).isNone, true);
	assert.equal(await reasonFor(apply(eve, running)), 'system.NothingAuthorized');
	assert.equal(await specVersion(), version);
});

test('holders authorise a hash by referendum, from a preimage', { timeout: 240_000 }, async () => {
	const call = authorize(hash).method;
	await tx(bob, api.tx.preimage.notePreimage(call.toHex()));
	const lookup = { Lookup: { hash: call.hash, len: call.encodedLength } };
	await tx(bob, api.tx.democracy.propose(lookup, 100n * DMEX));
	const started = await history.first(90, 'democracy', 'Started');
	const aye = { Standard: { vote: { aye: true, conviction: 'None' }, balance: 100_000n * DMEX } };
	await tx(dave, api.tx.democracy.vote(started.data.refIndex, aye));
	const { block } = await history.first(150, 'system', 'UpgradeAuthorized', (data) => data.codeHash.toHex() === hash);
	const [law] = history.all('scheduler', 'Dispatched', (_, entry) => entry.block === block);
	assert.equal(law.data.result.isOk, true);
	const authorized = (await api.query.system.authorizedUpgrade()).unwrap();
	assert.equal(authorized.codeHash.toHex(), hash);
	assert.equal(authorized.checkVersion.isTrue, true);
	assert.equal(await specVersion(), version);
});

test('another code is refused', { timeout: 120_000 }, async () => {
	const other = Uint8Array.from(code);
	other[other.length - 1] ^= 1;
	assert.equal(await reasonFor(apply(eve, other)), 'system.Unauthorized');
	assert.equal((await api.query.system.authorizedUpgrade()).isSome, true);
});

test('anyone brings the code, and the running node goes on with it', { timeout: 180_000 }, async () => {
	// Two of the same kind, for ever valid but for the version: the first goes in before.
	const nonce = (await api.rpc.system.accountNextIndex(ferdie.address)).toNumber();
	const signed = (place) => transfer(7n * DMEX).signAsync(ferdie, { nonce: nonce + place, era: 0 });
	const early = await signed(0);
	late = await signed(1);
	const before = await free(charlie);
	await api.rpc.author.submitExtrinsic(early.toHex());
	await atSomeBlock(api, 'the early transfer', 30, async () => ((await free(charlie)) > before ? true : undefined));
	assert.equal(await free(charlie), before + 7n * DMEX);

	await apply(eve, code);
	({ block: applied } = await history.first(30, 'system', 'CodeUpdated'));
	await atSomeBlock(api, 'five more blocks, and this one final', 60, async (see, { number }) => {
		const final = await api.rpc.chain.getHeader(await api.rpc.chain.getFinalizedHead());
		see([number.toNumber(), final.number.toNumber()]);
		return number.toNumber() >= applied + 5 && final.number.toNumber() > applied ? true : undefined;
	});
	assert.equal(await specVersion(await hashAt(applied - 1)), version);
	assert.equal(await specVersion(), version + 1);
	const known = (await api.query.system.lastRuntimeUpgrade()).unwrap();
	assert.deepEqual([known.specVersion.toNumber(), known.specName.toString()], [version + 1, 'dmex']);
	assert.equal((await rpc(api, 'state_getStorageHash', '0x3a636f6465')), hash);
	assert.equal((await api.query.system.authorizedUpgrade()).isNone, true);
	assert.equal(await reasonFor(apply(eve, code)), 'system.NothingAuthorized');
});

test('state is what it was', { timeout: 120_000 }, async () => {
	// The block that sets the code is the last of the old runtime; the next begins with migrations.
	const [last, next] = await Promise.all([hashAt(applied), hashAt(applied + 1)]);
	for (const what of [...COMPARED, 'System.Account']) {
		assert.deepEqual(await stateOf(what, next), await stateOf(what, last), what);
	}
	assert.ok((await stateOf('Hashpower', next)).length > 5);
	const lot = await rpc(api, 'dmex_lot', 0);
	assert.deepEqual([lot.provider, lot.terms.power], [bob.address, '60000000']);
});

test('who signed for the old version is refused, who signs for the new one is not', { timeout: 120_000 }, async () => {
	await atSomeBlock(api, 'the client to know the version', 30, async () =>
		api.runtimeVersion.specVersion.toNumber() > version ? true : undefined);
	const before = await free(charlie);
	const refused = await api.rpc.author.submitExtrinsic(late.toHex()).then(() => 'accepted', (error) => error.message);
	assert.match(refused, /^1010: Invalid Transaction: Transaction has a bad signature$/);
	assert.equal(await free(charlie), before);
	await tx(ferdie, transfer(7n * DMEX));
	assert.equal(await free(charlie), before + 7n * DMEX);
});

test('the validators\' readings go on', { timeout: 180_000 }, async () => {
	await history.first(60, 'poolOracle', 'Voted', (_, { block }) => block > applied + 1);
});
