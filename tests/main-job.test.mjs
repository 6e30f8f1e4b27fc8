// The main job from outside: a farm's hashpower is audited, measured, paid, issued as a title, moved,
// split and merged. Every step is checked by reading the chain back.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { hexToU8a, u8aToHex } from '@polkadot/util';
import { atSomeBlock, DMEX, eventData, people, reasonFor, rpc, send, today } from './helpers/chain.mjs';
import { Custodian } from './helpers/custodian.mjs';
import { logOf, startNode, tokenKey } from './helpers/node.mjs';
import { startPools, tokenOf } from './helpers/pools.mjs';
import { Servers } from './helpers/processes.mjs';
import { seal } from './helpers/sealed-box.mjs';

const GIGA = 1_000_000_000n;
/** Place of the sources in genesis, and the id of Bitcoin. */
const BRAIINS = 0;
const COINS = ['BTC', 'BCH', 'FIL'];
const BTC = 0;
/** Its wrapped asset. */
const BITCOIN = 1;

const servers = new Servers('main-job');
const { alice, bob, charlie, dave } = people();
// Alice is the validator and the one custodian.
let api, pools, node, key, custodian;
// Ids that the chain gives on the way.
let farm, lot, account, title;

before(async () => {
	pools = await startPools(servers);
	key = tokenKey(servers);
	node = await startNode(servers, { pools, options: ['--token-key', key.file] });
	api = node.api;
	custodian = new Custodian(api, alice);
}, { timeout: 300_000 });

after(() => servers.stop(), { timeout: 60_000 });

/** What is sold: 60 PH/s of the farm `farm1` on Braiins, unless `changes` say otherwise. */
async function terms(changes = {}) {
	const day = await today(api);
	return {
		farm,
		coin: BTC,
		model: 'Antminer S21 XP',
		machines: 300,
		nanowattsPerUnit: 13_500_000,
		millicentsPerKwh: 5_500,
		source: BRAIINS,
		account: 'farm1',
		power: 60_000_000n,
		firstDay: day + 3,
		lastDay: day + 300,
		fee: 30_000,
		payout: 'Fpps',
		sale: 'Outright',
		shutdownClause: true,
		vesting: null,
		evidence: `0x${'11'.repeat(32)}`,
		...changes,
	};
}

const submit = async (changes, who = bob) => send(api, who, api.tx.hashpower.submitLot(await terms(changes)));
const lotOf = (id) => rpc(api, 'dmex_lot', id);
const ownerOf = async (id) => {
	const item = await api.query.nfts.item(lot, id);
	return item.isSome ? item.unwrap().owner.toString() : undefined;
};

test('a provider registers, and a farm', { timeout: 60_000 }, async () => {
	const early = await reasonFor(send(api, bob, api.tx.hashpower.registerFarm('Iceland', [[BTC, 100_000_000n]])));
	assert.equal(early, 'hashpower.UnknownProvider');
	await send(api, bob, api.tx.hashpower.registerProvider('Northern Light Mining', 'https://example.org'));
	const { events } = await send(api, bob, api.tx.hashpower.registerFarm('Iceland', [[BTC, 100_000_000n]]));
	farm = eventData(events, 'hashpower', 'FarmRegistered').farm.toNumber();
	const told = await rpc(api, 'dmex_farm', farm);
	assert.equal(told.provider, bob.address);
	assert.equal(told.place, 'Iceland');
	assert.deepEqual(told.power.map(({ symbol, claimed }) => [symbol, claimed]), [['BTC', '100000000']]);
	assert.deepEqual(told.lots, []);
});

test('impossible terms are refused with an error that names the field', { timeout: 240_000 }, async () => {
	const day = await today(api);
	for (const [changes, reason] of [
		[{ power: 0 }, 'ZeroPower'],
		[{ machines: 0 }, 'ZeroMachines'],
		[{ model: '' }, 'EmptyModel'],
		[{ firstDay: day }, 'StartsTooEarly'],
		[{ lastDay: day + 1 }, 'EndsBeforeStart'],
		[{ lastDay: day + 4_000 }, 'TermTooLong'],
		[{ power: 200_000_000n }, 'ClaimExceeded'],
		[{ coin: 9 }, 'UnknownCoin'],
		[{ farm: 99 }, 'UnknownFarm'],
		[{ vesting: 'Gross' }, 'VestingNotForCoin'],
	]) {
		assert.equal(await reasonFor(submit(changes)), `hashpower.${reason}`, JSON.stringify(changes, (_, v) => `${v}`));
	}
	assert.equal(await reasonFor(submit({ source: 99 })), 'poolOracle.SourceUnknown');
	assert.equal(await reasonFor(submit({ account: 'farm 1' })), 'poolOracle.NameImpossible');
	assert.equal(await reasonFor(submit({}, charlie)), 'hashpower.NotFarmOwner');
});

