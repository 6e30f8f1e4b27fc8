//! What goes wrong on purpose, switched on and off while the simulator runs.

use crate::{clock::Moment, services::Service};
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};

/// The kinds of faults.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
	/// No answer: the connection is closed, or status 503 with `"status": 503`.
	Outage,
	/// The answer comes after `ms` milliseconds.
	Slow,
	/// The connection breaks in the middle of the body.
	CutBody,
	/// Status 429, as if the rate limit were hit.
	TooManyRequests,
	/// Status 401 with an empty body.
	Unauthorized,
	/// What the service says to a token that it does not know.
	RevokedToken,
	/// The answer names the account `name` instead of the one that was asked for.
	WrongAccount,
	/// A page for people, with status 200 or `status`.
	HtmlPage,
	/// A well-formed answer of `bytes` bytes.
	LongBody,
	/// Status 302 to `to`.
	Redirect,
	/// The right answer under `text/html`.
	WrongContentType,
	/// Two thirds of the right answer, sent as if that were all.
	Malformed,
	/// The farm's power is `factor` of what it was, from now on until the fault is removed.
	Drop,
	/// The pool credits `factor` of what the farm does, from now on until the fault is removed.
	UnderReport,
	/// Day `day` was corrected: power and payment are `factor` of what they were.
	CorrectDay,
	/// Everything that is asked for (power, payment, price, difficulty) is `factor` of the truth.
	Lie,
	/// The price of `coin` is `price` US dollars.
	SetPrice,
	/// The price of `coin` is `factor` of what it was.
	PriceFactor,
	/// Payouts of the account go to `address`.
	PayoutAddress,
	/// Closed days appear `hours` pool hours later than usual.
	Late,
}

impl Kind {
	/// Whether its time matters after it has ended: closed days remember it.
	fn leaves_traces(self) -> bool {
		matches!(self, Kind::Drop | Kind::UnderReport)
	}
}

/// A fault as it is posted: its kind, what the kind needs, and whom it concerns. A field of the
/// scope that is left out does not restrict.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
	/// What goes wrong.
	pub kind: Kind,
	/// Only this service.
	#[serde(default, skip_serializing_if = "Option::is_none")]
	pub service: Option<String>,
	/// Only this account.
	#[serde(default, skip_serializing_if = "Option::is_none")]
	pub account: Option<String>,
	/// Only requests with this token.
	#[serde(default, skip_serializing_if = "Option::is_none")]
	pub token: Option<String>,
	/// Only requests whose `User-Agent` contains this.
	#[serde(default, skip_serializing_if = "Option::is_none")]
	pub user_agent: Option<String>,
	/// Only requests whose path contains this.
	#[serde(default, skip_serializing_if = "Option::is_none")]
	pub path: Option<String>,
	/// See [`Kind`].
	#[serde(default, skip_serializing_if = "Option::is_none")]
	pub factor: Option<f64>,
	/// See [`Kind`].
	#[serde(default, skip_serializing_if = "Option::is_none")]
	pub day: Option<u64>,
	/// See [`Kind`].
	#[serde(default, skip_serializing_if = "Option::is_none")]
	pub price: Option<f64>,
	/// Ticker; see [`Kind`].
	#[serde(default, skip_serializing_if = "Option::is_none")]
	pub coin: Option<String>,
	/// See [`Kind`].
	#[serde(default, skip_serializing_if = "Option::is_none")]
	pub ms: Option<u64>,
	/// See [`Kind`].
	#[serde(default, skip_serializing_if = "Option::is_none")]
	pub hours: Option<u64>,
	/// See [`Kind`].
	#[serde(default, skip_serializing_if = "Option::is_none")]
	pub bytes: Option<usize>,
	/// See [`Kind`].
	#[serde(default, skip_serializing_if = "Option::is_none")]
	pub status: Option<u16>,
	/// See [`Kind`].
	#[serde(default, skip_serializing_if = "Option::is_none")]
	pub name: Option<String>,
	/// See [`Kind`].
	#[serde(default, skip_serializing_if = "Option::is_none")]
	pub to: Option<String>,
	/// See [`Kind`].
	#[serde(default, skip_serializing_if = "Option::is_none")]
	pub address: Option<String>,
}

impl Fault {
	/// A fault of this kind that concerns everyone and says nothing more.
	#[cfg(test)]
	pub fn new(kind: Kind) -> Self {
		Self {
			kind,
			service: None,
			account: None,
			token: None,
			user_agent: None,
			path: None,
			factor: None,
			day: None,
			price: None,
			coin: None,
			ms: None,
			hours: None,
			bytes: None,
			status: None,
			name: None,
			to: None,
			address: None,
		}
	}

