//! The simulator's own paths: its page, its state, faults, the clock.
//!
//! | request | does |
//! |---|---|
//! | `GET /` | a page for people |
//! | `GET /sim/state` | time, farms, networks, prices, faults |
//! | `GET /sim/day?service=&account=&day=` | what the farm did, and what its pool says of the day |
//! | `GET /sim/stats`, `DELETE /sim/stats` | counts of requests; starts counting anew |
//! | `GET`, `POST`, `DELETE /sim/faults` | lists, switches on, switches all off |
//! | `DELETE /sim/faults/<id>` | switches one off |
//! | `POST /sim/payout` | sets where an account's payouts go: `{"service": "", "account": "", "address": ""}` |
//! | `GET /sim/payouts` | addresses that were set, and the newest payments |
//! | `POST /sim/transactions` | pays an address in the next block: see [`Order`] |
//! | `GET /sim/addresses?coin=&count=` | addresses of a wallet without keys, for custodians to post |
//! | `GET`, `POST /sim/clock` | tells or sets the time: `{"now_ms": 1, "running": true}`; `null` is the wall clock |

use crate::{
	app::App,
	exchange::{Ask, Reply},
	faults::Fault,
	numbers::{fixed, trimmed},
	page,
	payouts::{wallet, Order, Transaction},
	services::Service,
	world::{network, Account, Coin, Priced, View},
};
use serde::Deserialize;
use serde_json::{json, Value};

