//! Deep pools against DMEX, of the stablecoin and of coins.

use super::{World, PLENTY};
use crate::{configs::assets::AssetKind, genesis::STABLE_ASSET, *};
use alloc::boxed::Box;
use dmex_primitives::{AccountId, AssetId};
use frame_benchmarking::account;
use pallet_fee_choice::benchmarking::BenchmarkHelper;

impl BenchmarkHelper<AccountId> for World {
	fn serve(who: &AccountId) -> AssetId {
		Self::endow(who, STABLE_ASSET);
		Self::open_exchange(STABLE_ASSET);
		STABLE_ASSET
	}
}

impl World {
	/// Opens a deep pool of an asset.
	pub(super) fn open_exchange(asset: AssetId) {
		let owner: AccountId = account("owner", 0, 0);
		Self::endow(&owner, asset);
		let (native, asset) = (AssetKind::Native, AssetKind::WithId(asset));
		let pair = || (Box::new(native.clone()), Box::new(asset.clone()));
		let origin = Self::signed(&owner);
		AssetConversion::create_pool(origin.clone(), pair().0, pair().1).unwrap();
		let (dmex, coins) = (PLENTY, PLENTY.checked_div(1_000_000).unwrap());
		AssetConversion::add_liquidity(
			origin,
			pair().0,
			pair().1,
			dmex,
			coins,
			1,
			1,
			owner.clone(),
		)
		.unwrap();
	}
}