	/// What is missing or impossible in it.
	fn problem(&self) -> Option<&'static str> {
		let missing = |there: bool, what| (!there).then_some(what);
		if let Some(service) = &self.service {
			if Service::by_prefix(service).is_none() {
				return Some("there is no such service");
			}
		}
		let factor = self.factor.is_some_and(|factor| (0.0..=1_000.0).contains(&factor));
		match self.kind {
			Kind::Slow => missing(self.ms.is_some(), "slow needs `ms`"),
			Kind::WrongAccount => missing(self.name.is_some(), "wrong_account needs `name`"),
			Kind::Redirect => missing(self.to.is_some(), "redirect needs `to`"),
			Kind::Drop | Kind::UnderReport | Kind::Lie => {
				missing(factor, "a `factor` from 0 to 1000 is needed")
			},
			Kind::CorrectDay => missing(
				factor && self.day.is_some(),
				"correct_day needs `day` and a `factor` from 0 to 1000",
			),
			Kind::SetPrice => missing(
				self.coin.is_some() && self.price.is_some_and(|price| price >= 0.0),
				"set_price needs `coin` and `price`",
			),
			Kind::PriceFactor => {
				missing(factor && self.coin.is_some(), "price_factor needs `coin` and `factor`")
			},
			Kind::PayoutAddress => {
				missing(self.address.is_some(), "payout_address needs `address`")
			},
			Kind::Late => missing(self.hours.is_some(), "late needs `hours`"),
			_ => None,
		}
	}

	/// The factor in millionths.
	pub fn factor_ppm(&self) -> u128 {
		(self.factor.unwrap_or(1.0) * 1e6).round() as u128
	}
}

/// A fault that was switched on.
#[derive(Clone, Debug, Serialize)]
pub struct Active {
	/// Its number.
	pub id: u64,
	/// What and whom.
	#[serde(flatten)]
	pub fault: Fault,
	/// Pool time at which it was switched on, milliseconds.
	pub since_ms: u64,
	/// Pool time at which it was switched off; kept only where closed days remember it.
	pub until_ms: Option<u64>,
	/// Requests that it changed.
	pub hits: u64,
}

impl Active {
	/// Whether it is switched on.
	pub fn is_on(&self) -> bool {
		self.until_ms.is_none()
	}

	/// Part of `[from, to)` (pool milliseconds) during which it was on, in millionths.
	pub fn overlap_ppm(&self, from: u64, to: u64) -> u128 {
		let start = self.since_ms.max(from);
		let end = self.until_ms.unwrap_or(u64::MAX).min(to);
		let length = u128::from(to.saturating_sub(from)).max(1);
		u128::from(end.saturating_sub(start)) * 1_000_000 / length
	}
}

/// Whom a request concerns.
#[derive(Clone, Default, Debug)]
pub struct Subject {
	/// Prefix of the service.
	pub service: &'static str,
	/// Account that the request is about, if any.
	pub account: Option<String>,
	/// Token that it carries, if any.
	pub token: Option<String>,
	/// Its `User-Agent`.
	pub user_agent: String,
	/// Its path after the service's prefix.
	pub path: String,
}

impl Subject {
	fn is_meant_by(&self, fault: &Fault) -> bool {
		let same = |wanted: &Option<String>, found: Option<&str>| {
			wanted.as_deref().is_none_or(|wanted| Some(wanted) == found)
		};
		let part = |wanted: &Option<String>, found: &str| {
			wanted.as_deref().is_none_or(|wanted| found.contains(wanted))
		};
		same(&fault.service, Some(self.service))
			&& same(&fault.account, self.account.as_deref())
			&& same(&fault.token, self.token.as_deref())
			&& part(&fault.user_agent, &self.user_agent)
			&& part(&fault.path, &self.path)
	}
}

/// All faults that are on, and those that closed days remember.
#[derive(Default)]
pub struct Faults {
	inner: Mutex<(u64, Vec<Active>)>,
}

