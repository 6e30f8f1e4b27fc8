//! What is stored, asked and answered. Pure: nothing here knows the pallet's `Config`.

mod views;

pub use views::*;

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use dmex_addresses::{Format, Network};
use dmex_math::Meter;
use dmex_primitives::{
	coins::AddressFormat, facts::Priced, AssetId, Balance, CoinAmount, Day, LotId, Moment, Power,
};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_core::H256;
use sp_runtime::Permill;

/// Most of an asset that may exist. The transfer of `pallet-assets`' fungibles checks that supply and
/// amount together fit the type, after it has taken the amount from the sender, and ignores the
/// error: above half of the type a transfer could destroy what it moves.
pub const MAX_SUPPLY: Balance = Balance::MAX >> 1;
/// Most assets that go in and out.
pub const MAX_GATES: u32 = 32;
/// Longest text of an address, bytes.
pub const MAX_ADDRESS: u32 = 128;
/// Most custodians.
pub const MAX_CUSTODIANS: u32 = 16;
/// Most addresses of one batch.
pub const MAX_BATCH: u32 = 64;
/// Of a day's rate of minting, one of so many parts at most is minted for a target before the others
/// who wait have their turn: half an hour of production's day.
pub const TURNS_PER_DAY: Balance = 48;
/// Most inputs that a withdrawal's transaction names.
pub const MAX_INPUTS: u32 = 32;
/// Most parts of a custodian's bond that are leaving at a time.
pub const MAX_LEAVING: u32 = 8;
/// Heights in one bucket of deposits that are forgotten together.
pub const BUCKET_HEIGHTS: u64 = 1_024;
/// Ended withdrawals that can still be looked up.
pub const FINISHED_KEPT: u64 = 4_096;
/// Age at which a day that is not covered counts with what is, days.
pub const PAYOUT_DAYS: Day = 5;
/// Age at which a closed day is filled for good: after its last attempt and amendment, days.
pub const FILLING_DAYS: Day = 9;
/// Days that a deposit fills at most; more are due only where blocks had no room for chores.
pub const FILLED_BY_ARRIVAL: Day = 4;
/// Days that what filled them stays in state.
pub const KEEP_DAYS: Day = 200;
/// Trailing days over which payment by found blocks is averaged.
pub const LUCK_DAYS: Day = 30;
/// Most days that one call fills.
pub const MAX_WALK: Day = 64;
/// Most days that one read walks over because nobody has filled them yet: those that are too new,
/// and as many again. What reads a range of days walks once for each of them.
pub const MOST_UNFILLED: Day = 18;
/// A book's reference power is this many times the lot's audited power: the part that is lost by
/// rounding its yield to whole units of the coin is smaller by as much.
pub const REFERENCE_FACTOR: Power = 1_000;

/// Canonical text of an address.
pub type Address = BoundedVec<u8, ConstU32<MAX_ADDRESS>>;
/// Addresses that custodians post together, strictly ascending.
pub type Batch = BoundedVec<Address, ConstU32<MAX_BATCH>>;
/// What a transaction spends, strictly ascending.
pub type Inputs = BoundedVec<Input, ConstU32<MAX_INPUTS>>;
/// The custodians, strictly ascending.
pub type Members<AccountId> = BoundedVec<AccountId, ConstU32<MAX_CUSTODIANS>>;
/// Number of a withdrawal.
pub type WithdrawalId = u64;