test('a lot is submitted and its audit opens', { timeout: 60_000 }, async () => {
	const { events } = await submit();
	const submitted = eventData(events, 'hashpower', 'LotSubmitted');
	[lot, account] = [submitted.lot.toNumber(), submitted.account.toNumber()];
	const told = await lotOf(lot);
	assert.equal(told.status, 'submitted');
	assert.equal(told.terms.power, '60000000');
	assert.equal(told.terms.termsHash, submitted.subject.toHex());
	assert.equal(told.account.name, 'farm1');
	assert.equal(told.audit.result, 'open');
	// The rest of the farm's claim would have room for it; the account does not.
	assert.equal(await reasonFor(submit({ power: 1_000n })), 'hashpower.AccountBacksOpenLot');
	assert.equal(await reasonFor(custodian.send(api.tx.hashpower.concludeAudit(lot))), 'hashpower.AuditOpen');
	// Another provider cannot take the account.
	await send(api, charlie, api.tx.hashpower.registerProvider('Stranger', ''));
	const other = await send(api, charlie, api.tx.hashpower.registerFarm('Elsewhere', [[BTC, 100_000_000n]]));
	const stranger = eventData(other.events, 'hashpower', 'FarmRegistered').farm.toNumber();
	assert.equal(await reasonFor(submit({ farm: stranger }, charlie)), 'poolOracle.AccountOfOther');
});

test('its account pays to an address of its own', { timeout: 60_000 }, async () => {
	const { farms } = await pools.state();
	const address = farms.find((farm) => farm.account === 'farm1').payout;
	await custodian.send(api.tx.gateway.postAddresses(BITCOIN, [address]));
	const { events } = await send(api, bob, api.tx.gateway.requestLotAddress(lot));
	assert.equal(eventData(events, 'gateway', 'AddressAssigned').address.toUtf8(), address);
	const paidOn = async (day) => (await pools.day('braiins', 'farm1', day)).paid;
	await custodian.follow({ asset: BITCOIN, address, day: await today(api), paidOn }, servers);
});

test('the provider seals a token for the validator, who alone can read it', { timeout: 60_000 }, async () => {
	const publicKey = hexToU8a(key.publicKey);
	const sealed = u8aToHex(seal(tokenOf('braiins', 'farm1', 'alice'), publicKey));
	const early = await reasonFor(send(api, bob, api.tx.poolOracle.postToken(account, alice.address, sealed)));
	assert.equal(early, 'poolOracle.TokenKeyMissing');
	await custodian.send(api.tx.poolOracle.publishTokenKey(key.publicKey));
	const stranger = await reasonFor(send(api, charlie, api.tx.poolOracle.postToken(account, alice.address, sealed)));
	assert.equal(stranger, 'poolOracle.NotProvider');
	const { events } = await send(api, bob, api.tx.poolOracle.postToken(account, alice.address, sealed));
	assert.equal(eventData(events, 'poolOracle', 'TokenPosted').account.toNumber(), account);
});

test('holders vote; the provider may not', { timeout: 180_000 }, async () => {
	const { audit } = await lotOf(lot);
	const vote = (aye, amount) => api.tx.polls.vote(audit.id, aye, amount);
	assert.equal(await reasonFor(send(api, bob, vote(true, 1_000n * DMEX))), 'polls.Excluded');
	await custodian.send(vote(true, 200_000n * DMEX));
	await send(api, dave, vote(false, 50_000n * DMEX));
	const tally = (await lotOf(lot)).audit;
	assert.equal(tally.ayes, (200_000n * DMEX).toString());
	assert.equal(tally.nays, (50_000n * DMEX).toString());
	await atSomeBlock(api, 'the end of the audit', 120, async (see) => {
		const { result } = (await lotOf(lot)).audit;
		see(result);
		return result === 'passed' ? true : undefined;
	});
	const { events } = await send(api, charlie, api.tx.hashpower.concludeAudit(lot));
	assert.equal(eventData(events, 'hashpower', 'AuditConcluded').approved.isTrue, true);
	assert.equal((await lotOf(lot)).status, 'approved');
});

