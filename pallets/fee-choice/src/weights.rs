//! Weights. Measured ones live in the runtime; those here are for tests.

use core::marker::PhantomData;
use frame_support::weights::Weight;

/// What this pallet weighs.
pub trait WeightInfo {
	/// Weight of `choose_fee_asset`.
	fn choose_fee_asset() -> Weight;
	/// Weight of buying a fee, which any transaction may need.
	fn buy_fee() -> Weight;
}

impl WeightInfo for () {
	fn choose_fee_asset() -> Weight {
		Weight::from_parts(80_000_000, 8_000)
	}
	fn buy_fee() -> Weight {
		Weight::from_parts(250_000_000, 25_000)
	}
}

/// The weight of charging a transaction, where its fee may have to be bought.
pub struct WithChoice<Charging, Choosing>(PhantomData<(Charging, Choosing)>);

impl<Charging, Choosing> pallet_transaction_payment::WeightInfo for WithChoice<Charging, Choosing>
where
	Charging: pallet_transaction_payment::WeightInfo,
	Choosing: WeightInfo,
{
	fn charge_transaction_payment() -> Weight {
		Charging::charge_transaction_payment().saturating_add(Choosing::buy_fee())
	}
}
