//! The world as one request sees it: through the faults that it meets.

use super::{network, random, Account, Chain, Coin, Priced, World};
use crate::{
	clock::{Moment, DAY_MS, DAY_SECONDS},
	faults::{Active, Fault, Kind},
	payouts::Payouts,
	services::Service,
};

/// Pools take a snapshot of their statistics so often, seconds.
const SNAPSHOT_SECONDS: u64 = 300;

/// The world at a moment, seen through faults.
pub struct View<'a> {
	/// What there is.
	pub world: &'a World,
	/// When.
	pub now: Moment,
	faults: Vec<Active>,
	payouts: Option<&'a Payouts>,
}

impl<'a> View<'a> {
	/// The world at `now` through `faults`.
	pub fn new(world: &'a World, now: Moment, faults: Vec<Active>) -> Self {
		Self { world, now, faults, payouts: None }
	}

	/// The same with what was paid.
	pub fn with_payouts(mut self, payouts: &'a Payouts) -> Self {
		self.payouts = Some(payouts);
		self
	}

	/// What was paid, where it is known.
	pub fn payouts(&self) -> Option<&'a Payouts> {
		self.payouts
	}

	/// A fault of this kind, if one is on.
	pub fn fault(&self, kind: Kind) -> Option<&Fault> {
		self.faults
			.iter()
			.find(|active| active.is_on() && active.fault.kind == kind)
			.map(|a| &a.fault)
	}

	/// The account that a token may read, unless it is revoked.
	pub fn owner_of(&self, service: Service, token: Option<&str>) -> Option<&'a Account> {
		if self.fault(Kind::RevokedToken).is_some() {
			return None;
		}
		self.world.owner_of(service, token?)
	}

	/// How the answer calls an account.
	pub fn name_of(&self, account: &'a Account) -> String {
		let wrong = self.fault(Kind::WrongAccount).and_then(|fault| fault.name.clone());
		wrong.unwrap_or_else(|| account.name.clone())
	}

	/// Where the account's payouts go now.
	pub fn payout_of(&self, account: &Account) -> String {
		let set = self.payouts.and_then(|payouts| payouts.address(account));
		self.payout_or(set, account)
	}

	/// Where the account was, or will be, paid for a day.
	pub fn payout_on(&self, account: &Account, day: u64) -> String {
		let set = self.payouts.and_then(|payouts| payouts.address_on(account, day));
		self.payout_or(set, account)
	}

	fn payout_or(&self, set: Option<String>, account: &Account) -> String {
		let other = self.fault(Kind::PayoutAddress).and_then(|fault| fault.address.clone());
		other.or(set).unwrap_or_else(|| account.payout.clone())
	}

	/// When a closed day appears in the pool's records, pool seconds.
	pub fn settled_at(&self, day: u64, delay_hours: u64) -> u64 {
		let late = self.fault(Kind::Late).and_then(|fault| fault.hours).unwrap_or(0);
		(day + 1) * DAY_SECONDS + (delay_hours + late) * 3_600
	}

	/// Whether a day is in the pool's records.
	pub fn is_settled(&self, day: u64, delay_hours: u64) -> bool {
		self.settled_at(day, delay_hours) <= self.now.seconds()
	}

	/// What the farm really does on a day, mean.
	pub fn done(&self, account: &Account, day: u64) -> u128 {
		self.through_time(self.world.nominal(account, day), day, &[Kind::Drop])
	}

	/// What the pool says of a day, mean.
	pub fn measured(&self, account: &Account, day: u64) -> u128 {
		let nominal = self.world.nominal(account, day);
		let power = self.through_time(nominal, day, &[Kind::Drop, Kind::UnderReport]);
		let noise = random::bell(self.world.seed, &[account.tag(), 1, day], account.noise_ppm);
		self.told(self.corrected(network::scale(power, 1_000_000 + noise), day))
	}

	/// What the pool credits for a day, net of its fee, smallest unit.
	pub fn paid(&self, account: &Account, day: u64) -> u128 {
		let gross = match self.world.chain(account.coin) {
			Some(chain) => chain.earned(self.measured(account, day), day),
			None => self.world.filecoin.earned(self.measured(account, day), day),
		};
		network::scale(gross, 1_000_000 - account.pool_fee_ppm)
	}

	/// What the pool has credited for the present day so far.
	pub fn paid_today(&self, account: &Account) -> u128 {
		self.paid(account, self.now.day()) * self.now.day_part_ppm() / 1_000_000
	}

	/// Mean power of the last `window` seconds.
	pub fn live(&self, account: &Account, window: u64) -> u128 {
		let day = self.now.day();
		if window >= DAY_SECONDS {
			let part = self.now.day_part_ppm();
			let yesterday = self.measured(account, day.saturating_sub(1)) * (1_000_000 - part);
			return (yesterday + self.measured(account, day) * part) / 1_000_000;
		}
		let mut power = self.world.nominal(account, day);
		for active in self.faults.iter().filter(|active| active.is_on()) {
			if matches!(active.fault.kind, Kind::Drop | Kind::UnderReport) {
				power = part_of(power, active.fault.factor_ppm());
			}
		}
		// Shares come by chance: the shorter the window, the more it scatters.
		let scatter = (3_600 / window.max(300)).isqrt().max(1) as i64;
		let snapshot = self.now.seconds() / SNAPSHOT_SECONDS;
		let sigma = account.noise_ppm * 3 * scatter;
		let noise = random::bell(self.world.seed, &[account.tag(), 2, window, snapshot], sigma);
		self.told(network::scale(power, 1_000_000 + noise))
	}

	/// Power at a moment, as a chain that keeps all its states tells it.
	pub fn power_at(&self, account: &Account, at: Moment) -> u128 {
		let kinds = [Kind::Drop, Kind::UnderReport];
		let faults = self.faults.iter().filter(|active| {
			kinds.contains(&active.fault.kind) && active.overlap_ppm(at.ms, at.ms + 1) > 0
		});
		let nominal = self.world.nominal(account, at.day());
		self.told(faults.fold(nominal, |power, active| part_of(power, active.fault.factor_ppm())))
	}

	/// Compact target of a block, or the lie about it.
	pub fn bits(&self, chain: &Chain, height: u64) -> u32 {
		let bits = chain.bits(height);
		match self.fault(Kind::Lie) {
			None => bits,
			Some(lie) => network::compact(network::difficulty(bits) * lie.factor.unwrap_or(1.0)),
		}
	}

	/// An amount or a power, or the lie about it.
	pub fn told(&self, value: u128) -> u128 {
		self.fault(Kind::Lie).map_or(value, |lie| part_of(value, lie.factor_ppm()))
	}

	/// Price in US dollars × 10⁶ at an exchange.
	pub fn price(&self, of: Priced, service: Service) -> u128 {
		let mut price = of.base_micro_usd();
		for fault in self.faults.iter().filter(|active| active.is_on()).map(|active| &active.fault)
		{
			let named = fault.coin.as_deref().and_then(Priced::by_symbol) == Some(of);
			price = match fault.kind {
				Kind::SetPrice if named => (fault.price.unwrap_or(0.0) * 1e6).round() as u128,
				Kind::PriceFactor if named => part_of(price, fault.factor_ppm()),
				_ => price,
			};
		}
		// Exchanges differ by hundredths of a per cent.
		let offset = random::bell(
			self.world.seed,
			&[random::word(service.prefix()), random::word(of.symbol())],
			150,
		);
		self.told(network::scale(price, 1_000_000 + offset))
	}

	/// What a Filecoin miner owns at an epoch, attoFIL: grows by what it earns.
	pub fn balance(&self, account: &Account, at: Moment) -> u128 {
		let first = self.world.anchor_day.saturating_sub(60);
		let earned: u128 = (first..at.day()).map(|day| self.paid(account, day)).sum();
		let today = self.paid(account, at.day()) / 1_000_000 * at.day_part_ppm();
		1_000 * 10u128.pow(18) + earned + today
	}

	/// Coins that a miner of this coin could have.
	pub fn chain(&self, coin: Coin) -> &'a Chain {
		self.world.chain(coin).expect("asked for coins with proof of work only")
	}

	fn through_time(&self, power: u128, day: u64, kinds: &[Kind]) -> u128 {
		let (from, to) = (day * DAY_MS, (day + 1) * DAY_MS);
		let faults = self.faults.iter().filter(|active| kinds.contains(&active.fault.kind));
		faults.fold(power, |power, active| {
			let overlap = active.overlap_ppm(from, to);
			let lost = power - part_of(power, active.fault.factor_ppm()).min(power);
			let gained = part_of(power, active.fault.factor_ppm()).saturating_sub(power);
			power - part_of(lost, overlap) + part_of(gained, overlap)
		})
	}

	fn corrected(&self, power: u128, day: u64) -> u128 {
		let corrections = self.faults.iter().filter(|active| {
			active.is_on() && active.fault.kind == Kind::CorrectDay && active.fault.day == Some(day)
		});
		corrections.fold(power, |power, active| part_of(power, active.fault.factor_ppm()))
	}
}

