// The market from outside: offers, falling prices, titles with liens, deposits, fees in stablecoin,
// orders that expire, and a payout that comes late. Two lots of one farm; what does not depend on one
// another happens at the same time, each with accounts of its own.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { blake2AsHex } from '@polkadot/util-crypto';
import { assertRefused, atSomeBlock, DMEX, eventData, people, reasonFor, rpc, send, sendTogether, today } from './helpers/chain.mjs';
import { Custodian } from './helpers/custodian.mjs';
import { recordHistory } from './helpers/history.mjs';
import { dueOf, FEE, lotTerms, registerFarm, submitOthers, VIABTC } from './helpers/lots.mjs';
import { assertNear, BITCOIN, ceil, DOLLAR, MILLION, purses, STABLE, tradeFee, UNIT_PRICE, unpaidOf } from './helpers/money.mjs';
import { startNode, tokenFile } from './helpers/node.mjs';
import { startPools, tokenOf } from './helpers/pools.mjs';
import { Servers } from './helpers/processes.mjs';
import { view } from './helpers/views.mjs';

/** What each buys of the first lot, GH/s. */
const PART = 2_000_000n;
const HALF = PART / 2n;
const SOLD = 4n * PART;
/** A slice of 45 dollars a day for it. */
const SLICE = 45n * DOLLAR;
/** What is bought of the lot that is sold for a deposit, and what is passed on of it. */
const [AGAINST_DEPOSIT, PASSED_ON] = [4_000_000n, 1_000_000n];
const DEPOSIT = 8_000n * DOLLAR;
/** What the provider issues to himself of that lot. */
const OWN = 1_000n;
/** Holder's part of that lot's output, parts per million. */
const HOLDER_SHARE = 600_000n;
/** A price for one unit at which so many cost `amount`. */
const unitPrice = (amount, units) => (amount * UNIT_PRICE) / units;
/** Liens of a title that has none. */
const NO_LIENS = blake2AsHex(new Uint8Array([0]), 256);

const servers = new Servers('market');
const { alice, bob, charlie, dave, eve, ferdie } = people();
const { grace, heidi, ivan, judy, kurt, lena, mona, nina } =
	people('Grace', 'Heidi', 'Ivan', 'Judy', 'Kurt', 'Lena', 'Mona', 'Nina');
let api, pools, custodian, history, balance, onHold, stables;
// Ids, days and titles that the chain gives on the way.
let lot, backed, submitted, expiring, lease, titles, payouts;

before(async () => {
	pools = await startPools(servers);
	const tokens = tokenFile(servers, {
		'source/0': tokenOf('braiins', 'farm1', 'alice'),
		'source/2': tokenOf('viabtc', 'farm3', 'alice'),
	});
	({ api } = await startNode(servers, { pools, options: ['--pool-tokens', tokens] }));
	custodian = new Custodian(api, alice);
	history = await recordHistory(api, servers);
	({ balance, onHold, stables } = purses(api));
}, { timeout: 300_000 });

after(() => servers.stop(), { timeout: 60_000 });

const ask = (pallet, name, ...args) => view(api, pallet, name, ...args);
const tx = (who, call) => send(api, who, call);
const market = (name, ...args) => api.tx.market[name](...args);
const ownerOf = async (title, series = lot) => (await api.query.nfts.item(series, title)).unwrap().owner.toString();
const placed = ({ events }) => eventData(events, 'market', 'OrderPlaced').order.toNumber();
const sliceOf = async (title) => (await ask('Market', 'stream', lot, title)).unwrap().perDay.toBigInt();
const reserved = async (who) => (await api.query.system.account(who.address)).data.reserved.toBigInt();
const free = async (who) => (await api.query.system.account(who.address)).data.free.toBigInt();
const closing = (series, day, seconds) =>
	history.first(seconds, 'income', 'DayClosed', (data) => data.lot.toNumber() === series && data.day.toNumber() === day);
/** What a buyer has seen of a title without liens. */
const seen = (maxPrice, paidUntil, liensHash = NO_LIENS) => ({ maxPrice, liensHash, paidUntil, acceptSuspended: false });

/** The payout for one day of the first lot that waits until it is let through. */
const late = { day: undefined };
late.let = new Promise((resolve) => (late.through = resolve));

