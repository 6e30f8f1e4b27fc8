//! What titles and liens of a lot brought and are expected to bring.

use crate::*;
use alloc::{collections::BTreeMap, vec::Vec};
use dmex_math::{days::after_parts, days_to_halving, expected_output, mul_div, subsidy};
use dmex_math::{Growth, Halving, Rounding};
use dmex_primitives::{
	calendar::Calendar,
	coins::{Coin, Coins as Registry, YieldModel},
	facts::{DayPower, EffectivePower as Powers, Facts, NetworkFact, NetworkReading, PoolAccounts},
	lots::{LotInfo, LotStatus, Lots, SaleModel},
	rights::{DayBooks, Days, Rights},
	titles::{LockReason, Title},
	CoinAmount, Day, LotId, Moment, PoolAccountId, TitleId, Units,
};
use dmex_runtime_api::{EffectivePower, Expected, Income as Figures, LienView, NextPayout};
use dmex_runtime_api::{StakeView, TitleIncome};
use pallet_income::types::{overlap, Book, IncomeView, Piece, CLOSING_DAYS, PAYOUT_DAYS};

/// Units that yields are computed for: one unit may earn less than the smallest coin.
const REFERENCE: Units = 1_000_000_000_000;
/// Days in which the newest effective power is looked for: a payout is waited for five, and three
/// more are spared to the facts.
const EFFECTIVE_DAYS: Day = 8;
/// Parts of a whole that fees are told in.
const MILLION: u32 = 1_000_000;

/// What a lot is expected to bring.
pub(super) struct Forecast {
	today: Day,
	/// Days that are not closed, inside the term.
	open: Days,
	/// Of [`REFERENCE`] units in a day, after all fees.
	per_day: CoinAmount,
	halving: Option<Halving>,
	growth: Growth,
	growth_per_year: u64,
	/// What so many days from today on bring: flat, and at the growth. Most titles of a lot end on
	/// the same day.
	sums: BTreeMap<Day, (CoinAmount, CoinAmount)>,
}

impl Forecast {
	/// `None` if there is no such lot, or no fresh fact of its network.
	pub fn of(id: LotId) -> Option<Self> {
		let lot = <Hashpower as Lots<AccountId>>::lot(id)?;
		let coin = <Coins as Registry>::coin(lot.coin)?;
		let network = <PoolOracle as Facts>::network(lot.coin).ok()?;
		let earned = <Coins as Registry>::yield_per_day(lot.coin, REFERENCE);
		let per_day = after_parts(earned.ok()?, &parts_kept(&lot))?;
		let book = Income::book(id);
		let ended = matches!(lot.status, LotStatus::Terminated | LotStatus::Rejected);
		let first = <Income as DayBooks>::closed_until(id).max(lot.first_day);
		let end = match (ended, book.as_ref().and_then(|book| book.ended)) {
			(_, Some(day)) => day.min(lot.last_day.saturating_add(1)),
			(true, None) => Periods::today(),
			(false, None) => lot.last_day.saturating_add(1),
		};
		let per_year = Coins::growth(lot.coin, 0).map(|quote| quote.per_year);
		Some(Self {
			today: Periods::today(),
			open: Days { first, end },
			per_day,
			halving: halving(&coin, &network, per_day),
			growth: pallet_coins::Growth::<Runtime>::get(lot.coin)
				.map(|known| known.filter.growth())
				.unwrap_or_default(),
			growth_per_year: per_year.and_then(|rate| rate.try_into().ok()).unwrap_or_default(),
			sums: BTreeMap::new(),
		})
	}

	/// What days with their units are expected to bring. `None` out of range.
	pub fn expected(&mut self, pieces: &[Piece]) -> Option<Expected> {
		let mut all = Expected { growth_per_year: self.growth_per_year, ..Expected::default() };
		let tomorrow = self.today.saturating_add(1);
		let mut next_day = None;
		for Piece { days, units } in pieces {
			let Some(days) = overlap(*days, self.open) else { continue };
			if days.end > tomorrow {
				next_day = next_day.or_else(|| part_of(self.per_day, *units));
			}
			let (flat, growing) = self.between(days)?;
			all.days = all.days.checked_add(days.end.checked_sub(days.first)?)?;
			all.flat.0 = all.flat.0.checked_add(part_of(flat, *units)?)?;
			all.at_growth.0 = all.at_growth.0.checked_add(part_of(growing, *units)?)?;
		}
		all.next_day.0 = next_day.unwrap_or_default();
		Some(all)
	}