/// What a referendum says of an asset that goes in and out.
#[derive(
	Clone,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GateTerms {
	/// Network of the outside chain. Fixed once set.
	pub network: Network,
	/// Blocks on top of a transaction, its own included, before custodians attest it. They keep to
	/// it, the chain cannot.
	pub finality: u32,
	/// Heights below the highest attested one at which a deposit is still taken. What is older is
	/// refused, and then need not be remembered.
	pub deposit_window: u64,
	/// Most of the asset that may be outside of the custodians' hands, smallest units.
	pub cap: Balance,
	/// Of this, what needs no bond behind it.
	pub unbonded: Balance,
	/// Part of the custodians' bonds that stands behind this asset. All together at most one.
	pub bond_share: Permill,
	/// Minted for lots in a day.
	pub lot_mint_per_day: Balance,
	/// Minted to accounts in a day.
	pub account_mint_per_day: Balance,
	/// Accepted for withdrawal in a day.
	pub withdraw_per_day: Balance,
	/// Least amount of a deposit. What is less is nobody's and stays in the reserve: votes on dust
	/// would cost custodians work that its sender does not pay.
	pub least_deposit: Balance,
	/// Least amount of a withdrawal, with its fee.
	pub least_withdrawal: Balance,
	/// Taken of every withdrawal that is paid or taken back; stays in the reserve and pays the
	/// outside transaction.
	pub withdrawal_fee: Balance,
	/// Days that a withdrawal waits to be accepted before it refunds itself.
	pub queue_days: Day,
	/// Most open withdrawals.
	pub max_open: u32,
	/// What an account may take from the faucet in a day, where genesis allows one.
	pub faucet_per_day: Balance,
}

/// An asset that goes in and out.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Gate {
	/// What it is on the outside.
	pub of: Priced,
	/// Its terms.
	pub terms: GateTerms,
}

/// What a referendum says of all custodians.
#[derive(
	Clone,
	Copy,
	Default,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CouncilTerms {
	/// How many must agree. More than half of the members.
	pub threshold: u32,
	/// Bond below which a custodian has no vote, units of the stablecoin.
	pub least_bond: Balance,
	/// Value that may be issued for each unit of bonded value.
	pub multiple: u32,
	/// Days that a bond stays within reach of a slash after it was asked back.
	pub unbonding_days: Day,
}

/// The custodians.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Council<AccountId> {
	/// Who they are.
	pub members: Members<AccountId>,
	/// What binds them.
	pub terms: CouncilTerms,
}

impl<AccountId> Default for Council<AccountId> {
	fn default() -> Self {
		Self { members: Default::default(), terms: Default::default() }
	}
}

/// Part of a bond that was asked back.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Leaving {
	/// How much.
	pub amount: Balance,
	/// First day on which it can be taken.
	pub free_from: Day,
}

/// Bond of a custodian, units of the stablecoin.
#[derive(Clone, Default, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Bond {
	/// Stands behind what is issued.
	pub active: Balance,
	/// Was asked back; a slash still reaches it.
	pub leaving: BoundedVec<Leaving, ConstU32<MAX_LEAVING>>,
}

impl Bond {
	/// All that is on hold for it.
	pub fn total(&self) -> Balance {
		self.leaving.iter().fold(self.active, |sum, part| sum.saturating_add(part.amount))
	}
}

/// Whose an address is.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo, MaxEncodedLen,
)]
pub enum Target<AccountId> {
	/// What arrives is remitted to the lot.
	Lot(LotId),
	/// What arrives is minted to the account.
	Account(AccountId),
}

impl<AccountId> Target<AccountId> {
	/// The queue in which what arrives waits.
	pub fn lane(&self) -> Lane {
		match self {
			Target::Lot(_) => Lane::Lots,
			Target::Account(_) => Lane::Accounts,
		}
	}
}

/// Who asked for an address, and what is held of him for it. It is held for ever, as the address
/// is kept.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Assigned<AccountId> {
	/// The address.
	pub address: Address,
	/// Who asked.
	pub payer: AccountId,
	/// DMEX on hold.
	pub deposit: Balance,
}

/// A first-in-first-out queue kept under running numbers.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Queue {
	/// Number of the first.
	pub first: u64,
	/// Number of the next to come.
	pub next: u64,
}

impl Queue {
	/// How many are in it.
	pub fn len(&self) -> u64 {
		self.next.saturating_sub(self.first)
	}
	/// Whether none is in it.
	pub fn is_empty(&self) -> bool {
		self.len() == 0
	}
}

