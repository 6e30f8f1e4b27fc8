//! What an account has, what it brought and will bring.

use super::{
	income::{figures, Outlook},
	titles,
};
use crate::*;
use alloc::{collections::BTreeMap, vec::Vec};
use dmex_primitives::{
	calendar::Calendar, coins::Coins as Registry, rights::Pots, AssetId, CoinId, SeriesId, TitleId,
};
use dmex_runtime_api::{
	AccountReport, Amount, AssetAmount, CoinTotal, EffectivePower, Expected, Holding, LiensPage,
	LiensView, NextPayout, TitleKey, TitleLot, TitleView, WithdrawalStage, WithdrawalView,
	MAX_ACCOUNT_TITLES, MAX_ENDED, MAX_SERIES, MAX_WALKED,
};
use frame_support::traits::fungibles::{self, InspectHold};
use pallet_gateway::types::{Outcome, Stage, Target, Withdrawal, FINISHED_KEPT};

/// Ticker and decimals of DMEX, as in the properties of the chain.
const NATIVE: (&str, u8) = ("DMEX", 12);

/// Lots that titles of a page are of, each with its outlook.
type Outlooks = BTreeMap<SeriesId, (Option<TitleLot>, Option<Outlook>)>;

/// What an account has, with its titles after `after`.
pub fn account(who: AccountId, after: Option<TitleKey>) -> AccountReport {
	let mut outlooks = Outlooks::new();
	let (titles, next_title) = titles_of(&who, after, &mut outlooks);
	let is_first_page = after.is_none();
	let liens = match is_first_page {
		true => liens(who.clone(), 0),
		false => LiensPage { liens: Vec::new(), next: None },
	};
	let mut sums = Sums::default();
	for title in &titles {
		sums.add_title(title, &outlooks);
	}
	for lien in &liens.liens {
		sums.add_lien(lien);
	}
	AccountReport {
		today: Periods::today(),
		now: Periods::now(),
		holdings: holdings(&who),
		titles,
		next_title,
		liens,
		coins: sums.coins.into_values().collect(),
		unpaid: sums.unpaid.into_iter().map(AssetAmount::from).collect(),
		next_payout: sums.next_payout,
		withdrawals: if is_first_page { open_withdrawals(&who) } else { Vec::new() },
		who,
	}
}

/// A page of an account's titles, and the last of them if there are more.
fn titles_of(
	who: &AccountId,
	after: Option<TitleKey>,
	outlooks: &mut Outlooks,
) -> (Vec<TitleView>, Option<TitleKey>) {
	let most = usize::try_from(MAX_ACCOUNT_TITLES).unwrap_or_default();
	let mut keys = match after {
		None => pallet_nfts::Account::<Runtime>::iter_key_prefix((who,)),
		Some(TitleKey { series, id }) => {
			let last = pallet_nfts::Account::<Runtime>::hashed_key_for((who, series, id));
			pallet_nfts::Account::<Runtime>::iter_key_prefix_from((who,), last)
		},
	};
	let page: Vec<(SeriesId, TitleId)> = keys.by_ref().take(most).collect();
	let next = page.last().filter(|_| keys.next().is_some());
	let next = next.map(|(series, id)| TitleKey { series: *series, id: *id });
	let views = page.into_iter().filter_map(|(series, id)| {
		let (owner, title) = Titles::title(series, id)?;
		let (lot, outlook) =
			outlooks.entry(series).or_insert_with(|| (titles::lot_of(series), Outlook::of(series)));
		Some(titles::view_of(series, id, owner, title, lot.clone(), outlook.as_mut()))
	});
	(views.collect(), next)
}

/// Liens of an account in the series from `from` on.
pub fn liens(who: AccountId, from: SeriesId) -> LiensPage {
	let end = pallet_hashpower::NextLot::<Runtime>::get();
	let stop = from.saturating_add(MAX_SERIES).min(end);
	let liens = (from..stop).filter_map(|series| lien_of(series, &who)).collect();
	LiensPage { liens, next: (stop < end).then_some(stop).filter(|_| from < end) }
}