test('two lots are submitted, audited and paid at addresses of their own', { timeout: 180_000 }, async () => {
	const { farms } = await pools.state();
	const addressOf = (account) => farms.find((farm) => farm.account === account).payout;
	const gifts = [grace, heidi, ivan, judy, kurt, lena, mona, nina].flatMap(({ address }) => [
		api.tx.balances.transferKeepAlive(address, 1_000n * DMEX),
		api.tx.assets.transfer(STABLE, address, 20_000n * DOLLAR),
	]);
	const funded = custodian.send(api.tx.utility.batchAll(gifts));
	await registerFarm(api, bob);
	submitted = await today(api);
	await submitOthers(api, bob, submitted);
	const against = { source: VIABTC, account: 'farm3', power: 15_000_000n, sale: { Deposit: { holderShare: HOLDER_SHARE } } };
	const lots = await sendTogether(api, bob, [
		api.tx.hashpower.submitLot(lotTerms(submitted)),
		api.tx.hashpower.submitLot(lotTerms(submitted, against)),
	]);
	[lot, backed] = lots.map(({ events }) => eventData(events, 'hashpower', 'LotSubmitted').lot.toNumber());
	await funded;
	const follow = async (id, service, account, paidOn) => {
		const address = addressOf(account);
		await custodian.send(api.tx.gateway.postAddresses(BITCOIN, [address]));
		const { events } = await tx(bob, api.tx.gateway.requestLotAddress(id));
		assert.equal(eventData(events, 'gateway', 'AddressAssigned').address.toUtf8(), address);
		return custodian.follow({ asset: BITCOIN, address, day: submitted, paidOn }, servers);
	};
	payouts = await follow(lot, 'braiins', 'farm1', async (day) => {
		if (day === late.day) await late.let;
		return (await pools.day('braiins', 'farm1', day)).paid;
	});
	// A failed test must not wait for it.
	servers.closers.push(() => late.through());
	await follow(backed, 'viabtc', 'farm3', async (day) => (await pools.day('viabtc', 'farm3', day)).paid);
	for (const id of [lot, backed]) {
		const { audit } = await rpc(api, 'dmex_lot', id);
		await custodian.send(api.tx.polls.vote(audit.id, true, 200_000n * DMEX));
	}
});

test('both are active and on sale, each by its own sale model', { timeout: 180_000 }, async () => {
	await atSomeBlock(api, 'audits passed and payouts arrived', 150, async (see) => {
		const lots = await Promise.all([lot, backed].map((id) => rpc(api, 'dmex_lot', id)));
		const arrived = await Promise.all([lot, backed].map(async (id) => (await ask('Gateway', 'book_of_lot', id)).unwrap().arrived.toBigInt()));
		see([lots.map(({ audit }) => audit.result), arrived]);
		return lots.every(({ audit }) => audit.result === 'passed') && arrived.every((sum) => sum > 0n) ? true : undefined;
	});
	await sendTogether(api, dave, [lot, backed].flatMap((id) => [
		api.tx.hashpower.concludeAudit(id),
		api.tx.hashpower.activate(id),
	]));
	const expires = (await today(api)) + 30;
	const outright = { Outright: { slicePerUnit: unitPrice(SLICE, PART), upfrontPerUnit: 0n } };
	const deposit = { Deposit: { depositPerUnit: unitPrice(DEPOSIT, AGAINST_DEPOSIT) } };
	const sales = await sendTogether(api, bob, [
		market('openSale', lot, SOLD, 1_000n, outright, expires),
		market('openSale', backed, AGAINST_DEPOSIT, 1_000n, deposit, expires),
		market('openSale', lot, SOLD, 1_000n, deposit, expires),
		market('openSale', backed, 4n * PART, 1_000n, outright, expires),
		market('openSale', backed, 4n * PART, 1_000n, { Deposit: { depositPerUnit: 0n } }, expires),
	]);
	assert.deepEqual(sales.slice(2), ['market.WrongSaleModel', 'market.WrongSaleModel', 'market.ZeroPrice']);
	assert.deepEqual(sales.slice(0, 2).map(placed), [0, 0]);
});

/** Buys units of a lot once two days of its account were measured. */
async function buyers(id, units, ...whose) {
	await atSomeBlock(api, 'two measured days', 170, async (see) => {
		const { issueLimit } = await rpc(api, 'dmex_lot', id);
		see(issueLimit);
		return issueLimit.measured ? true : undefined;
	});
	const bought = whose.map((who) => tx(who, market('buyPrimary', id, 0, units, 15_000n * DOLLAR)));
	return (await Promise.all(bought)).map(({ events }) => eventData(events, 'market', 'SoldByProvider'));
}