test('the validators read prices and networks by themselves', { timeout: 150_000 }, async () => {
	const dollars = { BTC: 64_090n * 10n ** 12n, BCH: 480_500_000_000_000n, FIL: 4_200_000_000_000n };
	for (const [coin, symbol] of COINS.entries()) {
		const facts = await atSomeBlock(api, `facts of ${symbol}`, 120, async (see) => {
			const told = await rpc(api, 'dmex_facts', coin);
			see(told);
			return told.price.value && told.network.value ? told : undefined;
		});
		assert.equal(facts.symbol, symbol);
		// Four exchanges differ by hundredths of a per cent.
		const [price, expected] = [BigInt(facts.price.value), dollars[symbol]];
		assert.ok(price > (expected * 998n) / 1000n && price < (expected * 1002n) / 1000n, `${symbol} ${price}`);
		const { height, bits, totalPower } = facts.network.value;
		const network = await pools.network(symbol, height);
		assert.equal(bits, network.bits ?? null, symbol);
		assert.equal(totalPower, network.totalPower ?? null, symbol);
	}
});

test('closed days are measured as the pool says them', { timeout: 300_000 }, async () => {
	const told = await atSomeBlock(api, 'two measured days', 280, async (see) => {
		const now = await lotOf(lot);
		see({ limit: now.issueLimit, days: now.measured });
		return now.issueLimit.measured ? now : undefined;
	});
	assert.ok(told.measured.length >= 2);
	for (const { day, power, paid, refused } of told.measured) {
		const truth = await pools.day('braiins', 'farm1', day);
		assert.equal(refused, false);
		// Braiins tells GH/s with decimals; power is whole GH/s.
		assert.equal(BigInt(power), truth.measured / GIGA, `day ${day}`);
		assert.equal(BigInt(paid), truth.paid, `day ${day}`);
	}
	const limit = BigInt(told.issueLimit.measured);
	assert.ok(limit > 90_000_000n && limit < 101_500_000n, `${limit}`);
	assert.equal(logOf(node.server).includes('sim-braiins-farm1'), false, 'a token is in the log');
});

test('the lot is activated and titles are issued up to what was audited', { timeout: 90_000 }, async () => {
	const issue = (units, owner = charlie, who = bob) =>
		send(api, who, api.tx.hashpower.issue(lot, units, owner.address));
	assert.equal(await reasonFor(issue(1n)), 'hashpower.LotNotActive');
	await send(api, dave, api.tx.hashpower.activate(lot));
	const { arrived } = (await api.query.gateway.lotBooks(lot)).unwrap();
	assert.ok(arrived.toBigInt() > 0n);
	assert.equal((await lotOf(lot)).status, 'active');
	assert.equal(await reasonFor(issue(1n, charlie, charlie)), 'hashpower.NotLotProvider');
	assert.equal(await reasonFor(issue(60_000_001n)), 'hashpower.AuditedPowerExceeded');
	assert.equal(await reasonFor(issue(0n)), 'hashpower.ZeroUnits');
	const { events } = await issue(3_000n);
	const issued = eventData(events, 'hashpower', 'PowerIssued');
	assert.equal(issued.units.toBigInt(), 3_000n);
	title = issued.title.toNumber();
	assert.equal(await ownerOf(title), charlie.address);
	const told = await rpc(api, 'dmex_title', lot, title);
	assert.equal(told.units, '3000');
	assert.equal(told.owner, charlie.address);
	assert.equal(told.lot.symbol, 'BTC');
	assert.equal(told.lot.model, 'Antminer S21 XP');
	assert.equal(told.lot.accountName, 'farm1');
	assert.equal((await lotOf(lot)).issued, '3000');
});

test('a title moves by the standard transfer, and by nothing else', { timeout: 90_000 }, async () => {
	await send(api, charlie, api.tx.nfts.transfer(lot, title, dave.address));
	assert.equal(await ownerOf(title), dave.address);
	const again = await reasonFor(send(api, charlie, api.tx.nfts.transfer(lot, title, alice.address)));
	assert.equal(again, 'nfts.NoPermission');
	for (const call of [
		api.tx.nfts.burn(lot, title),
		api.tx.nfts.setPrice(lot, title, 1n, null),
		api.tx.nfts.redeposit(lot, [title]),
	]) {
		assert.equal(await reasonFor(send(api, dave, call)), 'system.CallFiltered');
	}
	assert.equal(await ownerOf(title), dave.address);
});