fn lien_of(series: SeriesId, who: &AccountId) -> Option<LiensView> {
	let pot = pallet_income::Pots::<Runtime>::get(series, who)?;
	let mut outlook = Outlook::of(series)?;
	let income = Income::income_of_liens(series, who.clone())?;
	let pieces = Income::pieces_of(series, who, &pot, outlook.end());
	let units = <Income as Pots<AccountId>>::units_of(series, who, Periods::today());
	Some(LiensView {
		series,
		coin: outlook.lot.coin,
		units: units.into(),
		effective: outlook.effective(units),
		last_day: pot.last.saturating_sub(1),
		expected: outlook.expected(&pieces),
		next_payout: outlook.next_payout(&pieces, income.least_payout),
		income: figures(income),
	})
}

/// Totals of a page.
#[derive(Default)]
struct Sums {
	coins: BTreeMap<CoinId, CoinTotal>,
	unpaid: BTreeMap<AssetId, u128>,
	next_payout: Option<NextPayout>,
}

impl Sums {
	fn add_title(&mut self, title: &TitleView, outlooks: &Outlooks) {
		let Some(income) = &title.income else { return };
		let Some((_, Some(outlook))) = outlooks.get(&title.series) else { return };
		self.add_payout(income.next_payout);
		self.add_unpaid(&income.income.unpaid);
		let Some(total) = self.of_coin(outlook.lot.coin) else { return };
		add(&mut total.units, title.units);
		add(&mut total.effective, power(income.effective));
		add_income(total, &income.income, income.expected);
	}

	fn add_lien(&mut self, lien: &LiensView) {
		self.add_payout(lien.next_payout);
		self.add_unpaid(&lien.income.unpaid);
		let Some(total) = self.of_coin(lien.coin) else { return };
		add(&mut total.units_of_liens, lien.units);
		add_income(total, &lien.income, lien.expected);
	}

	/// Keeps the one whose day closes first.
	fn add_payout(&mut self, payout: NextPayout) {
		let Some(from) = payout.closes_from else { return };
		let known = self.next_payout.and_then(|known| known.closes_from);
		if known.is_none_or(|known| from < known) {
			self.next_payout = Some(payout);
		}
	}

	fn add_unpaid(&mut self, unpaid: &[AssetAmount]) {
		for AssetAmount { asset, amount } in unpaid {
			let sum = self.unpaid.entry(*asset).or_default();
			*sum = sum.saturating_add(amount.0);
		}
	}

	fn of_coin(&mut self, id: CoinId) -> Option<&mut CoinTotal> {
		let coin = <Coins as Registry>::coin(id)?;
		Some(self.coins.entry(id).or_insert_with(|| CoinTotal {
			coin: id,
			symbol: coin.symbol.into_inner(),
			unit: coin.unit.into_inner(),
			decimals: coin.decimals,
			asset: coin.asset,
			units: Amount::default(),
			effective: Amount::default(),
			units_of_liens: Amount::default(),
			paid: Amount::default(),
			unpaid: Amount::default(),
			expected: None,
		}))
	}
}

fn add(sum: &mut Amount, amount: Amount) {
	sum.0 = sum.0.saturating_add(amount.0);
}

fn power(effective: Option<EffectivePower>) -> Amount {
	effective.map(|effective| effective.power).unwrap_or_default()
}

fn add_income(
	total: &mut CoinTotal,
	income: &dmex_runtime_api::Income,
	expected: Option<Expected>,
) {
	add(&mut total.paid, income.paid);
	for unpaid in income.unpaid.iter().filter(|unpaid| unpaid.asset == total.asset) {
		add(&mut total.unpaid, unpaid.amount);
	}
	let Some(expected) = expected else { return };
	let sum = total.expected.get_or_insert_with(Expected::default);
	sum.days = sum.days.max(expected.days);
	sum.growth_per_year = expected.growth_per_year;
	add(&mut sum.next_day, expected.next_day);
	add(&mut sum.flat, expected.flat);
	add(&mut sum.at_growth, expected.at_growth);
}