impl Faults {
	/// Switches a fault on and answers its number, or what is wrong with it.
	pub fn add(&self, fault: Fault, now: Moment) -> Result<u64, &'static str> {
		if let Some(problem) = fault.problem() {
			return Err(problem);
		}
		let mut inner = self.inner.lock();
		inner.0 += 1;
		let id = inner.0;
		inner.1.push(Active { id, fault, since_ms: now.ms, until_ms: None, hits: 0 });
		Ok(id)
	}

	/// Switches a fault off; `false` if it was not on.
	pub fn remove(&self, id: u64, now: Moment) -> bool {
		self.end(now, |active| active.id == id) > 0
	}

	/// Switches all faults off and answers how many were on.
	pub fn clear(&self, now: Moment) -> usize {
		self.end(now, |_| true)
	}

	/// All that are on or remembered.
	pub fn list(&self) -> Vec<Active> {
		self.inner.lock().1.clone()
	}

	/// Those that a request meets, counted as hits where they are on.
	pub fn of_request(&self, subject: &Subject) -> Vec<Active> {
		let mut inner = self.inner.lock();
		let mut met = Vec::new();
		for active in inner.1.iter_mut().filter(|active| subject.is_meant_by(&active.fault)) {
			if active.is_on() {
				active.hits += 1;
			}
			met.push(active.clone());
		}
		met
	}

	/// Those that concern an account for everyone who asks.
	pub fn of_account(&self, service: &'static str, account: &str) -> Vec<Active> {
		let subject = Subject { service, account: Some(account.to_string()), ..Subject::default() };
		self.list().into_iter().filter(|active| subject.is_meant_by(&active.fault)).collect()
	}

	fn end(&self, now: Moment, which: impl Fn(&Active) -> bool) -> usize {
		let mut inner = self.inner.lock();
		let mut ended = 0;
		for active in inner.1.iter_mut().filter(|active| active.is_on() && which(active)) {
			active.until_ms = Some(now.ms.max(active.since_ms));
			ended += 1;
		}
		inner.1.retain(|active| active.is_on() || active.fault.kind.leaves_traces());
		ended
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn at(ms: u64) -> Moment {
		Moment { ms }
	}

	#[test]
	fn a_fault_meets_only_whom_it_names() {
		let faults = Faults::default();
		let fault = Fault {
			service: Some("braiins".into()),
			account: Some("farm1".into()),
			token: Some("t1".into()),
			user_agent: Some("bob".into()),
			path: Some("rewards".into()),
			..Fault::new(Kind::Outage)
		};
		faults.add(fault, at(0)).unwrap();
		let meant = Subject {
			service: "braiins",
			account: Some("farm1".into()),
			token: Some("t1".into()),
			user_agent: "dmex-node (bob)".into(),
			path: "/accounts/rewards/json/btc".into(),
		};
		assert_eq!(faults.of_request(&meant).len(), 1);
		for other in [
			Subject { service: "f2pool", ..meant.clone() },
			Subject { account: None, ..meant.clone() },
			Subject { token: Some("t2".into()), ..meant.clone() },
			Subject { user_agent: "dmex-node (alice)".into(), ..meant.clone() },
			Subject { path: "/accounts/profile/json/btc/".into(), ..meant.clone() },
		] {
			assert!(faults.of_request(&other).is_empty(), "{other:?}");
		}
		assert_eq!(faults.list()[0].hits, 1);
	}

	#[test]
	fn a_removed_drop_is_remembered_and_a_removed_outage_is_not() {
		let faults = Faults::default();
		let drop = Fault { factor: Some(0.5), ..Fault::new(Kind::Drop) };
		let drop = faults.add(drop, at(250)).unwrap();
		let outage = faults.add(Fault::new(Kind::Outage), at(0)).unwrap();
		assert!(faults.remove(drop, at(750)));
		assert!(faults.remove(outage, at(750)));
		assert!(!faults.remove(outage, at(750)));
		let left = faults.list();
		assert_eq!(left.len(), 1);
		assert_eq!(left[0].overlap_ppm(0, 1_000), 500_000);
		assert_eq!(left[0].overlap_ppm(500, 1_000), 500_000);
		assert_eq!(left[0].overlap_ppm(800, 1_000), 0);
	}

	#[test]
	fn a_fault_without_what_its_kind_needs_is_refused() {
		let faults = Faults::default();
		assert!(faults.add(Fault::new(Kind::Drop), at(0)).is_err());
		assert!(faults.add(Fault::new(Kind::SetPrice), at(0)).is_err());
		let unknown = Fault { service: Some("nowhere".into()), ..Fault::new(Kind::Outage) };
		assert!(faults.add(unknown, at(0)).is_err());
		assert!(serde_json::from_str::<Fault>(r#"{"kind":"outage","acount":"x"}"#).is_err());
		let parsed: Fault = serde_json::from_str(r#"{"kind":"lie","factor":1.25}"#).unwrap();
		assert_eq!(parsed.factor_ppm(), 1_250_000);
	}
}