test('a title splits and merges; ids are never used twice', { timeout: 90_000 }, async () => {
	const split = (who, parts) => send(api, who, api.tx.titles.split(lot, title, parts));
	const merge = (who, ids) => send(api, who, api.tx.titles.merge(lot, ids));
	const unitsOf = async (id) => (await rpc(api, 'dmex_title', lot, id))?.units;
	const living = async () => (await rpc(api, 'dmex_titles', lot, null, null)).map(({ id }) => id);

	assert.equal(await reasonFor(split(dave, [1_000n, 1_999n])), 'titles.PartsDoNotAddUp');
	assert.equal(await reasonFor(split(charlie, [1_000n, 2_000n])), 'titles.NotOwner');
	await split(dave, [1_000n, 2_000n]);
	assert.equal(await ownerOf(title), undefined);
	const [small, large] = await living();
	assert.deepEqual([await ownerOf(small), await ownerOf(large)], [dave.address, dave.address]);
	assert.deepEqual([await unitsOf(small), await unitsOf(large)], ['1000', '2000']);
	const { origin } = await rpc(api, 'dmex_title', lot, small);
	assert.deepEqual(origin, { splitFrom: title });

	await send(api, dave, api.tx.nfts.transfer(lot, small, charlie.address));
	assert.equal(await reasonFor(merge(dave, [small, large])), 'titles.NotOwner');
	await send(api, charlie, api.tx.nfts.transfer(lot, small, dave.address));
	assert.equal(await reasonFor(merge(dave, [small, small])), 'titles.DuplicateTitle');
	await merge(dave, [small, large]);
	const [merged, ...rest] = await living();
	assert.deepEqual(rest, []);
	assert.equal(new Set([title, small, large, merged]).size, 4);
	assert.equal(await unitsOf(merged), '3000');
	assert.equal(await ownerOf(merged), dave.address);
	for (const ended of [title, small, large]) {
		assert.equal(await ownerOf(ended), undefined);
		assert.equal(await unitsOf(ended), undefined);
	}
	assert.equal((await lotOf(lot)).issued, '3000');
	const { holders } = await lotOf(lot);
	assert.deepEqual(holders, [{ owner: dave.address, units: '3000', titles: 1 }]);
});

test('a live reading follows the farm within a few rounds', { timeout: 150_000 }, async () => {
	const live = async () => {
		const { account } = await lotOf(lot);
		return account.live && { round: account.live.round, power: BigInt(account.live.power) };
	};
	const before = await atSomeBlock(api, 'a live reading', 60, live);
	assert.ok(before.power > 80_000_000n && before.power < 120_000_000n, `${before.power}`);
	await pools.fault({ kind: 'drop', service: 'braiins', account: 'farm1', factor: 0.25 });
	const dropped = await atSomeBlock(api, 'a lower live reading', 120, async (see) => {
		const now = await live();
		see(now);
		return now && now.power < before.power / 2n ? now : undefined;
	});
	assert.ok(dropped.round > before.round);
	await pools.noFaults();
});

test('every block decodes, the votes of the workers too', { timeout: 120_000 }, async () => {
	const newest = (await api.rpc.chain.getHeader()).number.toNumber();
	let votes = 0;
	for (let number = 1; number <= newest; number += 1) {
		const hash = await api.rpc.chain.getBlockHash(number);
		const { block } = await api.rpc.chain.getBlock(hash);
		for (const extrinsic of block.extrinsics) {
			const { section, method } = extrinsic.method;
			if (section !== 'poolOracle' || method !== 'vote') continue;
			assert.equal(extrinsic.isSigned, false);
			assert.ok(extrinsic.method.args[0].toHuman());
			votes += 1;
		}
	}
	assert.ok(votes > 0, 'no vote in any block');
	const status = await rpc(api, 'dmex_oracleStatus');
	assert.ok(status.worker.votesSent > 0);
	const braiins = status.sources.find(({ id }) => id === BRAIINS);
	assert.ok(braiins.successes > 0 && braiins.lastSuccess > 0);
	const { braiins: asked } = await pools.stats();
	assert.equal(asked.limited, 0, 'the pool was asked too often');
	assert.deepEqual(Object.keys(asked.statuses), ['200']);
});
