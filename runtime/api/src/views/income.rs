//! What titles and liens brought and are expected to bring.

use super::Amount;
use alloc::vec::Vec;
use codec::{Decode, Encode};
use dmex_primitives::{AccountId, AssetId, Day, Hash, Moment};
use scale_info::TypeInfo;

#[cfg(feature = "std")]
use serde::Serialize;

/// An amount of an asset, its smallest unit.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct AssetAmount {
	/// The asset.
	pub asset: AssetId,
	/// How much.
	pub amount: Amount,
}

impl From<(AssetId, u128)> for AssetAmount {
	fn from((asset, amount): (AssetId, u128)) -> Self {
		Self { asset, amount: amount.into() }
	}
}

/// Power that stood behind a title on a day, the coin's unit: its part of min(measured, implied by
/// attested deposits), rounded down, and never more than its units.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct EffectivePower {
	/// The newest day that is paid, among the last eight; without one, the newest that is measured.
	pub day: Day,
	/// The power.
	pub power: Amount,
	/// Whether the day's payout was attested or is overdue; else the power is only measured, and
	/// may become less.
	pub paid: bool,
}

/// What was paid and what is to be paid.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct Income {
	/// Asset of the lot's coin.
	pub asset: AssetId,
	/// Paid to date in the lot's coin, smallest unit: of a title to all who owned it, parts of a
	/// split title by units.
	pub paid: Amount,
	/// For closed days and late money, not paid yet, by asset; the lot's coin comes first.
	pub unpaid: Vec<AssetAmount>,
	/// First day that is not paid.
	pub paid_until: Day,
}

/// Income that is still to come, in the lot's coin, smallest unit, after the fees of pool and
/// provider, if all units work on all days and the lot is never late. Rounded down. It begins with
/// the first day that is not closed: nothing is both here and unpaid.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct Expected {
	/// Days of it, each with however many units.
	pub days: Day,
	/// Of one day at the network's present yield: the first from tomorrow on that is paid here.
	pub next_day: Amount,
	/// Of all days, if the network stays as it is. Halvings are counted.
	pub flat: Amount,
	/// Of all days, if the network goes on growing as the chain's filter estimates it now.
	pub at_growth: Amount,
	/// That growth in a year, billionths (10⁹ is 100 %). Never negative.
	pub growth_per_year: u64,
}

/// When money comes next. Moments are milliseconds of chain time, none in the past.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct NextPayout {
	/// The day of the lot that closes next; `None` when all are closed.
	pub closes: Option<Day>,
	/// Earliest moment at which it can close: then its income can be claimed. It needs the day's
	/// fact and, until `closes_by`, all that is due.
	pub closes_from: Option<Moment>,
	/// From this moment on it closes with what there is.
	pub closes_by: Option<Moment>,
	/// Earliest moment at which the chain pays by itself.
	pub payer_from: Moment,
	/// Least that it pays then, the lot's coin, smallest unit.
	pub least: Amount,
}

/// Days of a title that are someone else's.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct LienView {
	/// Whose they are.
	pub holder: AccountId,
	/// First day.
	pub first_day: Day,
	/// Last day, inclusive.
	pub last_day: Day,
}

/// A title at stake.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct StakeView {
	/// The stake's id.
	pub id: u64,
	/// First day that counts.
	pub from: Day,
	/// Earned to date, claimed or not, 10⁻¹² DMEX.
	pub earned: Amount,
	/// Of this, what could be claimed now.
	pub claimable: Amount,
	/// Of the next day, if stakes, weights and budget stay as they are and all is delivered.
	pub expected_per_day: Amount,
}

/// What a title brought and will bring.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct TitleIncome {
	/// Power behind it; `None` while nothing is known of the last days.
	pub effective: Option<EffectivePower>,
	/// What was and is to be paid for the days that are its own.
	pub income: Income,
	/// What those of its own that are not closed are expected to bring; `None` while there is no
	/// fresh fact of the network.
	pub expected: Option<Expected>,
	/// When money comes next.
	pub next_payout: NextPayout,
	/// What stands behind each day that is not delivered, stablecoin units.
	pub slice_per_day: Amount,
	/// The deposit behind it, stablecoin units.
	pub deposit: Amount,
	/// No lien that has not ended, no short day that is not final.
	pub clean: bool,
	/// What a buyer names, so that no lien is added in front of him.
	pub liens_hash: Hash,
	/// Days that are someone else's, in their order.
	pub liens: Vec<LienView>,
	/// Its stake, if it is staked.
	pub stake: Option<StakeView>,
}