/// DMEX, then every asset of a coin or gate in the order of their ids.
fn holdings(who: &AccountId) -> Vec<Holding> {
	let mut assets: Vec<AssetId> = Coins::coins().into_iter().map(|(_, coin)| coin.asset).collect();
	assets.push(genesis::STABLE_ASSET);
	assets.extend(Gateway::gates());
	assets.sort_unstable();
	assets.dedup();
	let native = Holding {
		asset: None,
		symbol: NATIVE.0.into(),
		decimals: NATIVE.1,
		free: Balances::free_balance(who).into(),
		held: Balances::reserved_balance(who).into(),
		owed_income: Amount::default(),
		owed_deposits: Amount::default(),
		address: None,
	};
	core::iter::once(native).chain(assets.into_iter().map(|asset| holding(asset, who))).collect()
}

fn holding(asset: AssetId, who: &AccountId) -> Holding {
	use fungibles::{metadata::Inspect as Metadata, Inspect};
	Holding {
		asset: Some(asset),
		symbol: <Assets as Metadata<AccountId>>::symbol(asset),
		decimals: <Assets as Metadata<AccountId>>::decimals(asset),
		free: <Assets as Inspect<AccountId>>::balance(asset, who).into(),
		held: <AssetsHolder as InspectHold<AccountId>>::total_balance_on_hold(asset, who).into(),
		owed_income: Income::owed(asset, who.clone()).into(),
		owed_deposits: Gateway::owed(asset, Target::Account(who.clone())).into(),
		address: Gateway::address_of_account(asset, who.clone()).map(|text| text.into_inner()),
	}
}

/// Withdrawals of an account, newest first.
pub fn withdrawals(who: AccountId) -> Vec<WithdrawalView> {
	let mut found = open_withdrawals(&who);
	let endings = pallet_gateway::FinishedCount::<Runtime>::get();
	let oldest = endings.saturating_sub(MAX_ENDED.into());
	let ended = (oldest..endings).filter_map(|ending| {
		let slot = ending.checked_rem(FINISHED_KEPT)?;
		let id = pallet_gateway::FinishedRing::<Runtime>::get(slot)?;
		let view = pallet_gateway::Finished::<Runtime>::get(id)?;
		let is_own = view.withdrawal.who == who;
		is_own.then(|| withdrawal(id, view.withdrawal, view.outcome))
	});
	found.extend(ended);
	found.sort_by_key(|view| core::cmp::Reverse(view.id));
	found
}

/// The open ones, newest first. Their number is known, so that nothing is walked over for those who
/// have none; the gates bound how many there are of all accounts.
fn open_withdrawals(who: &AccountId) -> Vec<WithdrawalView> {
	let open = pallet_gateway::OpenOfAccount::<Runtime>::get(who);
	let wanted = usize::try_from(open).unwrap_or_default();
	if wanted == 0 {
		return Vec::new();
	}
	let most = usize::try_from(MAX_WALKED).unwrap_or_default();
	let mut found: Vec<WithdrawalView> = pallet_gateway::Withdrawals::<Runtime>::iter()
		.take(most)
		.filter(|(_, known)| known.who == *who)
		.take(wanted)
		.map(|(id, known)| withdrawal(id, known, None))
		.collect();
	found.sort_by_key(|view| core::cmp::Reverse(view.id));
	found
}

fn withdrawal(id: u64, known: Withdrawal<AccountId>, outcome: Option<Outcome>) -> WithdrawalView {
	let stage = match (outcome, known.stage) {
		(Some(Outcome::Confirmed { transaction }), _) => WithdrawalStage::Confirmed(transaction),
		(Some(Outcome::Failed { spent_by }), _) => WithdrawalStage::Failed(spent_by),
		(Some(Outcome::Expired), _) => WithdrawalStage::Expired,
		(Some(Outcome::TakenBack), _) => WithdrawalStage::TakenBack,
		(None, Stage::Queued { deadline }) => WithdrawalStage::Queued(deadline),
		(None, Stage::Accepted { .. }) => WithdrawalStage::Accepted,
	};
	WithdrawalView {
		id,
		asset: known.asset,
		amount: known.amount.into(),
		fee: known.fee.into(),
		address: known.address.into_inner(),
		stage,
	}
}