/// `value × ppm / 10⁶`, rounded down.
fn part_of(value: u128, ppm: u128) -> u128 {
	value.checked_mul(ppm).map_or(value / 1_000_000 * ppm, |product| product / 1_000_000)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::faults::Faults;

	const DAY: u64 = 29_883_000;

	fn world() -> World {
		World::new(1, DAY, 0)
	}

	fn noon() -> Moment {
		Moment { ms: DAY * DAY_MS + DAY_MS / 2 }
	}

	fn with(faults: &[Fault], since: Moment) -> Vec<Active> {
		let all = Faults::default();
		faults.iter().for_each(|fault| {
			all.add(fault.clone(), since).unwrap();
		});
		all.list()
	}

	fn factor(kind: Kind, factor: f64) -> Fault {
		Fault { factor: Some(factor), ..Fault::new(kind) }
	}

	#[test]
	fn closed_days_are_the_same_for_everyone_and_before_the_start() {
		let (one, two) = (world(), world());
		let early = View::new(&one, noon(), vec![]);
		let late = View::new(&two, Moment { ms: noon().ms + 30 * DAY_MS }, vec![]);
		for account in one.accounts() {
			for day in DAY - 100..DAY {
				assert_eq!(early.measured(account, day), late.measured(account, day));
				assert_eq!(early.paid(account, day), late.paid(account, day));
			}
		}
	}

	#[test]
	fn the_pool_measures_about_what_the_farm_does() {
		let world = world();
		let view = View::new(&world, noon(), vec![]);
		for account in world.accounts() {
			for day in DAY - 60..DAY {
				let (done, measured) = (view.done(account, day), view.measured(account, day));
				assert!(measured.abs_diff(done) * 80 < done, "{} {day}", account.name);
				assert!(done.abs_diff(account.nominal) * 100 < account.nominal);
			}
		}
	}

	#[test]
	fn the_pool_pays_what_the_difficulty_says_less_its_fee() {
		let world = world();
		let view = View::new(&world, noon(), vec![]);
		let farm = world.account(Service::Braiins, "farm1").unwrap();
		let gross = view.chain(Coin::Btc).earned(view.measured(farm, DAY - 1), DAY - 1);
		assert_eq!(view.paid(farm, DAY - 1), gross * 98 / 100);
		assert_eq!(view.paid_today(farm), view.paid(farm, DAY) / 2);
		let small = world.account(Service::Lotus, "f05678").unwrap();
		assert_eq!(view.paid(small, DAY - 1), 0, "under the minimum power");
	}

	#[test]
	fn a_drop_starts_now_and_its_days_stay_when_it_ends() {
		let world = world();
		let farm = world.account(Service::Braiins, "farm1").unwrap();
		let clean = View::new(&world, noon(), vec![]);
		let faults = Faults::default();
		let id = faults.add(factor(Kind::Drop, 0.5), noon()).unwrap();
		let dropped = View::new(&world, noon(), faults.list());
		assert_eq!(dropped.measured(farm, DAY - 1), clean.measured(farm, DAY - 1));
		assert_eq!(dropped.done(farm, DAY), clean.done(farm, DAY) * 3 / 4);
		assert_eq!(dropped.done(farm, DAY + 1), clean.done(farm, DAY + 1) / 2);
		assert!(dropped.live(farm, 300) < clean.live(farm, 300) * 6 / 10);
		faults.remove(id, Moment { ms: noon().ms + 2 * DAY_MS });
		let after = View::new(&world, Moment { ms: noon().ms + 3 * DAY_MS }, faults.list());
		assert_eq!(after.done(farm, DAY + 1), clean.done(farm, DAY + 1) / 2);
		assert_eq!(after.done(farm, DAY + 3), clean.done(farm, DAY + 3));
	}

	#[test]
	fn under_reporting_hides_what_the_farm_does() {
		let world = world();
		let farm = world.account(Service::Braiins, "farm1").unwrap();
		let clean = View::new(&world, noon(), vec![]);
		let view = View::new(
			&world,
			noon(),
			with(&[factor(Kind::UnderReport, 0.9)], Moment::start_of(DAY)),
		);
		assert_eq!(view.done(farm, DAY), clean.done(farm, DAY));
		let (less, full) = (view.measured(farm, DAY), clean.measured(farm, DAY));
		assert!((full * 9 / 10).abs_diff(less) < 2, "{less} of {full}");
		assert!(view.paid(farm, DAY) < clean.paid(farm, DAY));
	}

	#[test]
	fn a_correction_changes_one_closed_day() {
		let world = world();
		let farm = world.account(Service::Braiins, "farm1").unwrap();
		let clean = View::new(&world, noon(), vec![]);
		let fault = Fault { day: Some(DAY - 2), ..factor(Kind::CorrectDay, 0.5) };
		let view = View::new(&world, noon(), with(&[fault], noon()));
		assert_eq!(view.measured(farm, DAY - 2), clean.measured(farm, DAY - 2) / 2);
		assert_eq!(view.measured(farm, DAY - 1), clean.measured(farm, DAY - 1));
	}

	#[test]
	fn a_lie_scales_whatever_is_asked() {
		let world = world();
		let farm = world.account(Service::Braiins, "farm1").unwrap();
		let clean = View::new(&world, noon(), vec![]);
		let lied = View::new(&world, noon(), with(&[factor(Kind::Lie, 2.0)], noon()));
		assert_eq!(lied.measured(farm, DAY - 9), clean.measured(farm, DAY - 9) * 2);
		let btc = Priced::Coin(Coin::Btc);
		let (told, truth) = (lied.price(btc, Service::Kraken), clean.price(btc, Service::Kraken));
		assert_eq!(told, truth * 2);
		let chain = clean.chain(Coin::Btc);
		assert_ne!(lied.bits(chain, 933_408), clean.bits(chain, 933_408));
	}

	#[test]
	fn prices_stay_until_told() {
		let world = world();
		let btc = Priced::Coin(Coin::Btc);
		let clean = View::new(&world, noon(), vec![]);
		for service in [Service::Coinbase, Service::Kraken, Service::Binance, Service::CoinGecko] {
			let price = clean.price(btc, service);
			assert!(price.abs_diff(btc.base_micro_usd()) * 1_000 < price);
		}
		let set =
			Fault { coin: Some("BTC".into()), price: Some(50_000.0), ..Fault::new(Kind::SetPrice) };
		let view = View::new(&world, noon(), with(&[set], noon()));
		assert!(view.price(btc, Service::Kraken).abs_diff(50_000_000_000) < 50_000_000);
		let bch = Priced::Coin(Coin::Bch);
		assert_eq!(view.price(bch, Service::Kraken), clean.price(bch, Service::Kraken));
	}

	#[test]
	fn tokens_with_a_suffix_read_the_same_account() {
		let world = world();
		let name = |token| world.owner_of(Service::Braiins, token).map(|a| a.name.as_str());
		assert_eq!(name("sim-braiins-farm1"), Some("farm1"));
		assert_eq!(name("sim-braiins-farm1-bob"), Some("farm1"));
		assert_eq!(name("sim-braiins-farm"), None);
		assert!(world.owner_of(Service::F2Pool, "sim-braiins-farm1").is_none());
	}

	#[test]
	fn a_miners_balance_grows_by_what_it_earns() {
		let world = world();
		let view = View::new(&world, noon(), vec![]);
		let miner = world.account(Service::Lotus, "f01234").unwrap();
		let growth = view.balance(miner, Moment::start_of(DAY))
			- view.balance(miner, Moment::start_of(DAY - 1));
		assert_eq!(growth, view.paid(miner, DAY - 1));
	}
}
