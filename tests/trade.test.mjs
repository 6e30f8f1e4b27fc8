// Output and trade from outside: a farm's pool pays to the lot's own address and each day finds its
// holders by itself; a title is bought, split, auctioned, leased and staked; coins leave the chain.
// Every step is checked by reading the chain back.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { hexToU8a, u8aToHex } from '@polkadot/util';
import { assertRefused, atSomeBlock, DMEX, eventData, people, reasonFor, rpc, send, sendTogether, today } from './helpers/chain.mjs';
import { Custodian, transactionId } from './helpers/custodian.mjs';
import { recordHistory } from './helpers/history.mjs';
import { dueOf as dueOfUnits, FEE, lotTerms, registerFarm, submitOthers } from './helpers/lots.mjs';
import { assertNear, BITCOIN, DOLLAR, purses, STABLE, tradeFee, UNIT_PRICE, unpaidOf } from './helpers/money.mjs';
import { startNode, tokenKey } from './helpers/node.mjs';
import { startPools, tokenOf } from './helpers/pools.mjs';
import { Servers } from './helpers/processes.mjs';
import { seal } from './helpers/sealed-box.mjs';
import { view } from './helpers/views.mjs';

/** What is bought, GH/s: 20 PH/s of the farm's 100. */
const UNITS = 20_000_000n;
const HALF = UNITS / 2n;
/** What another buys who then does nothing at all. */
const FEW = 1_000_000n;
const SOLD = UNITS + FEW;
/** A slice of 450 dollars a day for all of it. */
const SLICE = 450n * DOLLAR;
const SLICES = (SLICE * SOLD) / UNITS;
const DAILY_REWARD = 100n * DMEX;
/** An address that no custodian has posted: the example of BIP 173. */
const OUTSIDE = 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4';

const servers = new Servers('trade');
// Alice is the validator, sudo and the one custodian; bob sells; charlie buys; dave buys a little, bids
// and never asks for his income; eve outbids him; ferdie leases.
const { alice, bob, charlie, dave, eve, ferdie } = people();
let api, pools, key, custodian, history, payouts, balance, onHold, stables;
// What the chain decides on the way: ids, days, the lot's own address.
let lot, address, submitted, sale, title, quiet, bought, sold, lent, stake, withdrawn;

before(async () => {
	pools = await startPools(servers);
	key = tokenKey(servers);
	({ api } = await startNode(servers, { pools, options: ['--token-key', key.file] }));
	custodian = new Custodian(api, alice);
	({ balance, onHold, stables } = purses(api));
	history = await recordHistory(api, servers);
}, { timeout: 300_000 });

after(() => servers.stop(), { timeout: 60_000 });

const ask = (pallet, name, ...args) => view(api, pallet, name, ...args);
const tx = (who, call) => send(api, who, call);
const ownerOf = async (id) => (await api.query.nfts.item(lot, id)).unwrap().owner.toString();
const incomeOf = async (id) => (await ask('Income', 'income_of_title', lot, id)).unwrap();
const paidOn = async (day) => (await pools.day('braiins', 'farm1', day)).paid;
const closing = (day, seconds) =>
	history.first(seconds, 'income', 'DayClosed', (data) => data.lot.toNumber() === lot && data.day.toNumber() === day);
/** What a day owes by what the pool says of it, not by what the chain says. */
const dueOf = async (day) => dueOfUnits(await pools.day('braiins', 'farm1', day), SOLD, FEE);

