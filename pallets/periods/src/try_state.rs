//! What always holds.

use crate::{
	BlocksPerRound, Config, CurrentLengths, DayLength, GenesisLengths, Length, Pallet,
	ROUND_BLOCKS_BOUNDS,
};
use dmex_primitives::calendar::POOL_DAY;
use frame_support::ensure;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// 1. A day is longer than nothing and not longer than a real one.
	/// 2. A round is within its bounds.
	/// 3. The lengths are within the hard bounds and in order.
	/// 4. No length is below its floor.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let day = DayLength::<T>::get();
		ensure!(day > 0 && day <= POOL_DAY, "length of the day out of bounds");

		let (least, most) = ROUND_BLOCKS_BOUNDS;
		let round = BlocksPerRound::<T>::get();
		ensure!(round >= least && round <= most, "blocks of a round out of bounds");

		let lengths = CurrentLengths::<T>::get();
		lengths.check().map_err(|_| "a length breaks its hard bounds or the order")?;

		let genesis = GenesisLengths::<T>::get();
		for length in Length::ALL {
			let (floor, _) = genesis.bounds(*length);
			ensure!(lengths.get(*length) >= floor, "a length is below its floor");
		}
		Ok(())
	}
}