test('four buy', { timeout: 180_000 }, async () => {
	const bought = await buyers(lot, PART, charlie, eve, grace, judy);
	titles = Object.fromEntries(['charlie', 'eve', 'grace', 'judy'].map((name, i) => [name, bought[i].title.toNumber()]));
	titles.first = bought[0].days.first.toNumber();
});

test('units of a lot that is sold are all sold, at one slice', { timeout: 120_000 }, async () => {
	const other = { Outright: { slicePerUnit: unitPrice(SLICE, PART) + UNIT_PRICE, upfrontPerUnit: 0n } };
	await assertRefused(api, bob, [
		[api.tx.hashpower.issue(lot, OWN, bob.address), 'hashpower.LotIsSold'],
		[market('openSale', lot, PART, 1_000n, other, (await today(api)) + 5), 'market.SliceDiffers'],
	]);
});

describe('before the first day is over', { concurrency: true }, () => {
	test('days of a title are leased, and one day\'s payout will be late', { timeout: 120_000 }, async () => {
		const day = await today(api);
		const rent = unitPrice(20n * DOLLAR, PART);
		const offered = await tx(grace, market('offerLease', lot, titles.grace, { first: day + 1, end: day + 12 }, rent, PART, day + 5));
		const { events } = await tx(heidi, market('takeLease', lot, placed(offered), PART, 1_000n * DOLLAR, false));
		const { days } = eventData(events, 'market', 'Leased');
		lease = { first: days.first.toNumber(), end: days.end.toNumber() };
		assert.ok(lease.first > day);
		late.day = lease.first;
	});

	test('an offer is accepted in part and the rest withdrawn', { timeout: 180_000 }, async () => {
		const day = await today(api);
		const price = unitPrice(900n * DOLLAR, PART);
		const make = (units, least, price, backing = 0n, expires = day + 10) =>
			market('makeOffer', lot, units, least, price, backing, false, expires);
		const [seller, buyer] = await stables(charlie, dave);
		const offers = await sendTogether(api, dave, [
			make(PART, HALF / 2n, price),
			make(PART, 1n, price, 2n * unitPrice(SLICE, PART)),
			make(0n, 1n, price),
			make(PART, PART + 1n, price),
			make(PART, 1n, 0n),
			make(PART, 1n, price, 0n, day - 1),
			make(PART, 1n, price, 0n, day + 92),
		]);
		assert.deepEqual(offers.slice(2), [
			'market.ZeroUnits', 'market.TooManyUnits', 'market.ZeroPrice', 'market.BadExpiry', 'market.BadExpiry',
		]);
		const [offer, demanding] = offers.slice(0, 2).map(placed);
		assert.equal(await onHold(STABLE, dave), 1_800n * DOLLAR);
		assert.deepEqual(await stables(dave), [buyer - 1_800n * DOLLAR]);

		const accept = (order, units, least = 0n, title = titles.charlie) => market('acceptOffer', lot, order, title, units, least);
		await Promise.all([
			assertRefused(api, dave, [[accept(offer, HALF), 'market.OwnOrder']]),
			assertRefused(api, charlie, [
				[accept(offer, 0n), 'market.ZeroUnits'],
				[accept(offer, HALF / 2n - 1n), 'market.TooFewUnits'],
				[accept(offer, PART + 1n), 'market.TooManyUnits'],
				[accept(offer, HALF, 450n * DOLLAR + 1n), 'market.PriceBelowLimit'],
				[accept(offer, HALF, 0n, titles.judy), 'market.NotTitleOwner'],
				[accept(offer, HALF, 0n, 9_999), 'market.UnknownTitle'],
				[accept(demanding, HALF), 'market.BackingTooLow'],
				[accept(demanding + 100, HALF), 'market.UnknownOrder'],
				[market('buy', lot, offer, HALF, seen(10_000n * DOLLAR, day + 10)), 'market.WrongKindOfOrder'],
				[market('closeOrder', lot, offer), 'market.NotOrderMaker'],
			]),
		]);
		assert.deepEqual(await stables(charlie, dave), [seller, buyer - 1_800n * DOLLAR]);
		assert.equal(await ownerOf(titles.charlie), charlie.address);

		const quote = (await ask('Market', 'quote_offer', lot, offer, titles.charlie, HALF)).asOk;
		assert.equal(quote.price.toBigInt(), 450n * DOLLAR);
		const { events } = await tx(charlie, accept(offer, HALF, 450n * DOLLAR));
		const traded = eventData(events, 'market', 'Traded');
		const [sold, rest] = [traded.title.toNumber(), traded.rest.unwrap().toNumber()];
		assert.deepEqual([traded.price.toBigInt(), traded.fee.toBigInt()], [450n * DOLLAR, tradeFee(450n * DOLLAR)]);
		assert.deepEqual([await ownerOf(sold), await ownerOf(rest)], [dave.address, charlie.address]);
		assert.deepEqual([await sliceOf(sold), await sliceOf(rest)], [SLICE / 2n, SLICE / 2n]);
		assert.equal(await onHold(STABLE, dave), 1_350n * DOLLAR);

		await sendTogether(api, dave, [market('closeOrder', lot, offer), market('closeOrder', lot, demanding)]);
		assert.equal(await onHold(STABLE, dave), 0n);
		const got = 450n * DOLLAR - tradeFee(450n * DOLLAR);
		assert.deepEqual(await stables(charlie, dave), [seller + got, buyer - 450n * DOLLAR]);
		assert.equal(await reasonFor(tx(charlie, accept(offer, HALF, 0n, rest))), 'market.UnknownOrder');
	});

	test('a price falls until someone buys a part; what is left comes back', { timeout: 180_000 }, async () => {
		const [start, floor] = [unitPrice(2_000n * DOLLAR, PART), unitPrice(500n * DOLLAR, PART)];
		const open = (units, least, from, to, hours) => market('openDutch', lot, titles.eve, units, least, from, to, hours);
		const [, opened] = await Promise.all([
			assertRefused(api, ferdie, [[open(PART, HALF, start, floor, 16), 'market.NotTitleOwner']]),
			sendTogether(api, eve, [
				open(PART, HALF, floor, start, 16),
				open(PART, HALF, start, floor, 0),
				open(PART, HALF, start, floor, 337),
				open(0n, HALF, start, floor, 16),
				open(PART + 1n, HALF, start, floor, 16),
				// Forty seconds of a day of sixty.
				open(PART, HALF, start, floor, 16),
				market('list', lot, titles.eve, start, 1n, null, 9_999),
				api.tx.nfts.transfer(lot, titles.eve, ferdie.address),
				api.tx.titles.split(lot, titles.eve, [HALF, HALF]),
			]),
		]);
		const [auction] = opened.splice(5, 1);
		assert.deepEqual(opened, [
			'market.FloorAboveStart', 'market.BadDuration', 'market.BadDuration', 'market.ZeroUnits', 'market.TooManyUnits',
			'market.TitleLocked', 'nfts.ItemLocked', 'titles.TitleLocked',
		]);
		const order = placed(auction);
		const { started, ends } = eventData(auction.events, 'market', 'OrderPlaced').placed.terms.asDutch;
		const [from, until] = [started.toBigInt(), ends.toBigInt()];
		const [seller, buyer] = await stables(eve, ferdie);
		const buy = (units, most) => market('buy', lot, order, units, seen(most, titles.first));
		const [, [low, few, none, bought]] = await Promise.all([
			assertRefused(api, eve, [[buy(HALF, 2_000n * DOLLAR), 'market.OwnOrder']]),
			sendTogether(api, ferdie, [
				buy(HALF, 249n * DOLLAR),
				buy(HALF - 1n, 1_000n * DOLLAR),
				buy(0n, 1_000n * DOLLAR),
				buy(HALF, 1_000n * DOLLAR),
			]),
		]);
		assert.deepEqual([low, few, none], ['market.PriceAboveLimit', 'market.TooFewUnits', 'market.ZeroUnits']);
		const traded = eventData(bought.events, 'market', 'Traded');
		const at = (await (await api.at(bought.block)).query.timestamp.now()).toBigInt();
		const now = floor + ceil((start - floor) * (until - at), until - from);
		const price = ceil(now * HALF, UNIT_PRICE);
		assert.ok(at > from && price < 1_000n * DOLLAR && price > 250n * DOLLAR);
		assert.equal(traded.price.toBigInt(), price);
		assert.deepEqual(await stables(eve, ferdie), [seller + price - tradeFee(price), buyer - price]);
		const rest = traded.rest.unwrap().toNumber();
		assert.deepEqual([await ownerOf(traded.title.toNumber()), await ownerOf(rest)], [ferdie.address, eve.address]);
		assert.equal(await reasonFor(tx(eve, api.tx.nfts.transfer(lot, rest, ferdie.address))), 'nfts.ItemLocked');

		await atSomeBlock(api, 'the end of the auction', 60, async (see) => {
			const now = (await api.query.timestamp.now()).toBigInt();
			see(now.toString());
			return now >= until ? true : undefined;
		});
		const [expired, closed] = await sendTogether(api, ferdie, [buy(HALF, 2_000n * DOLLAR), market('closeOrder', lot, order)]);
		assert.equal(expired, 'market.OrderExpired');
		eventData(closed.events, 'market', 'OrderClosed');
		await tx(eve, api.tx.nfts.transfer(lot, rest, ferdie.address));
		assert.equal(await ownerOf(rest), ferdie.address);
		assert.equal(await sliceOf(rest), SLICE / 2n);
	});

	test('a listing that will expire', { timeout: 120_000 }, async () => {
		const day = await today(api);
		const list = (price, least, expires) => market('list', lot, titles.judy, price, least, null, expires);
		const price = unitPrice(700n * DOLLAR, PART);
		const before = await reserved(judy);
		const [good, ...bad] = await sendTogether(api, judy, [
			list(price, HALF, day),
			list(0n, HALF, day),
			list(price, 0n, day),
			list(price, PART + 1n, day),
			list(price, HALF, day - 1),
		]);
		assert.deepEqual(bad, ['market.ZeroPrice', 'market.ZeroUnits', 'market.TooManyUnits', 'market.BadExpiry']);
		expiring = { order: placed(good), day, price, reserved: before };
		assert.ok((await reserved(judy)) > before);
		const buy = (units, most, until = day) => market('buy', lot, expiring.order, units, seen(most, until));
		await Promise.all([
			assertRefused(api, judy, [[buy(PART, 700n * DOLLAR, titles.first), 'market.OwnOrder']]),
			assertRefused(api, kurt, [
				[buy(PART, 700n * DOLLAR - 1n, titles.first), 'market.PriceAboveLimit'],
				[buy(HALF - 1n, 700n * DOLLAR, titles.first), 'market.TooFewUnits'],
				[buy(PART + 1n, 701n * DOLLAR, titles.first), 'market.TooManyUnits'],
				[buy(PART, 700n * DOLLAR, titles.first - 1), 'market.PaidUntilDiffers'],
			]),
		]);
		assert.equal(await ownerOf(titles.judy), judy.address);
	});

	test('another lot is sold for a deposit, which follows the parts of its title', { timeout: 180_000 }, async () => {
		const [before] = await stables(lena);
		const [sold] = await buyers(backed, AGAINST_DEPOSIT, lena);
		titles.lena = sold.title.toNumber();
		titles.backedFirst = sold.days.first.toNumber();
		assert.deepEqual([sold.price, sold.deposit, sold.slicePerDay].map((n) => n.toBigInt()), [DEPOSIT, DEPOSIT, 0n]);
		assert.deepEqual(await stables(lena), [before - DEPOSIT]);
		assert.equal((await ask('Market', 'deposit', backed, titles.lena)).toBigInt(), DEPOSIT);
		const back = (title) => api.tx.market.returnDeposit(backed, title);
		const split = await tx(lena, api.tx.titles.split(backed, titles.lena, [AGAINST_DEPOSIT - PASSED_ON, PASSED_ON]));
		const parts = split.events.filter(({ method }) => method === 'DepositMoved').map(({ data }) => data.title.toNumber());
		assert.equal(parts.length, 2);
		[titles.lena, titles.mona] = parts;
		await tx(lena, api.tx.nfts.transfer(backed, titles.mona, mona.address));
		assert.equal(await ownerOf(titles.mona, backed), mona.address);
		const deposits = await Promise.all(parts.map(async (title) => (await ask('Market', 'deposit', backed, title)).toBigInt()));
		assert.deepEqual(deposits, [(DEPOSIT * 3n) / 4n, DEPOSIT / 4n]);
		// Nobody is offered what nothing stands behind.
		const issued = await tx(bob, api.tx.hashpower.issue(backed, OWN, bob.address));
		const own = eventData(issued.events, 'hashpower', 'PowerIssued');
		titles.ownFirst = own.firstDay.toNumber();
		const day = await today(api);
		await assertRefused(api, bob, [
			[market('list', backed, own.title, UNIT_PRICE, 1n, null, day + 1), 'market.TitleNeverSold'],
			[market('openAuction', backed, own.title, OWN, DOLLAR, 4), 'market.TitleNeverSold'],
			[market('openDutch', backed, own.title, OWN, 1n, UNIT_PRICE, UNIT_PRICE, 4), 'market.TitleNeverSold'],
			[market('offerLease', backed, own.title, { first: day + 1, end: day + 9 }, UNIT_PRICE, 1n, day + 1), 'market.TitleNeverSold'],
		]);
		await assertRefused(api, mona, [
			[back(titles.mona), 'market.LotNotOver'],
			[api.tx.market.returnDeposit(99, titles.mona), 'market.UnknownLot'],
		]);
	});

	test('fees are paid in stablecoin by who chose so, up to the price that he named', { timeout: 180_000 }, async () => {
		const [dmex, stable] = ['Native', { WithId: STABLE }];
		const choose = (asset, mostPerDmex) => api.tx.feeChoice.chooseFeeAsset({ asset, mostPerDmex });
		await custodian.send(api.tx.assetConversion.createPool(dmex, stable));
		await Promise.all([
			custodian.send(api.tx.assetConversion.addLiquidity(
				dmex, stable, 20_000n * DMEX, 10_000n * DOLLAR, 1n, 1n, alice.address)),
			assertRefused(api, nina, [
				[choose(BITCOIN, DOLLAR), 'feeChoice.AssetNotAllowed'],
				[choose(STABLE, 0n), 'feeChoice.LimitZero'],
				[api.tx.feeChoice.chooseFeeAsset(null), 'feeChoice.NothingChosen'],
			]),
		]);
		const work = async () => {
			const before = [await free(nina), ...(await stables(nina))];
			const { events } = await tx(nina, api.tx.system.remarkWithEvent('0x1234'));
			const fee = eventData(events, 'transactionPayment', 'TransactionFeePaid').actualFee.toBigInt();
			const bought = events.find(({ section, method }) => section === 'feeChoice' && method === 'FeeBought')?.data;
			const after = [await free(nina), ...(await stables(nina))];
			return { fee, bought, dmex: after[0] - before[0], stable: after[1] - before[1] };
		};
		const plain = await work();
		assert.deepEqual([plain.bought, plain.dmex, plain.stable], [undefined, -plain.fee, 0n]);

		// A DMEX costs half a dollar here.
		const held = await reserved(nina);
		await tx(nina, choose(STABLE, DOLLAR));
		assert.ok((await reserved(nina)) > held);
		const quoted = await ask('FeeChoice', 'quote_fee', nina.address, plain.fee);
		assert.equal(quoted.asset.unwrap().toNumber(), STABLE);
		const paid = await work();
		assert.ok(paid.bought, 'the fee was bought');
		assert.deepEqual([paid.bought.who.toString(), paid.bought.asset.toNumber()], [nina.address, STABLE]);
		const [cost, fee] = [paid.bought.paid.toBigInt(), paid.bought.fee.toBigInt()];
		assert.ok(fee >= paid.fee && cost > 0n);
		// What was not used of it is given back in DMEX.
		assert.deepEqual([paid.stable, paid.dmex], [-cost, fee - paid.fee]);
		assertNear(cost, ceil(fee * DOLLAR, 2n * DMEX), ceil(fee * DOLLAR, 100n * DMEX) + 2n);

		await tx(nina, choose(STABLE, DOLLAR / 4n));
		const tooDear = await work();
		assert.deepEqual([tooDear.bought, tooDear.dmex, tooDear.stable], [undefined, -tooDear.fee, 0n]);
		await tx(nina, api.tx.feeChoice.chooseFeeAsset(null));
		assert.equal(await reserved(nina), held);
	});
});