test('a lot is submitted and gets an address of its own from what the custodian posted', { timeout: 180_000 }, async () => {
	const { farms } = await pools.state();
	const payout = (account) => farms.find((farm) => farm.account === account).payout;
	const others = ['farm3', 'farm5'].map(payout).sort();
	address = payout('farm1');
	await registerFarm(api, bob);
	submitted = await today(api);
	await submitOthers(api, bob, submitted);
	const { events } = await tx(bob, api.tx.hashpower.submitLot(lotTerms(submitted)));
	const told = eventData(events, 'hashpower', 'LotSubmitted');
	lot = told.lot.toNumber();

	const gateway = api.tx.gateway;
	await Promise.all([
		assertRefused(api, bob, [
			[gateway.requestLotAddress(lot), 'gateway.NoFreeAddress'],
			[gateway.postAddresses(BITCOIN, [address]), 'gateway.NotCustodian'],
		]),
		custodian.send(api.tx.poolOracle.publishTokenKey(key.publicKey)),
	]);
	assert.equal(await reasonFor(custodian.send(gateway.postAddresses(BITCOIN, [`${address.slice(0, -1)}q`]))), 'gateway.AddressChecksum');
	assert.equal(await reasonFor(custodian.send(gateway.postAddresses(BITCOIN, [...others].reverse()))), 'gateway.NotSorted');
	await custodian.send(gateway.postAddresses(BITCOIN, [address]));
	await assertRefused(api, charlie, [[gateway.requestLotAddress(lot), 'gateway.NotLotProvider']]);
	const sealed = u8aToHex(seal(tokenOf('braiins', 'farm1', 'alice'), hexToU8a(key.publicKey)));
	const [assigned] = await sendTogether(api, bob, [
		gateway.requestLotAddress(lot),
		api.tx.poolOracle.postToken(told.account, alice.address, sealed),
	]);
	assert.equal(eventData(assigned.events, 'gateway', 'AddressAssigned').address.toUtf8(), address);
	assert.equal((await ask('Gateway', 'address_of_lot', lot)).unwrap().toUtf8(), address);
	assert.equal((await ask('Gateway', 'target_of', BITCOIN, address)).unwrap().asLot.toNumber(), lot);
	payouts = await custodian.follow({ asset: BITCOIN, address, day: submitted, paidOn }, servers);
	assert.equal(await reasonFor(tx(bob, gateway.requestLotAddress(lot))), 'gateway.AddressAssignedAlready');

	const { audit } = await rpc(api, 'dmex_lot', lot);
	await custodian.send(api.tx.polls.vote(audit.id, true, 200_000n * DMEX));
	await custodian.send(gateway.postAddresses(BITCOIN, others));
	assert.equal((await ask('Gateway', 'free_addresses', BITCOIN)).toNumber(), 2);
});

test('what a pool pays to the address is attested once and remitted to the lot', { timeout: 180_000 }, async () => {
	await atSomeBlock(api, 'the first payout', 90, async () => payouts.has(submitted) || undefined);
	const { deposit, events } = await payouts.get(submitted);
	assert.equal(deposit.amount, await paidOn(submitted));
	const minted = eventData(events, 'gateway', 'Minted');
	assert.equal(minted.target.asLot.toNumber(), lot);
	const arrived = eventData(events, 'income', 'Arrived');
	assert.deepEqual([arrived.lot.toNumber(), arrived.amount.toBigInt()], [lot, deposit.amount]);
	const book = (await ask('Income', 'book', lot)).unwrap();
	assert.equal(book.flows.arrived.toBigInt(), deposit.amount);
	assert.equal((await ask('Gateway', 'book_of_lot', lot)).unwrap().arrived.toBigInt(), deposit.amount);

	const attest = (changes) => reasonFor(custodian.attest({ ...deposit, transaction: transactionId('another'), ...changes }));
	assert.equal(await reasonFor(custodian.attest(deposit)), 'gateway.DepositSeen');
	// The same output with another amount or height, as after a block was replaced, is the same deposit.
	assert.equal(await attest({ transaction: deposit.transaction, amount: 1n }), 'gateway.DepositSeen');
	assert.equal(await attest({ address: OUTSIDE }), 'gateway.AddressUnknown');
	assert.equal(await attest({ asset: BITCOIN + 1 }), 'gateway.AddressUnknown');
	assert.equal(await attest({ asset: 99 }), 'gateway.UnknownGate');
	assert.equal(await attest({ amount: 9_999n }), 'gateway.BelowLeast');
	assert.equal(await reasonFor(tx(bob, api.tx.gateway.attestDeposit({ ...deposit, output: 1 }))), 'gateway.NotCustodian');
	const unchanged = (await ask('Income', 'book', lot)).unwrap();
	assert.equal(unchanged.flows.arrived.toBigInt(), deposit.amount);
});

