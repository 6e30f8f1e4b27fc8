//! What calls, hooks and authorisations cost. Measured figures live in the runtime.

use frame_support::weights::Weight;

/// Weight of each call, hook and authorisation.
pub trait WeightInfo {
	/// Weight of `vote` with `f` readings, each of which completes a closed day.
	fn vote(f: u32) -> Weight;
	/// Weight of authorising a vote with `f` readings.
	fn authorize_vote(f: u32) -> Weight;
	/// Weight of `report_equivocation`, two full votes that contradict each other everywhere.
	fn report_equivocation() -> Weight;
	/// Weight of `register_source`.
	fn register_source() -> Weight;
	/// Weight of `close_source`.
	fn close_source() -> Weight;
	/// Weight of `watch_coin`.
	fn watch_coin() -> Weight;
	/// Weight of `publish_token_key`.
	fn publish_token_key() -> Weight;
	/// Weight of `withdraw_token_key`.
	fn withdraw_token_key() -> Weight;
	/// Weight of `post_token`.
	fn post_token() -> Weight;
	/// Weight of `remove_token`.
	fn remove_token() -> Weight;
	/// Weight of a block inside a round.
	fn keep_round() -> Weight;
	/// Weight of the first block of a round in which `b` ballots are counted.
	fn advance_round(b: u32) -> Weight;
	/// Weight of putting away `b` ballots.
	fn sweep(b: u32) -> Weight;
}

const fn figure(micros: u64, proof: u64) -> Weight {
	Weight::from_parts(micros.saturating_mul(1_000_000), proof)
}

/// Round figures for tests.
impl WeightInfo for () {
	fn vote(f: u32) -> Weight {
		figure(60, 10_000).saturating_add(figure(60, 12_000).saturating_mul(f.into()))
	}
	fn authorize_vote(f: u32) -> Weight {
		figure(120, 10_000).saturating_add(figure(30, 12_000).saturating_mul(f.into()))
	}
	fn report_equivocation() -> Weight {
		figure(3_000, 900_000)
	}
	fn register_source() -> Weight {
		figure(20, 4_000)
	}
	fn close_source() -> Weight {
		figure(20, 4_000)
	}
	fn watch_coin() -> Weight {
		figure(300, 900_000)
	}
	fn publish_token_key() -> Weight {
		figure(50, 4_000)
	}
	fn withdraw_token_key() -> Weight {
		figure(50, 4_000)
	}
	fn post_token() -> Weight {
		figure(60, 8_000)
	}
	fn remove_token() -> Weight {
		figure(60, 8_000)
	}
	fn keep_round() -> Weight {
		figure(3, 1_000)
	}
	fn advance_round(b: u32) -> Weight {
		figure(10, 4_000).saturating_add(figure(60, 10_000).saturating_mul(b.into()))
	}
	fn sweep(b: u32) -> Weight {
		figure(20, 20_000).saturating_add(figure(60, 10_000).saturating_mul(b.into()))
	}
}