	/// What [`REFERENCE`] units bring in some days. Those that are over and not closed count as
	/// today.
	fn between(&mut self, days: Days) -> Option<(CoinAmount, CoinAmount)> {
		let over = days.end.min(self.today).saturating_sub(days.first);
		let past = self.per_day.checked_mul(over.into())?;
		let before = self.until(days.first.saturating_sub(self.today))?;
		let all = self.until(days.end.saturating_sub(self.today))?;
		Some((
			past.checked_add(all.0.saturating_sub(before.0))?,
			past.checked_add(all.1.saturating_sub(before.1))?,
		))
	}

	fn until(&mut self, days: Day) -> Option<(CoinAmount, CoinAmount)> {
		if let Some(known) = self.sums.get(&days) {
			return Some(*known);
		}
		let of = |growth| expected_output(self.per_day, growth, days, self.halving).ok();
		let sums = (of(Growth::NONE)?, of(self.growth)?);
		self.sums.insert(days, sums);
		Some(sums)
	}
}

/// What of the reference's output falls to some units, rounded down.
fn part_of(amount: CoinAmount, units: Units) -> Option<CoinAmount> {
	mul_div(amount, units, REFERENCE, Rounding::Down)
}

/// Parts per million that pool, provider and the provider's share of a deposit sale take, each of
/// what the ones before leave.
fn parts_kept(lot: &LotInfo<AccountId>) -> Vec<u32> {
	let source = <PoolOracle as PoolAccounts<AccountId>>::source_of(lot.account);
	let pool_fee = source.map(<PoolOracle as PoolAccounts<AccountId>>::pool_fee);
	let mut kept = Vec::from([pool_fee.unwrap_or_default().deconstruct(), lot.fee.deconstruct()]);
	if let SaleModel::Deposit { holder_share } = lot.sale {
		kept.push(MILLION.saturating_sub(holder_share.deconstruct()));
	}
	kept
}

/// Halvings ahead, and the part of a day's output that they halve: what is not fees. Rounded up, so
/// that less is expected.
fn halving(coin: &Coin, network: &NetworkFact, per_day: CoinAmount) -> Option<Halving> {
	let height = match network.reading {
		NetworkReading::ProofOfWork { height, .. } => height,
		NetworkReading::PowerShare { height, .. } => height,
	};
	let first = days_to_halving(height, coin.halving_blocks, coin.blocks_per_day)?;
	let reward = subsidy(height.saturating_add(1), coin.initial_subsidy, coin.halving_blocks);
	let subsidy = match coin.yield_model {
		YieldModel::ProofOfWork { .. } => {
			let all = reward.checked_add(network.fees)?;
			mul_div(per_day, reward, all, Rounding::Up)?.min(per_day)
		},
		YieldModel::PowerShare { .. } => per_day,
	};
	let every = coin.halving_blocks.checked_div(coin.blocks_per_day)?;
	Some(Halving { subsidy, first, every })
}

/// What is common to the titles and liens of a lot: read once, used for each.
pub(super) struct Outlook {
	pub lot: LotInfo<AccountId>,
	id: LotId,
	book: Book,
	effective: Option<(Day, DayPower)>,
	forecast: Option<Forecast>,
}

impl Outlook {
	/// `None` for a series that is no lot, and while no title was issued of it.
	pub fn of(id: LotId) -> Option<Self> {
		let lot = <Hashpower as Lots<AccountId>>::lot(id)?;
		let book = Income::book(id)?;
		let effective = newest_effective(lot.account);
		Some(Self { effective, forecast: Forecast::of(id), lot, id, book })
	}

