//! Any sequence of commands, against a model that forgets nothing.

use crate::{mock::*, *};
use dmex_primitives::polls::Polls as _;
use frame_support::traits::fungible::Inspect;
use proptest::prelude::*;
use std::collections::BTreeMap;

const VOTERS: [u64; 4] = [ALICE, BOB, CAROL, DAVE];

#[derive(Clone, Debug)]
enum Command {
	Open {
		kind: PollKind,
		subject: u8,
		excluded: Vec<u64>,
	},
	/// In one of the last polls: `back` polls before the next id.
	Vote {
		who: u64,
		back: u32,
		aye: bool,
		amount: Balance,
	},
	Release {
		who: u64,
	},
	Close {
		back: u32,
	},
	Wait {
		ms: Moment,
	},
	Transfer {
		from: u64,
		to: u64,
		amount: Balance,
	},
	Hold {
		who: u64,
		amount: Balance,
	},
	Unhold {
		who: u64,
		amount: Balance,
	},
}

fn command() -> impl Strategy<Value = Command> {
	let who = || proptest::sample::select(VOTERS.to_vec());
	let kind = proptest::sample::select(vec![PollKind::Audit, PollKind::Veto, PollKind::Claim]);
	// Mostly little, so that votes and transfers are possible; sometimes more than there is.
	let amount = || prop_oneof![3 => 0..300u128, 1 => 0..1_400u128];
	prop_oneof![
		4 => (kind, 0..6u8, proptest::collection::vec(who(), 0..2))
			.prop_map(|(kind, subject, excluded)| Command::Open { kind, subject, excluded }),
		8 => (who(), 0..6u32, any::<bool>(), amount())
			.prop_map(|(who, back, aye, amount)| Command::Vote { who, back, aye, amount }),
		2 => who().prop_map(|who| Command::Release { who }),
		1 => (0..9u32).prop_map(|back| Command::Close { back }),
		2 => (1..3 * DAY).prop_map(|ms| Command::Wait { ms }),
		3 => (who(), who(), amount())
			.prop_map(|(from, to, amount)| Command::Transfer { from, to, amount }),
		1 => (who(), amount()).prop_map(|(who, amount)| Command::Hold { who, amount }),
		1 => (who(), amount()).prop_map(|(who, amount)| Command::Unhold { who, amount }),
	]
}

/// A poll with all votes ever cast in it.
struct Modelled {
	subject: u8,
	ends_at: Moment,
	excluded: Vec<u64>,
	votes: BTreeMap<u64, (bool, Balance)>,
}

impl Modelled {
	fn sum(&self, side: bool) -> Balance {
		self.votes.values().filter(|(aye, _)| *aye == side).map(|(_, amount)| amount).sum()
	}

	fn result(&self, now: Moment) -> PollResult {
		let (ayes, nays) = (self.sum(true), self.sum(false));
		match (now < self.ends_at, ayes + nays >= QUORUM && ayes * 5 >= (ayes + nays) * 3) {
			(true, _) => PollResult::Open,
			(false, true) => PollResult::Passed,
			(false, false) => PollResult::Failed,
		}
	}
}

#[derive(Default)]
struct Model {
	polls: Vec<Modelled>,
	/// Votes that were not released, by account: poll and amount.
	kept: BTreeMap<u64, BTreeMap<PollId, Balance>>,
}

impl Model {
	fn poll(&self, id: PollId) -> Option<&Modelled> {
		self.polls.get(usize::try_from(id).unwrap())
	}

	/// Zero names the next id, which is not given yet.
	fn back(&self, back: u32) -> PollId {
		u32::try_from(self.polls.len()).unwrap().saturating_sub(back)
	}

	fn forget_what_is_over(&mut self, who: u64, now: Moment) -> bool {
		let polls = &self.polls;
		let votes = self.kept.entry(who).or_default();
		let before = votes.len();
		votes.retain(|id, _| now < polls[usize::try_from(*id).unwrap()].ends_at);
		votes.len() < before
	}

	/// Does a command here and on the chain; both must agree on whether it is allowed.
	fn run(&mut self, command: Command) {
		let now = Clock::now();
		match command {
			Command::Open { kind, subject: number, excluded } => {
				let allowed =
					!self.polls.iter().any(|poll| poll.subject == number && now < poll.ends_at);
				let opened = Polls::open(kind, subject(number), &excluded);
				assert_eq!(opened.is_ok(), allowed, "{opened:?}");
				if let Ok(id) = opened {
					assert_eq!(usize::try_from(id).unwrap(), self.polls.len());
					let ends_at = Polls::poll(id).unwrap().ends_at;
					let votes = BTreeMap::new();
					self.polls.push(Modelled { subject: number, ends_at, excluded, votes });
				}
			},
			Command::Vote { who, back, aye, amount } => {
				let poll = self.back(back);
				let allowed = self.poll(poll).is_some_and(|it| {
					let before = it.votes.get(&who).map_or(10, |(_, amount)| *amount);
					now < it.ends_at
						&& !it.excluded.contains(&who)
						&& amount >= before
						&& amount <= Balances::total_balance(&who)
				});
				let voted = vote(who, poll, aye, amount);
				assert_eq!(voted.is_ok(), allowed, "{voted:?}");
				if allowed {
					self.forget_what_is_over(who, now);
					self.kept.entry(who).or_default().insert(poll, amount);
					let index = usize::try_from(poll).unwrap();
					self.polls[index].votes.insert(who, (aye, amount));
				}
			},
			Command::Release { who } => {
				let released = Polls::release(RuntimeOrigin::signed(SLEEPER), who);
				assert_eq!(released.is_ok(), self.forget_what_is_over(who, now));
			},
			Command::Close { back } => {
				let poll = self.back(back);
				let allowed = self.poll(poll).is_some_and(|it| now >= it.ends_at)
					&& Polls::poll(poll).is_some();
				let closed = Polls::close(RuntimeOrigin::signed(SLEEPER), poll);
				assert_eq!(closed.is_ok(), allowed);
			},
			Command::Wait { ms } => Clock::wait(ms),
			// These may be refused for the balance's own reasons; what counts is the state after.
			Command::Transfer { from, to, amount } => drop(transfer(from, to, amount)),
			Command::Hold { who, amount } => drop(hold(who, amount)),
			Command::Unhold { who, amount } => drop(unhold(who, amount)),
		}
	}

	fn check(&self) {
		Polls::do_try_state().unwrap();
		let now = Clock::now();
		for (id, poll) in (0u32..).zip(&self.polls) {
			let tally = Tally { ayes: poll.sum(true), nays: poll.sum(false) };
			assert_eq!(Polls::tally(id), Some(tally));
			assert_eq!(Polls::result(id), Some(poll.result(now)));
			// No DMEX was counted twice: all that can vote is what the four have together.
			assert!(tally.ayes + tally.nays <= 4_000);
		}
		for who in VOTERS {
			let kept = self.kept.get(&who).and_then(|votes| votes.values().max());
			assert_eq!(frozen(who), kept.copied().unwrap_or_default());
			assert!(frozen(who) <= Balances::total_balance(&who));
		}
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(512))]

	#[test]
	fn any_sequence_agrees_with_the_model(
		commands in proptest::collection::vec(command(), 1..80),
	) {
		chain().execute_with(|| {
			let mut model = Model::default();
			for command in commands {
				model.run(command);
				model.check();
			}
		});
	}
}