test('an audited lot whose payouts arrive is activated and put on sale', { timeout: 180_000 }, async () => {
	await atSomeBlock(api, 'the end of the audit', 120, async (see) => {
		const { result } = (await rpc(api, 'dmex_lot', lot)).audit;
		see(result);
		return result === 'passed' ? true : undefined;
	});
	await sendTogether(api, dave, [api.tx.hashpower.concludeAudit(lot), api.tx.hashpower.activate(lot)]);
	assert.equal((await rpc(api, 'dmex_lot', lot)).status, 'active');

	const day = await today(api);
	const outright = (slice, upfront = 0n) => ({ Outright: { slicePerUnit: slice, upfrontPerUnit: upfront } });
	const slice = (SLICE * UNIT_PRICE) / UNITS;
	const open = (units, ask, expires = day + 30) => api.tx.market.openSale(lot, units, 1_000n, ask, expires);
	await Promise.all([
		assertRefused(api, charlie, [[open(UNITS, outright(slice)), 'market.NotLotProvider']]),
		assertRefused(api, bob, [
			[open(UNITS, { Deposit: { depositPerUnit: slice } }), 'market.WrongSaleModel'],
			[open(UNITS, outright(slice / 2n)), 'market.SliceBelowPowerCost'],
			[open(0n, outright(slice)), 'market.ZeroUnits'],
			[open(60_000_001n, outright(slice)), 'market.TooManyUnits'],
			[open(UNITS, outright(slice), day + 91), 'market.BadExpiry'],
		]),
	]);
	const { events } = await tx(bob, open(2n * UNITS, outright(slice)));
	sale = eventData(events, 'market', 'OrderPlaced').order.toNumber();
	const { orders } = await ask('Market', 'order_book', lot, 0);
	assert.deepEqual(orders.map(([id, order]) => [id.toNumber(), order.maker.toString()]), [[sale, bob.address]]);
});

test('impossible purchases move nothing', { timeout: 120_000 }, async () => {
	const pot = await api.query.assets.account.keys(STABLE).then((keys) => keys.length);
	const before = await stables(bob, charlie);
	const buy = (units, most, order = sale) => api.tx.market.buyPrimary(lot, order, units, most);
	const quote = (await ask('Market', 'quote', lot, sale, UNITS)).asOk;
	const price = quote.price.toBigInt();
	assert.equal(quote.slicePerDay.toBigInt(), SLICE);
	await Promise.all([
		assertRefused(api, bob, [[buy(UNITS, price), 'market.OwnOrder']]),
		assertRefused(api, charlie, [
			[buy(UNITS, price / 2n), 'market.PriceAboveLimit'],
			[buy(0n, price), 'market.ZeroUnits'],
			[buy(999n, price), 'market.TooFewUnits'],
			[buy(2n * UNITS + 1n, 2n * price), 'market.TooManyUnits'],
			[buy(UNITS, price, sale + 1), 'market.UnknownOrder'],
		]),
	]);
	assert.deepEqual(await stables(bob, charlie), before);
	assert.equal((await api.query.assets.account.keys(STABLE)).length, pot);
	assert.equal((await rpc(api, 'dmex_lot', lot)).issued, '0');
});

test('a buyer pays into escrow and owns a title', { timeout: 180_000 }, async () => {
	await atSomeBlock(api, 'two measured days', 170, async (see) => {
		const { issueLimit, measured } = await rpc(api, 'dmex_lot', lot);
		see({ issueLimit, measured });
		return issueLimit.measured ? true : undefined;
	});
	const [seller, buyer] = await stables(bob, charlie);
	const buy = (units) => api.tx.market.buyPrimary(lot, sale, units, 50_000n * DOLLAR);
	const [{ events }, few] = await Promise.all([tx(charlie, buy(UNITS)), tx(dave, buy(FEW))]);
	const sold = eventData(events, 'market', 'SoldByProvider');
	[title, quiet] = [sold.title, eventData(few.events, 'market', 'SoldByProvider').title].map((id) => id.toNumber());
	bought = sold.days.first.toNumber();
	assert.equal(bought, (await today(api)) + 1);
	const days = BigInt(submitted + 41 - bought);
	assert.equal(sold.price.toBigInt(), SLICE * days);
	// Nothing reaches the provider before a day is delivered.
	assert.deepEqual(await stables(bob, charlie), [seller, buyer - SLICE * days]);
	assert.equal(await ownerOf(title), charlie.address);
	assert.equal((await ask('Market', 'stream', lot, title)).unwrap().perDay.toBigInt(), SLICE);
	assert.equal((await ask('Market', 'was_sold', lot, title)).isTrue, true);
	const book = (await ask('Market', 'lot_book', lot)).unwrap();
	assert.equal(book.paidIn.toBigInt(), SLICES * days);
	assert.equal(await reasonFor(tx(bob, api.tx.market.claimSlices(lot))), 'market.NothingToClaim');
	// The DAO pays for staked power from here on.
	const budget = await custodian.send(api.tx.sudo.sudo(api.tx.powerRewards.setDailyBudget(DAILY_REWARD)));
	assert.equal(eventData(budget.events, 'sudo', 'Sudid').sudoResult.isOk, true);
	await custodian.send(api.tx.powerRewards.fund(50n * DAILY_REWARD));
});