/// A deposit as custodians saw it. Two that differ in anything are two contents.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo, MaxEncodedLen,
)]
pub struct Deposit {
	/// Asset of this chain that the coin is wrapped as.
	pub asset: AssetId,
	/// Transaction id: of Filecoin the 32 bytes of the message's digest.
	pub transaction: H256,
	/// Output; on an account chain the number of the transfer or log in the transaction.
	pub output: u32,
	/// Receiving address, canonical.
	pub address: Address,
	/// How much, smallest units.
	pub amount: Balance,
	/// Height of the block that it is in.
	pub height: u64,
}

/// What a transaction spends: an output; on an account chain (Blake2-256 of the sender's address,
/// its nonce).
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
)]
pub struct Input {
	/// Transaction, or hash of the sender.
	pub of: H256,
	/// Output, or nonce.
	pub index: u64,
}

/// What custodians vote on. A ballot is the Blake2-256 of its SCALE.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum Statement {
	/// These addresses take `threshold` custodians to spend from.
	Addresses(AssetId, Batch),
	/// This deposit is final.
	Deposit(Deposit),
	/// This withdrawal will be paid by a transaction that spends these inputs.
	Acceptance(WithdrawalId, Inputs),
	/// The transaction that paid it is final at the height.
	Confirmation(WithdrawalId, H256, u64),
	/// The input was spent by another transaction, which is final at the height.
	Failure(WithdrawalId, Input, H256, u64),
}

/// Who has said the same.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Ballot<AccountId> {
	/// Who voted, in order.
	pub voters: Members<AccountId>,
	/// Day of the first vote.
	pub opened: Day,
}

/// A deposit that `threshold` custodians agreed on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Seen {
	/// Its height.
	pub height: u64,
	/// Its amount.
	pub amount: Balance,
}

/// What mints, each with a rate and a queue of its own, so that neither can hold up the other.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
)]
pub enum Lane {
	/// Deposits to lots.
	Lots,
	/// Deposits to accounts.
	Accounts,
}

/// What has a rate.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub enum Rate {
	/// Minting.
	Mint(Lane),
	/// Acceptance of withdrawals.
	Withdraw,
}

impl GateTerms {
	/// Amount of a rate in a day.
	pub fn per_day(&self, rate: Rate) -> Balance {
		match rate {
			Rate::Mint(Lane::Lots) => self.lot_mint_per_day,
			Rate::Mint(Lane::Accounts) => self.account_mint_per_day,
			Rate::Withdraw => self.withdraw_per_day,
		}
	}
}

/// What was spent of a rate and has not drained yet.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Spent {
	/// How much.
	pub amount: Balance,
	/// Moment up to which it has drained.
	pub at: Moment,
}

impl From<Spent> for Meter {
	fn from(spent: Spent) -> Self {
		Meter { spent: spent.amount, at: spent.at }
	}
}

impl From<Meter> for Spent {
	fn from(meter: Meter) -> Self {
		Spent { amount: meter.spent, at: meter.at }
	}
}

/// Why a deposit is not minted yet.
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
pub enum WaitReason {
	/// Others are before it.
	Queue,
	/// The cap is reached.
	Cap,
	/// The custodians' bonds back no more.
	Bonds,
	/// There is no fresh price to value the bonds by.
	Price,
	/// The day's rate is used up.
	Rate,
}

/// What went in and out of an asset. The first eight only grow.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Flows {
	/// Deposits that custodians agreed on.
	pub attested: Balance,
	/// Of these, minted.
	pub issued: Balance,
	/// Asked to be withdrawn, with fees.
	pub requested: Balance,
	/// Confirmed as withdrawn, with fees, and fees of what was taken back.
	pub withdrawn: Balance,
	/// Burned.
	pub burned: Balance,
	/// Given back: deadline, owner's wish (less the fee), or failed.
	pub refunded: Balance,
	/// Minted by the faucet.
	pub faucet: Balance,
	/// Supply when the gate was made.
	pub base: Balance,
	/// Attested and waiting for room, now.
	pub waiting: Balance,
	/// Attested and owed to who could not receive, now.
	pub owed: Balance,
}

