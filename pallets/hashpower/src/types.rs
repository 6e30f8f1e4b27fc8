//! What is kept of providers, farms and lots, and the rules that need no storage.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
pub use dmex_primitives::lots::{Payout, SaleModel, Vesting};
use dmex_primitives::{
	coins::YieldModel, facts::AccountName, lots::LotStatus, Balance, CoinAmount, CoinId, Day,
	FarmId, LotId, PollId, PoolAccountId, Power, SourceId,
};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_runtime::Permill;

/// Longest term of a lot: ten years.
pub const MAX_TERM_DAYS: Day = 3_650;
/// A lot starts at most this many days from now.
pub const MAX_LEAD_DAYS: Day = 365;
/// Most coins that a farm claims power in.
pub const MAX_CLAIMS: u32 = 8;
/// Part of the lowest mean of measured power that may be issued.
pub const ISSUE_MARGIN: Permill = Permill::from_percent(97);
/// Part of a coin's issued power that may stand on one pool, per cent.
pub const POOL_CEILING_PERCENT: u128 = 40;
/// The same for a pool on probation.
pub const PROBATION_CEILING_PERCENT: u128 = 1;
/// A stop of issues ends by itself after this many days.
pub const STOP_DAYS: Day = 14;
/// Longest measuring window, whatever is configured.
pub const MAX_WINDOW: u32 = 60;

/// Text shown to people: a name, a place, a machine model.
pub type Text = BoundedVec<u8, ConstU32<64>>;
/// Where to read about a provider.
pub type Url = BoundedVec<u8, ConstU32<128>>;
/// Power that a farm says it has, by coin.
pub type Claims = BoundedVec<Claim, ConstU32<MAX_CLAIMS>>;

/// Power that a farm says it has for a coin.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
)]
pub struct Claim {
	/// The coin.
	pub coin: CoinId,
	/// Power in the coin's unit. Claimed, not measured.
	pub power: Power,
}

/// A provider.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Provider {
	/// Name as given.
	pub name: Text,
	/// Where to read about it.
	pub url: Url,
	/// What is on hold for the registration.
	pub deposit: Balance,
}

/// A farm.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Farm<AccountId> {
	/// Who operates it.
	pub provider: AccountId,
	/// Where it stands.
	pub place: Text,
	/// Power that it says it has.
	pub claims: Claims,
	/// What is on hold for the registration.
	pub deposit: Balance,
}

/// What is audited: the terms of a lot. They never change.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo, MaxEncodedLen,
)]
pub struct LotTerms {
	/// Farm that it runs on.
	pub farm: FarmId,
	/// Coin that it mines.
	pub coin: CoinId,
	/// Machine model.
	pub model: Text,
	/// How many machines.
	pub machines: u32,
	/// Electric power of one unit of mining power, 10⁻⁹ W (17.5 J/TH is 17,500,000 for 1 GH/s).
	pub nanowatts_per_unit: u64,
	/// Price of electricity, 10⁻³ US cents for a kWh.
	pub millicents_per_kwh: u32,
	/// Pool.
	pub source: SourceId,
	/// Account at the pool, as the pool writes it.
	pub account: AccountName,
	/// Power of the lot, coin's unit.
	pub power: Power,
	/// First day of output.
	pub first_day: Day,
	/// Last day of output, inclusive.
	pub last_day: Day,
	/// Provider's part of the output.
	pub fee: Permill,
	/// How the pool pays.
	pub payout: Payout,
	/// How titles are sold.
	pub sale: SaleModel,
	/// Whether the provider may stop while the output does not pay the electricity.
	pub shutdown_clause: bool,
	/// For a coin whose rewards vest, and only for one.
	pub vesting: Option<Vesting>,
	/// Hash of the papers that auditors were given.
	pub evidence: H256,
}

/// Which term of a lot is impossible.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BadTerms {
	/// No model.
	EmptyModel,
	/// No machines.
	ZeroMachines,
	/// No consumption.
	ZeroConsumption,
	/// No power.
	ZeroPower,
	/// Starts today or in the past.
	StartsTooEarly,
	/// Starts more than [`MAX_LEAD_DAYS`] from now.
	StartsTooLate,
	/// Ends before it starts.
	EndsBeforeStart,
	/// Lasts more than [`MAX_TERM_DAYS`].
	TermTooLong,
	/// The fee is above the bound.
	FeeTooHigh,
	/// The holder's share is nothing or all.
	HolderShareOutOfRange,
	/// The coin's rewards vest and the lot does not say how.
	VestingMissing,
	/// The coin's rewards do not vest.
	VestingNotForCoin,
}