test('halves of a title share its stream', { timeout: 120_000 }, async () => {
	const split = (parts) => api.tx.titles.split(lot, title, parts);
	await Promise.all([
		assertRefused(api, dave, [[split([HALF, HALF]), 'titles.NotOwner']]),
		assertRefused(api, charlie, [
			[split([0n, UNITS]), 'titles.ZeroUnits'],
			[split([HALF, HALF - 1n]), 'titles.PartsDoNotAddUp'],
		]),
	]);
	await tx(charlie, split([HALF, HALF]));
	const living = (await rpc(api, 'dmex_titles', lot, null, null)).map(({ id }) => id);
	[sold, lent] = living.filter((id) => id !== quiet);
	assert.equal(living.includes(title), false);
	for (const half of [sold, lent]) {
		assert.equal(await ownerOf(half), charlie.address);
		assert.equal((await ask('Market', 'stream', lot, half)).unwrap().perDay.toBigInt(), SLICE / 2n);
		assert.equal((await incomeOf(half)).units.toBigInt(), HALF);
	}
});

test('days of one half are leased, and its power is staked', { timeout: 120_000 }, async () => {
	const day = await today(api);
	const rent = (100n * DOLLAR * UNIT_PRICE) / HALF;
	const offer = (days) => api.tx.market.offerLease(lot, lent, days, rent, HALF, day + 1);
	const offers = await sendTogether(api, charlie, [
		offer({ first: bought, end: bought + 4 }),
		// From the second day on: the first is the owner's.
		offer({ first: bought + 1, end: bought + 9 }),
	]);
	const [short, lease] = offers.map(({ events }) => eventData(events, 'market', 'OrderPlaced').order.toNumber());
	const take = (order, units, most) => api.tx.market.takeLease(lot, order, units, most, false);
	const [owner, lessee] = await stables(charlie, ferdie);
	await Promise.all([
		assertRefused(api, charlie, [[take(lease, HALF, 800n * DOLLAR), 'market.OwnOrder']]),
		assertRefused(api, dave, [[api.tx.market.closeOrder(lot, short), 'market.NotOrderMaker']]),
		assertRefused(api, eve, [
			[take(short, HALF, 800n * DOLLAR), 'income.TooFewDays'],
			[take(lease, HALF, DOLLAR), 'market.PriceAboveLimit'],
			[take(lease, 0n, 800n * DOLLAR), 'market.ZeroUnits'],
			[take(lease, HALF - 1n, 800n * DOLLAR), 'market.TooFewUnits'],
		]),
	]);
	const leased = await tx(ferdie, take(lease, HALF, 800n * DOLLAR));
	const told = eventData(leased.events, 'market', 'Leased');
	lent = { id: told.title.toNumber(), first: told.days.first.toNumber(), end: told.days.end.toNumber() };
	assert.deepEqual([lent.first, lent.end], [bought + 1, bought + 9]);
	const price = BigInt(lent.end - lent.first) * 100n * DOLLAR;
	assert.equal(told.price.toBigInt(), price);
	assert.deepEqual(await stables(charlie, ferdie), [owner + price - tradeFee(price), lessee - price]);
	assert.equal(await ownerOf(lent.id), charlie.address);
	const right = async (day) => (await ask('Income', 'right', lot, lent.id, day)).toJSON();
	assert.deepEqual(await right(lent.first), { lien: ferdie.address });
	assert.deepEqual(await right(lent.end), { title: null });

	await assertRefused(api, ferdie, [[api.tx.powerRewards.stake(lot, lent.id), 'powerRewards.NotOwner']]);
	const [staked, , ...locked] = await sendTogether(api, charlie, [
		api.tx.powerRewards.stake(lot, lent.id),
		api.tx.market.closeOrder(lot, short),
		api.tx.powerRewards.stake(lot, lent.id),
		api.tx.titles.split(lot, lent.id, [1n, HALF - 1n]),
		api.tx.nfts.transfer(lot, lent.id, dave.address),
		api.tx.market.openAuction(lot, lent.id, HALF, DOLLAR, 1),
	]);
	assert.deepEqual(locked, ['titles.TitleLocked', 'titles.TitleLocked', 'nfts.ItemLocked', 'market.TitleLocked']);
	const { stake: id, from, units } = eventData(staked.events, 'powerRewards', 'Staked');
	stake = { id: id.toNumber(), from: from.toNumber() };
	assert.equal(units.toBigInt(), HALF);
});

