//! From a request to what goes out: whom it concerns, limits, faults, the service's answer.

use crate::{
	clock::Clock,
	control,
	exchange::{Ask, Outcome, Reply},
	faults::{Active, Faults, Kind},
	limits::Limits,
	payouts::Payouts,
	services::Service,
	stats::Stats,
	world::{View, World},
};
use serde_json::json;
use std::time::{Duration, Instant};

/// The simulator.
pub struct App {
	/// Time.
	pub clock: Clock,
	/// What there is.
	pub world: World,
	/// What goes wrong.
	pub faults: Faults,
	/// How often may be asked.
	pub limits: Limits,
	/// What was asked.
	pub stats: Stats,
	/// What was paid.
	pub payouts: Payouts,
}

/// Longest body of an answer that is made too long on purpose.
const MOST_BYTES: usize = 64 << 20;

impl App {
	/// The answer to a request; waits where a fault makes it slow.
	pub async fn respond(&self, mut ask: Ask) -> Outcome {
		// Before anything is told or changed.
		self.payouts.advance(&self.world, &self.faults, self.clock.now());
		let path = ask.path.clone();
		let (first, rest) = match path.trim_start_matches('/').split_once('/') {
			Some((first, rest)) => (first, format!("/{rest}")),
			None => (path.trim_start_matches('/'), "/".to_string()),
		};
		match Service::by_prefix(first) {
			Some(service) => {
				ask.path = rest;
				self.serve(service, ask).await
			},
			None => Outcome::Whole(control::answer(self, &ask)),
		}
	}

	async fn serve(&self, service: Service, ask: Ask) -> Outcome {
		let subject = service.subject(&self.world, &ask);
		// Validators on one machine have one address: their user agents tell them apart.
		let who = subject.token.clone().unwrap_or_else(|| {
			format!("{} {}", ask.remote, ask.header("user-agent").unwrap_or_default())
		});
		let allowed = self.limits.allow(service, &who, Instant::now());
		let outcome = if allowed {
			let met = self.faults.of_request(&subject);
			if let Some(slow) = find(&met, Kind::Slow) {
				tokio::time::sleep(Duration::from_millis(slow.fault.ms.unwrap_or(0))).await;
			}
			self.answer(service, &ask, met)
		} else {
			Outcome::Whole(service.too_many())
		};
		let status = match &outcome {
			Outcome::Whole(reply) | Outcome::Cut(reply) => reply.status,
			Outcome::Closed => 0,
		};
		let account = subject.account.as_deref();
		self.stats.record(service.prefix(), account, status, !allowed, self.clock.now_ms());
		outcome
	}

	fn answer(&self, service: Service, ask: &Ask, met: Vec<Active>) -> Outcome {
		let on = |kind| find(&met, kind);
		if let Some(outage) = on(Kind::Outage) {
			return match outage.fault.status {
				Some(status) => Outcome::Whole(Reply::html(
					status,
					"<html><body>Service Unavailable</body></html>",
				)),
				None => Outcome::Closed,
			};
		}
		if on(Kind::TooManyRequests).is_some() {
			return Outcome::Whole(service.too_many());
		}
		if on(Kind::Unauthorized).is_some() {
			return Outcome::Whole(Reply::text(401, ""));
		}
		if let Some(page) = on(Kind::HtmlPage) {
			let body = "<!DOCTYPE html><html><head><title>Just a moment...</title></head></html>";
			return Outcome::Whole(Reply::html(page.fault.status.unwrap_or(200), body));
		}
		if let Some(redirect) = on(Kind::Redirect) {
			let to = redirect.fault.to.clone().unwrap_or_default();
			return Outcome::Whole(Reply::text(302, "").header("location", to));
		}
		if let Some(long) = on(Kind::LongBody) {
			let length = long.fault.bytes.unwrap_or(70_000).min(MOST_BYTES);
			return Outcome::Whole(Reply::ok(&json!({ "padding": "x".repeat(length) })));
		}
		let (cut, malformed, mistyped) =
			(on(Kind::CutBody), on(Kind::Malformed), on(Kind::WrongContentType));
		let (cut, malformed, mistyped) = (cut.is_some(), malformed.is_some(), mistyped.is_some());
		let view = View::new(&self.world, self.clock.now(), met).with_payouts(&self.payouts);
		let mut reply = service.answer(&view, ask);
		if mistyped {
			reply.content_type = "text/html";
		}
		if malformed {
			let end =
				(0..=reply.body.len() * 2 / 3).rev().find(|i| reply.body.is_char_boundary(*i));
			reply.body.truncate(end.unwrap_or(0));
		}
		if cut {
			return Outcome::Cut(reply);
		}
		Outcome::Whole(reply)
	}
}

fn find(met: &[Active], kind: Kind) -> Option<&Active> {
	met.iter().find(|active| active.is_on() && active.fault.kind == kind)
}
