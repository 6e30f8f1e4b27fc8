//! A runtime with this pallet and a clock that tests turn.
#![allow(missing_docs)]

use crate as pallet_periods;
use crate::*;
use core::cell::Cell;
use frame_support::{derive_impl, traits::ConstU32};
use frame_system::EnsureRoot;
use sp_runtime::BuildStorage;

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Periods = pallet_periods;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = frame_system::mocking::MockBlock<Test>;
	type MaxConsumers = ConstU32<16>;
}

thread_local! {
	static NOW: Cell<Moment> = const { Cell::new(0) };
}

/// The clock.
pub struct Clock;

impl Clock {
	pub fn set(now: Moment) {
		NOW.with(|cell| cell.set(now));
	}
}

impl Time for Clock {
	type Moment = Moment;

	fn now() -> Moment {
		NOW.with(Cell::get)
	}
}

impl Config for Test {
	type Time = Clock;
	type AdminOrigin = EnsureRoot<u64>;
	type WeightInfo = ();
}

/// A chain with these lengths and a day of a minute.
pub fn chain(lengths: Lengths) -> sp_io::TestExternalities {
	let config = GenesisConfig::<Test> {
		day_length: 60_000,
		round_blocks: 5,
		lengths,
		..Default::default()
	};
	RuntimeGenesisConfig { system: Default::default(), periods: config }
		.build_storage()
		.unwrap()
		.into()
}

/// Runs a test and checks at its end what always holds.
pub fn build_and_execute(lengths: Lengths, test: impl FnOnce()) {
	chain(lengths).execute_with(|| {
		System::set_block_number(1);
		test();
		Periods::do_try_state().unwrap();
	});
}
