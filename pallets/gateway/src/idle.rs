//! Chores of a block: deadlines, deposits that wait, days to fill, deposits to forget. Each is
//! bounded by `ChoresPerBlock` and by what the block has left, and each can be done by a call.

use crate::{pallet::*, types::Lane, weights::WeightInfo};
use dmex_primitives::{calendar::Calendar, LotId};
use frame_support::{
	storage::with_storage_layer,
	traits::Get,
	weights::{Weight, WeightMeter},
};

/// Days of a lot that one look fills.
const DAYS_PER_LOOK: u32 = 2;
/// Deposits that one look forgets.
const FORGOTTEN_PER_LOOK: u32 = 4;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_chores(room: Weight) -> Weight {
		let mut meter = WeightMeter::with_limit(room);
		if meter.try_consume(T::WeightInfo::begin_chores()).is_err() {
			return Weight::zero();
		}
		Self::expire_due(&mut meter);
		for asset in GateList::<T>::get() {
			for lane in [Lane::Lots, Lane::Accounts] {
				Self::mint_in_order(asset, lane, &mut meter);
			}
			let weight = T::WeightInfo::forget_deposit().saturating_mul(FORGOTTEN_PER_LOOK.into());
			if meter.try_consume(weight).is_ok() {
				Self::forget(asset, FORGOTTEN_PER_LOOK);
			}
		}
		Self::fill_next(&mut meter);
		meter.consumed()
	}

	/// Refunds queued withdrawals whose day has come.
	fn expire_due(meter: &mut WeightMeter) {
		let Some(mut day) = NextDeadline::<T>::get() else { return };
		let (first, today) = (day, T::Calendar::today());
		for _ in 0..T::ChoresPerBlock::get() {
			if day > today || meter.try_consume(T::WeightInfo::refund()).is_err() {
				break;
			}
			match Deadlines::<T>::iter_key_prefix(day).next() {
				Some(id) => {
					Deadlines::<T>::remove(day, id);
					let _ = with_storage_layer(|| Self::expire(id));
				},
				None => day = day.saturating_add(1),
			}
		}
		if day != first {
			NextDeadline::<T>::put(day);
		}
	}

	fn mint_in_order(asset: u32, lane: Lane, meter: &mut WeightMeter) {
		for _ in 0..T::ChoresPerBlock::get() {
			if meter.try_consume(T::WeightInfo::look()).is_err()
				|| WaitQueue::<T>::get((asset, lane)).is_empty()
				|| meter.try_consume(T::WeightInfo::mint_waiting()).is_err()
				|| with_storage_layer(|| Self::do_mint_waiting(asset, lane)).is_err()
			{
				break;
			}
		}
	}

	/// Goes round the lots and fills the days of a few.
	fn fill_next(meter: &mut WeightMeter) {
		for _ in 0..T::ChoresPerBlock::get() {
			if meter.try_consume(T::WeightInfo::fill_days(DAYS_PER_LOOK)).is_err() {
				break;
			}
			let Some(lot) = Self::lot_after(LastLooked::<T>::get()) else {
				LastLooked::<T>::kill();
				break;
			};
			LastLooked::<T>::put(lot);
			Self::fill(lot, DAYS_PER_LOOK);
		}
	}

	fn lot_after(last: Option<LotId>) -> Option<LotId> {
		match last {
			Some(lot) => LotBooks::<T>::iter_keys_from(LotBooks::<T>::hashed_key_for(lot)).next(),
			None => LotBooks::<T>::iter_keys().next(),
		}
	}
}