	/// What a title brought and will bring.
	pub fn of_title(&mut self, id: TitleId, title: &Title) -> Option<TitleIncome> {
		let series = self.id;
		let book = pallet_income::TitleBooks::<Runtime>::get(series, id)?;
		let income = Income::income_of_title(series, id)?;
		let pieces = book.own_days(self.book.end);
		let liens = book.liens.into_iter().map(|lien| LienView {
			holder: lien.holder,
			first_day: lien.days.first,
			last_day: lien.days.end.saturating_sub(1),
		});
		Some(TitleIncome {
			effective: self.effective(title.units),
			expected: self.expected(&pieces),
			next_payout: self.next_payout(&pieces, income.least_payout),
			income: figures(income),
			slice_per_day: Market::stream(series, id)
				.map(|stream| stream.per_day)
				.unwrap_or_default()
				.into(),
			deposit: Market::deposit(series, id).into(),
			clean: <Income as Rights<AccountId>>::is_clean(series, id),
			liens_hash: <Income as Rights<AccountId>>::liens_hash(series, id),
			liens: liens.collect(),
			stake: (title.locked_by == Some(LockReason::Stake))
				.then(|| stake_of(series, id))
				.flatten(),
		})
	}

	/// Power behind some units.
	pub fn effective(&self, units: Units) -> Option<EffectivePower> {
		let (day, power) = self.effective?;
		let (power, paid) = match power {
			DayPower::Paid(power) => (power, true),
			DayPower::Unpaid(power) => (power, false),
		};
		let part = mul_div(power, units, self.lot.issued, Rounding::Down).unwrap_or_default();
		Some(EffectivePower { day, power: part.min(units).into(), paid })
	}

	pub fn expected(&mut self, pieces: &[Piece]) -> Option<Expected> {
		self.forecast.as_mut()?.expected(pieces)
	}

	/// When the first of the days that are not closed is paid.
	pub fn next_payout(&self, pieces: &[Piece], least: CoinAmount) -> NextPayout {
		let open = Days { first: self.book.closed_until, end: self.book.end };
		let closes =
			pieces.iter().find_map(|piece| overlap(piece.days, open)).map(|days| days.first);
		// A lot that has ended closes all its days at once.
		let has_ended = |day: Day| self.book.ended.is_some_and(|ended| day >= ended);
		let starts = |day: Day, after: Day| match has_ended(day) {
			true => Periods::now(),
			false => not_past(day.saturating_add(after)),
		};
		let round = pallet_income::PayerRound::<Runtime>::get();
		let payer_from = match round.running {
			true => Periods::now(),
			false => not_past(round.began.saturating_add(PAYOUT_DAYS)),
		};
		NextPayout {
			closes,
			closes_from: closes.map(|day| starts(day, 1)),
			closes_by: closes.map(|day| starts(day, CLOSING_DAYS)),
			payer_from,
			least: least.into(),
		}
	}

	/// First day after the last right.
	pub fn end(&self) -> Day {
		self.book.end
	}
}

/// First moment of a day, or now if that is over.
fn not_past(day: Day) -> Moment {
	Periods::start_of(day).max(Periods::now())
}

pub(super) fn figures(income: IncomeView) -> Figures {
	Figures {
		asset: income.asset,
		paid: income.paid.into(),
		unpaid: income.unpaid.into_iter().map(Into::into).collect(),
		paid_until: income.paid_until,
	}
}

/// The newest day of an account that is paid, else the newest that is measured.
fn newest_effective(account: PoolAccountId) -> Option<(Day, DayPower)> {
	type Of = <Runtime as pallet_hashpower::Config>::EffectivePower;
	let today = Periods::today();
	let mut newest = None;
	for age in 1..=EFFECTIVE_DAYS {
		let day = today.checked_sub(age)?;
		let Some(power) = <Of as Powers>::effective_power(account, day) else { continue };
		if let DayPower::Paid(_) = power {
			return Some((day, power));
		}
		newest = newest.or(Some((day, power)));
	}
	newest
}

fn stake_of(series: LotId, title: TitleId) -> Option<StakeView> {
	let id = PowerRewards::stake_of(series, title)?;
	let view = PowerRewards::stake_view(id)?;
	Some(StakeView {
		id,
		from: view.stake.from,
		earned: view.earned.into(),
		claimable: view.claimable.into(),
		expected_per_day: view.expected_per_day.into(),
	})
}