test('the day whose payout is late is over', { timeout: 180_000 }, async () => {
	await atSomeBlock(api, 'the day after it', 140, async (see) => {
		const day = await today(api);
		see(day);
		return day > lease.first ? true : undefined;
	});
	assert.equal((await ask('Income', 'book', lot)).unwrap().closedUntil.toNumber() <= lease.first, true);
});

describe('while the day is open', { concurrency: true }, () => {
	test('a title is sold with the liens that are named', { timeout: 120_000 }, async () => {
		const hash = blake2AsHex(api.createType('Vec<((u32, u32), AccountId32)>', [[[lease.first, lease.end], heidi.address]]).toU8a(), 256);
		const day = await today(api);
		const price = unitPrice(600n * DOLLAR, PART);
		const list = (liens) => market('list', lot, titles.grace, price, PART, liens, day + 5);
		const [clean, other, listed, offered] = await sendTogether(api, grace, [
			list(null),
			list(NO_LIENS),
			list(hash),
			market('makeOffer', lot, PART, 1n, price, 0n, false, day + 5),
		]);
		assert.deepEqual([clean, other], ['market.TitleNotClean', 'market.LiensDiffer']);
		const order = placed(listed);
		const quote = (await ask('Market', 'quote', lot, order, PART)).asOk;
		assert.deepEqual([quote.liensHash.toHex(), quote.clean.isFalse], [hash, true]);
		const buy = (most, liens, until = quote.days.first.toNumber()) => market('buy', lot, order, PART, seen(most, until, liens));
		const [seller, buyer] = await stables(grace, ivan);
		await Promise.all([
			assertRefused(api, grace, [[buy(600n * DOLLAR, hash), 'market.OwnOrder']]),
			assertRefused(api, ivan, [
				[buy(600n * DOLLAR, NO_LIENS), 'market.LiensDiffer'],
				[buy(600n * DOLLAR - 1n, hash), 'market.PriceAboveLimit'],
				[buy(600n * DOLLAR, hash, quote.days.first.toNumber() - 1), 'market.PaidUntilDiffers'],
			]),
		]);
		assert.equal(await ownerOf(titles.grace), grace.address);
		// Grace has offered 600 dollars of her own, which she takes back below.
		assert.deepEqual(await stables(grace, ivan), [seller, buyer]);
		await tx(ivan, buy(600n * DOLLAR, hash));
		const fee = tradeFee(600n * DOLLAR);
		assert.deepEqual(await stables(grace, ivan), [seller + 600n * DOLLAR - fee, buyer - 600n * DOLLAR]);
		assert.equal(await ownerOf(titles.grace), ivan.address);
		assert.deepEqual((await ask('Income', 'right', lot, titles.grace, lease.first)).toJSON(), { lien: heidi.address });
		// Offers and auctions are for clean titles.
		await assertRefused(api, ivan, [
			[market('acceptOffer', lot, placed(offered), titles.grace, PART, 0n), 'market.TitleNotClean'],
			[market('openDutch', lot, titles.grace, PART, 1n, price, 1n, 4), 'market.TitleNotClean'],
			[market('openAuction', lot, titles.grace, PART, DOLLAR, 4), 'market.TitleNotClean'],
		]);
		await tx(grace, market('closeOrder', lot, placed(offered)));
		assert.deepEqual(await stables(grace), [seller + 1_200n * DOLLAR - fee]);
	});

	test('an expired listing is taken by nobody; another sells a part, and dies when the rest moves', { timeout: 120_000 }, async () => {
		const day = await today(api);
		const all = (order, units, most, until) => market('buy', lot, order, units, seen(most, until));
		const [expired, closed] = await sendTogether(api, kurt, [
			all(expiring.order, PART, 700n * DOLLAR, day),
			market('closeOrder', lot, expiring.order),
		]);
		assert.equal(expired, 'market.OrderExpired');
		eventData(closed.events, 'market', 'OrderClosed');
		assert.equal(await reserved(judy), expiring.reserved);

		const listed = await tx(judy, market('list', lot, titles.judy, expiring.price, HALF, null, day + 5));
		const order = placed(listed);
		const quote = (await ask('Market', 'quote', lot, order, HALF)).asOk;
		const [first, open] = [quote.days.first.toNumber(), quote.unpaidDays.toNumber()];
		assert.equal(first + open, day);
		assert.ok(first <= lease.first && open >= 1);
		const [seller, buyer] = await stables(judy, kurt);
		const { events } = await tx(kurt, all(order, HALF, 350n * DOLLAR, first));
		const traded = eventData(events, 'market', 'Traded');
		[titles.kurt, titles.judy] = [traded.title.toNumber(), traded.rest.unwrap().toNumber()];
		const fee = tradeFee(350n * DOLLAR);
		assert.deepEqual(await stables(judy, kurt), [seller + 350n * DOLLAR - fee, buyer - 350n * DOLLAR]);
		await tx(judy, api.tx.nfts.transfer(lot, titles.judy, mona.address));
		const standing = await reserved(judy);
		const [moved, dead] = await sendTogether(api, kurt, [all(order, HALF, 350n * DOLLAR, first), market('closeOrder', lot, order)]);
		assert.equal(moved, 'market.MakerNotOwner');
		eventData(dead.events, 'market', 'OrderClosed');
		const { deposit } = eventData(listed.events, 'market', 'OrderPlaced').placed;
		assert.equal(await reserved(judy), standing - deposit.toBigInt());
	});
});