test('the day closes by itself with what the pool paid for it, and is the holder\'s', { timeout: 180_000 }, async () => {
	assert.equal(await balance(BITCOIN, charlie), 0n);
	const closed = await closing(bought, 170);
	assert.equal(closed.byItself, true);
	const due = await dueOf(bought);
	const { data } = closed;
	assert.equal(data.units.toBigInt(), SOLD);
	assert.deepEqual([data.due.toBigInt(), data.delivered.toBigInt()], [due, due]);
	assert.equal(data.score.toString(), 'Fact');
	const { deposit } = await payouts.get(bought);
	const remitted = history.all('income', 'Arrived').find(({ data }) => data.amount.toBigInt() === deposit.amount);
	assert.ok(remitted.block <= closed.block);

	const [day] = await ask('Income', 'days_of_title', lot, sold, bought, 1);
	assert.equal(day.right.unwrap().toString(), 'Title');
	assert.equal(day.closed.unwrap().short.toBigInt(), 0n);
	const unpaid = unpaidOf(await incomeOf(sold));
	assertNear(unpaid, (due * HALF) / SOLD, 1n);
	assert.equal(await reasonFor(tx(dave, api.tx.income.claim(lot, 999))), 'income.UnknownTitle');
	// Whoever asks for it, the holder is paid.
	const { events } = await tx(eve, api.tx.income.claim(lot, sold));
	const paid = eventData(events, 'income', 'TitlePaid');
	assert.deepEqual([paid.to.toString(), paid.amount.toBigInt(), paid.fee.toBigInt()], [charlie.address, unpaid, 0n]);
	assert.equal(await balance(BITCOIN, charlie), unpaid);
	assert.equal(await balance(BITCOIN, eve), 0n);
	assert.equal(unpaidOf(await incomeOf(sold)), 0n);
});

test('the provider draws the slice of the delivered day', { timeout: 120_000 }, async () => {
	const [before] = await stables(bob);
	const { events } = await tx(bob, api.tx.market.claimSlices(lot));
	const claimed = eventData(events, 'market', 'SlicesClaimed');
	const days = BigInt(history.all('market', 'DayStreamed').length);
	assert.ok(days >= 1n);
	assert.equal(claimed.amount.toBigInt(), SLICES * days);
	assert.equal(claimed.fee.toBigInt(), tradeFee(SLICES * days));
	assert.deepEqual(await stables(bob), [before + SLICES * days - tradeFee(SLICES * days)]);
	assert.equal(await reasonFor(tx(charlie, api.tx.market.claimSlices(lot))), 'market.NotLotProvider');
});

