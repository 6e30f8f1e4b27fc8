//! Calls that weigh less than the worst that they could have done.

use frame_support::{
	dispatch::{DispatchResult, DispatchResultWithPostInfo, WithPostDispatchInfo},
	weights::Weight,
};

/// Runs a call of which it is known by now that it weighs no more than `weight`, whether it
/// succeeds or fails. The rest of what was taken in advance goes back to the caller.
pub fn weighing(
	weight: Weight,
	call: impl FnOnce() -> DispatchResult,
) -> DispatchResultWithPostInfo {
	match call() {
		Ok(()) => Ok(Some(weight).into()),
		Err(error) => Err(error.with_weight(weight)),
	}
}