/// Closed days that are shown.
const DAYS: u64 = 7;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetClock {
	now_ms: Option<u64>,
	#[serde(default = "yes")]
	running: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetPayout {
	service: String,
	account: String,
	address: String,
}

/// Payments that are shown.
const PAYMENTS: usize = 32;
/// Most addresses that are given at once.
const MOST_ADDRESSES: u64 = 1_024;

fn yes() -> bool {
	true
}

/// The answer to a request that is for no service.
pub fn answer(app: &App, ask: &Ask) -> Reply {
	match (ask.method.as_str(), ask.segments().as_slice()) {
		("GET", []) => Reply::html(200, page::render(app)),
		("GET", ["sim", "state"]) => Reply::ok(&state(app)),
		("GET", ["sim", "day"]) => day(app, ask),
		("GET", ["sim", "stats"]) => Reply::ok(&json!(app.stats.all())),
		("DELETE", ["sim", "stats"]) => {
			app.stats.reset();
			Reply::ok(&json!({}))
		},
		("GET", ["sim", "faults"]) => Reply::ok(&json!(app.faults.list())),
		("POST", ["sim", "faults"]) => add_fault(app, ask),
		("DELETE", ["sim", "faults"]) => {
			Reply::ok(&json!({ "removed": app.faults.clear(app.clock.now()) }))
		},
		("DELETE", ["sim", "faults", id]) => {
			let id = id.parse().unwrap_or(0);
			match app.faults.remove(id, app.clock.now()) {
				true => Reply::ok(&json!({ "removed": 1 })),
				false => refused(404, "there is no such fault"),
			}
		},
		("POST", ["sim", "payout"]) => set_payout(app, ask),
		("GET", ["sim", "payouts"]) => Reply::ok(&payouts(app)),
		("POST", ["sim", "transactions"]) => post_transaction(app, ask),
		("GET", ["sim", "addresses"]) => addresses(ask),
		("GET", ["sim", "clock"]) => Reply::ok(&clock(app)),
		("POST", ["sim", "clock"]) => match serde_json::from_slice::<SetClock>(&ask.body) {
			Ok(set) => {
				app.clock.set(set.now_ms, set.running);
				Reply::ok(&clock(app))
			},
			Err(error) => refused(400, &error.to_string()),
		},
		_ => refused(404, "there is nothing here; GET / shows what there is"),
	}
}

fn refused(status: u16, why: &str) -> Reply {
	Reply::json(status, &json!({ "error": why }))
}

fn add_fault(app: &App, ask: &Ask) -> Reply {
	let fault = match serde_json::from_slice::<Fault>(&ask.body) {
		Ok(fault) => fault,
		Err(error) => return refused(400, &error.to_string()),
	};
	match app.faults.add(fault, app.clock.now()) {
		Ok(id) => Reply::json(201, &json!({ "id": id })),
		Err(problem) => refused(400, problem),
	}
}

fn set_payout(app: &App, ask: &Ask) -> Reply {
	let set = match serde_json::from_slice::<SetPayout>(&ask.body) {
		Ok(set) => set,
		Err(error) => return refused(400, &error.to_string()),
	};
	let Some(service) = Service::by_prefix(&set.service) else {
		return refused(404, "there is no such service");
	};
	let Some(account) = app.world.account(service, &set.account) else {
		return refused(404, "there is no such account at this service");
	};
	match app.payouts.set(&app.world, &app.faults, app.clock.now(), account, &set.address) {
		Ok(day) => Reply::ok(&json!({
			"service": set.service,
			"account": set.account,
			"coin": account.coin.symbol(),
			"address": app.payouts.address(account),
			"from_day": day,
		})),
		Err(problem) => refused(400, &problem),
	}
}

fn payouts(app: &App) -> Value {
	let set = app.world.accounts().iter().filter_map(|account| {
		let address = app.payouts.address(account)?;
		let service = account.service.prefix();
		Some(json!({ "service": service, "account": account.name, "address": address }))
	});
	let paid = app.payouts.newest(PAYMENTS);
	json!({
		"addresses": set.collect::<Vec<_>>(),
		"paid": paid.iter().map(|(coin, one)| payment(coin, one)).collect::<Vec<_>>(),
	})
}

fn payment(coin: &str, one: &Transaction) -> Value {
	json!({
		"coin": coin,
		"transaction": one.id,
		"inputs": one.inputs,
		"height": one.height,
		"address": one.address,
		"amount": one.amount.to_string(),
		"account": one.pays.as_ref().map(|(account, _)| account),
		"day": one.pays.as_ref().map(|(_, day)| day),
	})
}

fn post_transaction(app: &App, ask: &Ask) -> Reply {
	let order = match serde_json::from_slice::<Order>(&ask.body) {
		Ok(order) => order,
		Err(error) => return refused(400, &error.to_string()),
	};
	let coin = order.coin.to_ascii_uppercase();
	match app.payouts.post(&app.world, app.clock.now(), order) {
		Ok(posted) => Reply::json(201, &payment(&coin, &posted)),
		Err(problem) => refused(400, &problem),
	}
}

fn addresses(ask: &Ask) -> Reply {
	let coin = ask.parameter("coin").and_then(Coin::by_symbol);
	let count = ask.parameter("count").map_or(Some(1), |count| count.parse().ok());
	match coin.zip(count.filter(|count| (1..=MOST_ADDRESSES).contains(count))) {
		Some((coin, count)) => Reply::ok(&json!(wallet(coin, count))),
		None => refused(400, "`coin` is a ticker, `count` from 1 to 1024"),
	}
}

fn clock(app: &App) -> Value {
	let now = app.clock.now();
	json!({
		"now_ms": app.clock.now_ms(),
		"day_ms": app.clock.day_ms(),
		"pool_seconds": now.seconds(),
		"day": now.day(),
		"anchor_day": app.world.anchor_day,
	})
}

/// The world as somebody sees it who asks about this account without a token.
pub fn view_of<'a>(app: &'a App, account: &Account) -> View<'a> {
	let faults = app.faults.of_account(account.service.prefix(), &account.name);
	View::new(&app.world, app.clock.now(), faults).with_payouts(&app.payouts)
}

fn day(app: &App, ask: &Ask) -> Reply {
	let service = ask.parameter("service").and_then(Service::by_prefix);
	let account = service.zip(ask.parameter("account"));
	let account = account.and_then(|(service, name)| app.world.account(service, name));
	let (Some(account), Some(day)) =
		(account, ask.parameter("day").and_then(|day| day.parse().ok()))
	else {
		return refused(404, "there is no such account, or `day` is missing");
	};
	Reply::ok(&day_of(&view_of(app, account), account, day))
}