test('the late payout goes to whose day it was, not to who owns the title by now', { timeout: 180_000 }, async () => {
	assert.equal((await ask('Income', 'book', lot)).unwrap().closedUntil.toNumber() <= lease.first, true);
	late.through();
	const { events } = await payouts.get(lease.first);
	assert.equal(eventData(events, 'income', 'Arrived').lot.toNumber(), lot);
	const { data } = await closing(lot, lease.first, 100);
	const due = dueOf(await pools.day('braiins', 'farm1', lease.first), SOLD, FEE);
	assert.deepEqual([data.due.toBigInt(), data.delivered.toBigInt(), data.units.toBigInt()], [due, due, SOLD]);

	await tx(heidi, api.tx.income.claimLiens(lot));
	assertNear(await balance(BITCOIN, heidi), (due * PART) / SOLD, 1n);
	await tx(nina, api.tx.income.claim(lot, titles.grace));
	assert.equal(await balance(BITCOIN, ivan), 0n);
	// Days before the lease were grace's, if there were any.
	let own = 0n;
	for (let day = titles.first; day < lease.first; day += 1) {
		own += (dueOf(await pools.day('braiins', 'farm1', day), SOLD, FEE) * PART) / SOLD;
	}
	const keptOf = await ask('Income', 'income_of_liens', lot, grace.address);
	assertNear((await balance(BITCOIN, grace)) + (keptOf.isSome ? unpaidOf(keptOf.unwrap()) : 0n), own, 2n);

	// The open day came with the title that was sold without liens.
	await tx(nina, api.tx.income.claim(lot, titles.kurt));
	const coins = await balance(BITCOIN, kurt);
	assertNear(coins, (due * HALF) / SOLD, 1n);

	// Neither takes what is not his, nor sends it where nobody is.
	const withdraw = (address) => api.tx.gateway.withdraw(BITCOIN, MILLION, address);
	await Promise.all([
		assertRefused(api, ivan, [[api.tx.income.claimLiens(lot), 'income.NothingToTake']]),
		assertRefused(api, kurt, [
			[withdraw(''), 'gateway.AddressLength'],
			[withdraw('1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3'), 'gateway.AddressChecksum'],
			[withdraw('bitcoincash:qr95sy3j9xwd2ap32xkykttr4cvcu7as4y0qverfuy'), 'gateway.AddressCharacter'],
		]),
	]);
	assert.deepEqual([await balance(BITCOIN, kurt), await onHold(BITCOIN, kurt)], [coins, 0n]);
});

