//! A deep pool of the stablecoin against DMEX.

use super::{World, PLENTY};
use crate::{configs::assets::AssetKind, genesis::STABLE_ASSET, *};
use alloc::boxed::Box;
use dmex_primitives::{AccountId, AssetId};
use frame_benchmarking::account;
use pallet_fee_choice::benchmarking::BenchmarkHelper;

impl BenchmarkHelper<AccountId> for World {
	fn serve(who: &AccountId) -> AssetId {
		let owner: AccountId = account("owner", 0, 0);
		for who in [&owner, who] {
			Self::endow(who, STABLE_ASSET);
		}
		let (native, stable) = (AssetKind::Native, AssetKind::WithId(STABLE_ASSET));
		let pair = || (Box::new(native.clone()), Box::new(stable.clone()));
		let origin = Self::signed(&owner);
		AssetConversion::create_pool(origin.clone(), pair().0, pair().1).unwrap();
		let (dmex, dollars) = (PLENTY, PLENTY.checked_div(1_000_000).unwrap());
		AssetConversion::add_liquidity(
			origin,
			pair().0,
			pair().1,
			dmex,
			dollars,
			1,
			1,
			owner.clone(),
		)
		.unwrap();
		STABLE_ASSET
	}
}