impl LotTerms {
	/// Whether the terms are possible for a coin of this model, submitted `today`.
	pub fn check(&self, model: &YieldModel, today: Day, max_fee: Permill) -> Result<(), BadTerms> {
		ensure(!self.model.is_empty(), BadTerms::EmptyModel)?;
		ensure(self.machines > 0, BadTerms::ZeroMachines)?;
		ensure(self.nanowatts_per_unit > 0, BadTerms::ZeroConsumption)?;
		ensure(self.power > 0, BadTerms::ZeroPower)?;
		ensure(self.first_day > today, BadTerms::StartsTooEarly)?;
		let lead = self.first_day.saturating_sub(today);
		ensure(lead <= MAX_LEAD_DAYS, BadTerms::StartsTooLate)?;
		ensure(self.last_day >= self.first_day, BadTerms::EndsBeforeStart)?;
		// Inclusive: a term of n days ends n − 1 days after its start.
		let span = self.last_day.saturating_sub(self.first_day);
		ensure(span < MAX_TERM_DAYS, BadTerms::TermTooLong)?;
		ensure(self.fee <= max_fee, BadTerms::FeeTooHigh)?;
		if let SaleModel::Deposit { holder_share } = self.sale {
			let proper = holder_share > Permill::zero() && holder_share < Permill::one();
			ensure(proper, BadTerms::HolderShareOutOfRange)?;
		}
		match (model, self.vesting) {
			(YieldModel::PowerShare { .. }, None) => Err(BadTerms::VestingMissing),
			(YieldModel::ProofOfWork { .. }, Some(_)) => Err(BadTerms::VestingNotForCoin),
			_ => Ok(()),
		}
	}
}

fn ensure(holds: bool, bad: BadTerms) -> Result<(), BadTerms> {
	holds.then_some(()).ok_or(bad)
}

/// A lot.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Lot<AccountId> {
	/// Who answers for it.
	pub provider: AccountId,
	/// What was submitted.
	pub terms: LotTerms,
	/// Where it stands.
	pub status: LotStatus,
	/// Pool account, bound to the provider for ever.
	pub account: PoolAccountId,
	/// Its audit.
	pub poll: PollId,
	/// Hash that the audit is about.
	pub subject: H256,
	/// First day that its account is measured for it.
	pub measured_from: Day,
	/// Power issued as titles.
	pub issued: Power,
	/// Issue limit by measurement when titles were last issued.
	pub limit_at_issue: Power,
	/// On hold for the lot's books; nothing once it is closed.
	pub deposit: Balance,
	/// On hold until the audit is concluded; nothing afterwards.
	pub audit_deposit: Balance,
}

/// Whether a lot is not closed: its account backs it and its titles count.
pub fn is_open(status: LotStatus) -> bool {
	match status {
		LotStatus::Submitted | LotStatus::Approved | LotStatus::Active | LotStatus::Suspended => {
			true
		},
		LotStatus::Rejected | LotStatus::Matured | LotStatus::Terminated => false,
	}
}

/// What the issue of titles is stopped for.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
)]
pub enum StopScope {
	/// All lots.
	All,
	/// Lots of a coin.
	Coin(CoinId),
	/// One lot.
	Lot(LotId),
}

/// Which days of an account were measured when something is issued.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct Measured {
	/// First day looked at.
	pub first: Day,
	/// Newest day looked at.
	pub newest: Day,
	/// Of these days, those whose payout need not be waited for any more.
	pub days: u32,
	/// Days that are needed.
	pub needed: u32,
	/// 97 % of the lowest mean; `None` while days are missing.
	pub limit: Option<Power>,
}

/// Why a lot may issue as much as it may, and no more.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct IssueLimit {
	/// Audited power.
	pub audited: Power,
	/// What measurement allows.
	pub measured: Measured,
	/// What may still be issued on the pool; `None` if nothing limits it.
	pub room_on_source: Option<Power>,
	/// Issued already.
	pub issued: Power,
	/// Whether the lot is active, inside its term and not stopped, and the provider's bond is met.
	pub may_issue: bool,
	/// What may be issued now.
	pub available: Power,
}

/// What a pool said of a lot's account, of the newest day that is agreed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct Latest {
	/// The day.
	pub day: Day,
	/// Mean power of the day; zero if the pool refuses.
	pub power: Power,
	/// Coins credited for the day; zero if the pool refuses.
	pub paid: CoinAmount,
}

/// An open lot as a farm shows it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct LotSummary {
	/// Its id, which is its series' and its collection's.
	pub lot: LotId,
	/// Where it stands.
	pub status: LotStatus,
	/// Coin.
	pub coin: CoinId,
	/// Machine model.
	pub model: Text,
	/// Price of electricity, 10⁻³ US cents for a kWh.
	pub millicents_per_kwh: u32,
	/// Pool.
	pub source: SourceId,
	/// Account at the pool.
	pub account_name: AccountName,
	/// Id of the account.
	pub account: PoolAccountId,
	/// Audited power.
	pub audited: Power,
	/// Power sold as titles.
	pub issued: Power,
	/// Newest agreed day.
	pub latest: Option<Latest>,
}

/// A farm and its open lots.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct FarmView<AccountId> {
	/// The farm.
	pub farm: Farm<AccountId>,
	/// Its open lots.
	pub lots: Vec<LotSummary>,
}

/// A provider and its farms.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct ProviderView {
	/// The provider.
	pub provider: Provider,
	/// Its farms.
	pub farms: Vec<FarmId>,
}