test('the other half goes to the highest bidder, and a beaten bid is free at once', { timeout: 180_000 }, async () => {
	const dollars = (amount) => amount * DOLLAR;
	const open = (units, reserve, hours) => api.tx.market.openAuction(lot, sold, units, reserve, hours);
	const [, opened] = await Promise.all([
		assertRefused(api, dave, [[open(HALF, dollars(5_000n), 8), 'market.NotTitleOwner']]),
		sendTogether(api, charlie, [
			open(HALF, 0n, 8),
			open(HALF, dollars(5_000n), 0),
			open(HALF + 1n, dollars(5_000n), 8),
			open(HALF, dollars(5_000n), 8),
			api.tx.nfts.transfer(lot, sold, dave.address),
		]),
	]);
	const [free, instant, more, auctioned, moved] = opened;
	assert.deepEqual([free, instant, more, moved], [
		'market.ZeroPrice', 'market.BadDuration', 'market.TooManyUnits', 'nfts.ItemLocked',
	]);
	const order = eventData(auctioned.events, 'market', 'OrderPlaced').order.toNumber();
	const bid = (amount) => api.tx.market.bid(lot, order, dollars(amount), false);
	const [seller, first, second] = await stables(charlie, dave, eve);
	const [, [low, placed]] = await Promise.all([
		assertRefused(api, charlie, [[bid(9_000n), 'market.OwnOrder']]),
		sendTogether(api, dave, [bid(4_999n), bid(5_000n)]),
	]);
	assert.equal(low, 'market.BidTooLow');
	assert.equal(eventData(placed.events, 'market', 'BidPlaced').amount.toBigInt(), dollars(5_000n));
	assert.deepEqual([await balance(STABLE, dave), await onHold(STABLE, dave)], [first - dollars(5_000n), dollars(5_000n)]);

	// A bid beats the best one by two per cent.
	const [close, beaten] = await sendTogether(api, eve, [bid(5_099n), bid(5_100n)]);
	assert.equal(close, 'market.BidTooLow');
	const ends = eventData(beaten.events, 'market', 'BidPlaced').ends.toNumber();
	assert.deepEqual([await balance(STABLE, dave), await onHold(STABLE, dave)], [first, 0n]);
	assert.deepEqual([await balance(STABLE, eve), await onHold(STABLE, eve)], [second - dollars(5_100n), dollars(5_100n)]);
	await Promise.all([
		assertRefused(api, charlie, [[api.tx.market.closeOrder(lot, order), 'market.AuctionHasBid']]),
		assertRefused(api, ferdie, [[api.tx.market.settleAuction(lot, order), 'market.AuctionNotEnded']]),
	]);

	await atSomeBlock(api, 'the end of the auction', 60, async (see) => {
		const now = (await api.query.timestamp.now()).toNumber();
		see(now);
		return now >= ends ? true : undefined;
	});
	const { events } = await tx(ferdie, api.tx.market.settleAuction(lot, order));
	const traded = eventData(events, 'market', 'Traded');
	assert.deepEqual([traded.seller.toString(), traded.buyer.toString()], [charlie.address, eve.address]);
	assert.equal(await ownerOf(sold), eve.address);
	const price = dollars(5_100n);
	assert.deepEqual(await stables(charlie, dave, eve), [seller + price - tradeFee(price), first, second - price]);
	assert.equal(await onHold(STABLE, eve), 0n);
	assert.equal((await ask('Market', 'order', lot, order)).isNone, true);
	// Days that closed before were paid to the seller; from here on they are the bidder's.
	sold = { id: sold, from: (await incomeOf(sold)).paidUntil.toNumber() };
});

test('coins leave to an outside address when the custodian has paid them there', { timeout: 180_000 }, async () => {
	const amount = 250_000n;
	const gateway = api.tx.gateway;
	const withdraw = (amount, to = OUTSIDE) => gateway.withdraw(BITCOIN, amount, to);
	const before = await balance(BITCOIN, charlie);
	await assertRefused(api, charlie, [
		[withdraw(amount, OUTSIDE.replace('qw508', 'qw509')), 'gateway.AddressChecksum'],
		[withdraw(amount, 'bc1'), 'gateway.AddressKind'],
		[withdraw(amount, address), 'gateway.AddressOfCustodians'],
		[withdraw(1n), 'gateway.BelowLeast'],
		[withdraw(10n * before), '{"token":"FundsUnavailable"}'],
	]);
	assert.deepEqual([await balance(BITCOIN, charlie), await onHold(BITCOIN, charlie)], [before, 0n]);

	const { events } = await tx(charlie, withdraw(amount));
	const id = eventData(events, 'gateway', 'WithdrawalQueued').id.toNumber();
	assert.equal(await onHold(BITCOIN, charlie), amount);
	const inputs = [{ of: transactionId('the reserve'), index: 3 }];
	const confirm = gateway.confirmWithdrawal(id, transactionId('the withdrawal'), 900_500);
	assert.equal(await reasonFor(custodian.send(confirm)), 'gateway.NotAccepted');
	assert.equal(await reasonFor(tx(bob, gateway.acceptWithdrawal(id, inputs))), 'gateway.NotCustodian');
	await custodian.send(gateway.acceptWithdrawal(id, inputs));
	assert.equal(await reasonFor(tx(charlie, gateway.refund(id))), 'gateway.AcceptedAlready');
	const paid = await custodian.send(confirm);
	assert.equal(eventData(paid.events, 'gateway', 'WithdrawalEnded').outcome.asConfirmed.transaction.toHex(), transactionId('the withdrawal'));
	assert.equal(await onHold(BITCOIN, charlie), 0n);
	const told = (await ask('Gateway', 'withdrawal', id)).unwrap();
	assert.equal(told.withdrawal.address.toUtf8(), OUTSIDE);
	assert.equal(told.outcome.unwrap().isConfirmed, true);
	withdrawn = amount;
	// What was on hold exists no more.
	const supply = async (block) => (await (await api.at(block)).query.assets.asset(BITCOIN)).unwrap().supply.toBigInt();
	const { parentHash } = await api.rpc.chain.getHeader(paid.block);
	assert.equal(await supply(paid.block), (await supply(parentHash)) - amount);
});