fn day_of(view: &View, account: &Account, day: u64) -> Value {
	// Strings: JavaScript loses digits of such numbers.
	json!({
		"day": day,
		"done": view.done(account, day).to_string(),
		"measured": view.measured(account, day).to_string(),
		"paid": view.paid(account, day).to_string(),
	})
}

/// Everything, for programs.
fn state(app: &App) -> Value {
	let now = app.clock.now();
	let farms: Vec<_> = app
		.world
		.accounts()
		.iter()
		.map(|account| {
			let view = view_of(app, account);
			let days = (now.day().saturating_sub(DAYS)..now.day()).rev();
			json!({
				"service": account.service.prefix(),
				"account": account.name,
				"coin": account.coin.symbol(),
				"token": account.token,
				"machines": account.machines,
				"payout": view.payout_of(account),
				"payout_is_set": app.payouts.address(account).is_some(),
				"nominal": account.nominal.to_string(),
				"unit": account.coin.unit(),
				"live": view.live(account, 300).to_string(),
				"pool_fee_ppm": account.pool_fee_ppm,
				"closed_days": days.map(|day| day_of(&view, account, day)).collect::<Vec<_>>(),
			})
		})
		.collect();
	let view = View::new(&app.world, now, app.faults.list());
	let networks: Vec<_> = Coin::ALL
		.into_iter()
		.map(|coin| match app.world.chain(coin) {
			Some(chain) => {
				let height = chain.height(now);
				json!({
					"coin": coin.symbol(),
					"height": height,
					"bits": chain.bits(height),
					"difficulty": network::difficulty(chain.bits(height)),
					"subsidy": chain.subsidy(height).to_string(),
				})
			},
			None => {
				let epoch = app.world.filecoin.epoch(now);
				json!({
					"coin": coin.symbol(),
					"height": epoch,
					"total_power": app.world.filecoin.total_power(epoch).to_string(),
					"epoch_reward": app.world.filecoin.epoch_reward(epoch).to_string(),
				})
			},
		})
		.collect();
	let prices: serde_json::Map<_, _> = Coin::ALL
		.into_iter()
		.map(|coin| {
			let price = view.price(Priced::Coin(coin), Service::Coinbase);
			(coin.symbol().to_string(), json!(trimmed(price, 6)))
		})
		.collect();
	json!({
		"clock": clock(app),
		"farms": farms,
		"networks": networks,
		"prices_usd": prices,
		"faults": app.faults.list(),
		"rate_limits": app.limits.enabled(),
	})
}

/// Power for people: `101.50 PH/s`.
pub fn readable_power(coin: Coin, power: u128) -> String {
	let (step, unit) = match coin {
		Coin::Fil => (1_024, "B"),
		_ => (1_000, "H/s"),
	};
	let mut scaled = power * 100;
	let mut prefix = 0;
	while scaled >= step * 100 && prefix < 6 {
		scaled /= step;
		prefix += 1;
	}
	let binary = if coin == Coin::Fil && prefix > 0 { "i" } else { "" };
	let prefix = ["", "K", "M", "G", "T", "P", "E"][prefix];
	format!("{} {prefix}{binary}{unit}", fixed(scaled, 2))
}

/// An amount for people: `0.12345678 BTC`.
pub fn readable_amount(coin: Coin, amount: u128) -> String {
	let shift = coin.decimals().saturating_sub(8);
	format!("{} {}", fixed(amount / 10u128.pow(shift), 8), coin.symbol())
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn amounts_are_readable() {
		assert_eq!(readable_power(Coin::Btc, 101_500_000_000_000_000), "101.50 PH/s");
		assert_eq!(readable_power(Coin::Fil, 50 << 50), "50.00 PiB");
		assert_eq!(readable_power(Coin::Btc, 999), "999.00 H/s");
		assert_eq!(readable_amount(Coin::Fil, 1_500_000_000_000_000_000), "1.50000000 FIL");
	}
}