impl Flows {
	/// Whether `amount` more could exist without harm.
	pub fn has_room_for(&self, amount: Balance) -> bool {
		self.base
			.checked_add(self.outstanding())
			.and_then(|sum| sum.checked_add(amount))
			.is_some_and(|sum| sum <= MAX_SUPPLY)
	}

	/// What custodians must be able to pay out for what was issued or is owed.
	pub fn outstanding(&self) -> Balance {
		self.issued
			.saturating_add(self.owed)
			.saturating_add(self.faucet)
			.saturating_sub(self.burned)
	}
}

/// Heights of the deposits of an asset.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Heights {
	/// Highest attested.
	pub highest: u64,
	/// Deposits below are refused. Never falls.
	pub floor: u64,
	/// First bucket that may still hold deposits.
	pub first_bucket: u64,
}

/// Where a withdrawal stands.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub enum Stage {
	/// Waits for acceptance; refunds itself on the day.
	Queued {
		/// First day on which it is refunded.
		deadline: Day,
	},
	/// Custodians have named what its transaction spends. No refund from here.
	Accepted {
		/// What it spends.
		inputs: Inputs,
	},
}

/// An open withdrawal.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Withdrawal<AccountId> {
	/// Whose.
	pub who: AccountId,
	/// Which asset.
	pub asset: AssetId,
	/// On hold, with the fee.
	pub amount: Balance,
	/// Of this, the fee.
	pub fee: Balance,
	/// DMEX on hold while it is open.
	pub deposit: Balance,
	/// Where the rest goes.
	pub address: Address,
	/// Where it stands.
	pub stage: Stage,
}

/// How a withdrawal ended.
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
pub enum Outcome {
	/// Paid by the transaction; burned.
	Confirmed {
		/// The transaction.
		transaction: H256,
	},
	/// An input was spent by another transaction; refunded.
	Failed {
		/// The other transaction.
		spent_by: H256,
	},
	/// Nobody accepted it in time; refunded.
	Expired,
	/// Its owner took it back before its deadline; the fee was burned, the rest refunded.
	TakenBack,
}

/// What arrived at a lot's own address, and which days it filled.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct LotBook<AccountId> {
	/// Asset of the lot's coin.
	pub asset: AssetId,
	/// Its address and who paid for it.
	pub address: Assigned<AccountId>,
	/// First day whose credit deposits fill.
	pub start: Day,
	/// First day that is not filled for good.
	pub cursor: Day,
	/// Power that yields are computed for.
	pub reference: Power,
	/// Attested for the lot. Only grows.
	pub arrived: CoinAmount,
	/// Day of the last deposit.
	pub last_arrival: Option<Day>,
	/// Totals of the days before the cursor.
	pub totals: Totals,
	/// Upper bound of what the reference power was expected to bring on the last day that has one.
	pub last_expected: CoinAmount,
}

/// Sums over the days of a lot up to and with a day. Only grow from day to day.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Totals {
	/// Of what the pool credited, arrived in time.
	pub covered: CoinAmount,
	/// Upper bound of what the reference power was expected to bring.
	pub expected: CoinAmount,
}

/// How the coin's addresses are written.
pub fn format_of(format: AddressFormat) -> Format {
	match format {
		AddressFormat::Bitcoin => Format::Bitcoin,
		AddressFormat::CashAddr => Format::CashAddr,
		AddressFormat::Filecoin => Format::Filecoin,
		AddressFormat::Base58Check(version) => Format::Base58Check(version),
	}
}

/// Whether each is greater than the one before it.
pub fn ascends<Item: PartialOrd>(items: &[Item]) -> bool {
	items.iter().zip(items.iter().skip(1)).all(|(one, next)| one < next)
}