test('each later day finds its holder: bidder, lessee, staker', { timeout: 240_000 }, async () => {
	await closing(Math.max(lent.first, stake.from), 230);
	const book = (await ask('Income', 'book', lot)).unwrap();
	const closedUntil = book.closedUntil.toNumber();
	const expected = { charlie: 0n, eve: 0n, ferdie: 0n };
	for (let day = bought; day < closedUntil; day += 1) {
		const due = await dueOf(day);
		const { data } = await closing(day, 1);
		assert.equal(data.delivered.toBigInt(), due, `day ${day}`);
		const half = (due * HALF) / SOLD;
		expected[day < sold.from ? 'charlie' : 'eve'] += half;
		expected[day < lent.first ? 'charlie' : 'ferdie'] += half;
	}
	const lessee = (await ask('Income', 'income_of_liens', lot, ferdie.address)).unwrap();
	const rounding = BigInt(2 * (closedUntil - bought));
	const had = async (who, income) => (await balance(BITCOIN, who)) + unpaidOf(income);
	assertNear((await had(charlie, await incomeOf(lent.id))) + withdrawn, expected.charlie, rounding);
	assertNear(await had(eve, await incomeOf(sold.id)), expected.eve, rounding);
	assertNear(await had(ferdie, lessee), expected.ferdie, rounding);
	assert.ok(expected.ferdie > 0n);

	if (unpaidOf(lessee) > 0n) {
		const before = await balance(BITCOIN, ferdie);
		await tx(ferdie, api.tx.income.claimLiens(lot));
		assert.equal(await balance(BITCOIN, ferdie), before + unpaidOf(lessee));
	}
	const view = (await ask('PowerRewards', 'stake_view', stake.id)).unwrap();
	const earned = BigInt(closedUntil - stake.from) * DAILY_REWARD;
	assertNear(view.claimable.toBigInt(), earned, DMEX / 1_000_000n);
	const dmex = async () => (await api.query.system.account(charlie.address)).data.free.toBigInt();
	const before = await dmex();
	await tx(dave, api.tx.powerRewards.claim([stake.id]));
	assert.equal(await dmex(), before + view.claimable.toBigInt());
});

test('who does nothing is paid by the chain itself', { timeout: 180_000 }, async () => {
	const toDave = (data) => data.to.toString() === dave.address;
	assert.equal(history.all('income', 'TitlePaid', toDave).length, 0);
	// The payer goes round once in seven days, first when the chain began. That it did is forgotten.
	const forget = api.tx.system.killStorage([api.query.income.payerRound.key()]);
	const forgotten = await custodian.send(api.tx.sudo.sudo(forget));
	assert.equal(eventData(forgotten.events, 'sudo', 'Sudid').sudoResult.isOk, true);
	const { data, block } = await history.first(60, 'income', 'TitlePaid', toDave);
	assert.equal(data.title.toNumber(), quiet);
	let due = 0n;
	for (let day = bought; day < data.until.toNumber(); day += 1) due += await dueOf(day);
	const amount = data.amount.toBigInt();
	assertNear(amount, (due * FEW) / SOLD, 2n);
	// Nobody makes a market in the coin here, so the fee has no price.
	assert.equal(data.fee.toBigInt(), 0n);
	const then = await api.at(await api.rpc.chain.getBlockHash(block));
	assert.equal((await then.query.assets.account(BITCOIN, dave.address)).unwrap().balance.toBigInt(), amount);
	const payments = history.all('income', 'TitlePaid', toDave);
	assert.equal(payments.every(({ byItself }) => byItself), true);
});