test('the output of a deposit sale is shared, and the deposit comes back to who owns the title', { timeout: 180_000 }, async () => {
	const day = titles.backedFirst;
	const { data } = await closing(backed, day, 100);
	const units = AGAINST_DEPOSIT + (titles.ownFirst <= day ? OWN : 0n);
	const due = dueOf(await pools.day('viabtc', 'farm3', day), units, FEE, MILLION - HOLDER_SHARE);
	assert.equal(data.units.toBigInt(), units);
	assert.deepEqual([data.due.toBigInt(), data.delivered.toBigInt()], [due, due]);
	await tx(nina, api.tx.income.claim(backed, titles.mona));
	assert.ok((await balance(BITCOIN, mona)) >= (due * PASSED_ON) / units - 1n);

	const before = await stables(lena, mona, nina);
	// A lot that ends early pays deposits back as one that matures.
	const ended = await custodian.send(api.tx.sudo.sudo(api.tx.hashpower.terminate(backed)));
	assert.equal(eventData(ended.events, 'sudo', 'Sudid').sudoResult.isOk, true);
	const back = (title) => api.tx.market.returnDeposit(backed, title);
	const [toLena, toMona, again] = await sendTogether(api, nina, [back(titles.lena), back(titles.mona), back(titles.mona)]);
	const returned = [toLena, toMona].map(({ events }) => eventData(events, 'market', 'DepositReturned'));
	assert.deepEqual(returned.map(({ to }) => to.toString()), [lena.address, mona.address]);
	assert.deepEqual(returned.map(({ amount }) => amount.toBigInt()), [(DEPOSIT * 3n) / 4n, DEPOSIT / 4n]);
	assert.equal(again, 'market.NoDeposit');
	assert.deepEqual(await stables(lena, mona, nina), [before[0] + (DEPOSIT * 3n) / 4n, before[1] + DEPOSIT / 4n, before[2]]);
	const list = market('list', backed, titles.lena, UNIT_PRICE, 1n, null, day + 10);
	assert.equal(await reasonFor(tx(lena, list)), 'market.LotOver');
});
