//! What makes an account comfortable: batches, shared accounts, proxies, names.

use super::{deposit, governance::RootOrCouncil, DAYS};
use crate::*;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	parameter_types,
	traits::{ConstU32, InstanceFilter},
};
use frame_system::EnsureRoot;
use pallet_identity::legacy::IdentityInfo;
use scale_info::TypeInfo;
use sp_runtime::traits::{BlakeTwo256, Verify};

impl pallet_utility::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type PalletsOrigin = OriginCaller;
	type WeightInfo = weights::pallet_utility::WeightInfo<Runtime>;
}

parameter_types! {
	/// Deposit of an open multisig call.
	pub const MultisigDepositBase: Balance = deposit(1, 88);
	/// And for each signatory.
	pub const MultisigDepositFactor: Balance = deposit(0, 32);
	/// Deposit of an account's proxies.
	pub const ProxyDepositBase: Balance = deposit(1, 8);
	/// And for each proxy.
	pub const ProxyDepositFactor: Balance = deposit(0, 33);
	/// Deposit of announcements.
	pub const AnnouncementDepositBase: Balance = deposit(1, 8);
	/// And for each.
	pub const AnnouncementDepositFactor: Balance = deposit(0, 66);
	/// Deposit of an identity.
	pub const BasicDeposit: Balance = deposit(1, 258);
	/// And for each byte of it.
	pub const ByteDeposit: Balance = deposit(0, 1);
	/// Deposit of a user name.
	pub const UsernameDeposit: Balance = deposit(0, 32);
	/// Deposit of a sub-account.
	pub const SubAccountDeposit: Balance = deposit(1, 53);
	/// A user name waits a week for its owner.
	pub const PendingUsernameExpiration: BlockNumber = 7 * DAYS;
	/// And is removed after a month.
	pub const UsernameGracePeriod: BlockNumber = 30 * DAYS;
}

impl pallet_multisig::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type Currency = Balances;
	type DepositBase = MultisigDepositBase;
	type DepositFactor = MultisigDepositFactor;
	type MaxSignatories = ConstU32<100>;
	type WeightInfo = weights::pallet_multisig::WeightInfo<Runtime>;
	type BlockNumberProvider = System;
}

/// What a proxy may do.
#[derive(
	Copy,
	Clone,
	Eq,
	PartialEq,
	Ord,
	PartialOrd,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum ProxyType {
	/// Everything.
	#[default]
	Any,
	/// Everything that moves no balance, asset or title to another account.
	NonTransfer,
	/// Referenda, polls, council and elections.
	Governance,
	/// Registering farms and lots, posting tokens, issuing titles.
	Provider,
	/// Announced proxies only: rejecting their announcements.
	CancelProxy,
}

impl InstanceFilter<RuntimeCall> for ProxyType {
	fn filter(&self, call: &RuntimeCall) -> bool {
		match self {
			ProxyType::Any => true,
			ProxyType::NonTransfer => !matches!(
				call,
				RuntimeCall::Balances(..)
					| RuntimeCall::Assets(..)
					| RuntimeCall::PoolAssets(..)
					| RuntimeCall::AssetConversion(..)
					| RuntimeCall::Nfts(..)
					| RuntimeCall::Hashpower(pallet_hashpower::Call::issue { .. })
					| RuntimeCall::Market(..)
					| RuntimeCall::Gateway(
						pallet_gateway::Call::withdraw { .. } | pallet_gateway::Call::bond { .. }
					) | RuntimeCall::Income(pallet_income::Call::remit { .. })
			),
			ProxyType::Governance => matches!(
				call,
				RuntimeCall::Democracy(..)
					| RuntimeCall::Polls(..)
					| RuntimeCall::Council(..)
					| RuntimeCall::TechnicalCommittee(..)
					| RuntimeCall::Elections(..)
					| RuntimeCall::Treasury(..)
					| RuntimeCall::Preimage(..)
					| RuntimeCall::Utility(..)
			),
			ProxyType::Provider => matches!(
				call,
				RuntimeCall::Hashpower(..)
					| RuntimeCall::PoolOracle(
						pallet_pool_oracle::Call::post_token { .. }
							| pallet_pool_oracle::Call::remove_token { .. }
					) | RuntimeCall::Gateway(pallet_gateway::Call::request_lot_address { .. })
					| RuntimeCall::Market(pallet_market::Call::open_sale { .. })
					| RuntimeCall::Utility(..)
			),
			ProxyType::CancelProxy => {
				matches!(call, RuntimeCall::Proxy(pallet_proxy::Call::reject_announcement { .. }))
			},
		}
	}

	fn is_superset(&self, other: &Self) -> bool {
		self == other || matches!(self, ProxyType::Any)
	}
}

impl pallet_proxy::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type Currency = Balances;
	type ProxyType = ProxyType;
	type ProxyDepositBase = ProxyDepositBase;
	type ProxyDepositFactor = ProxyDepositFactor;
	type MaxProxies = ConstU32<32>;
	type WeightInfo = weights::pallet_proxy::WeightInfo<Runtime>;
	type MaxPending = ConstU32<32>;
	type CallHasher = BlakeTwo256;
	type AnnouncementDepositBase = AnnouncementDepositBase;
	type AnnouncementDepositFactor = AnnouncementDepositFactor;
	type BlockNumberProvider = System;
}

impl pallet_identity::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Currency = Balances;
	type BasicDeposit = BasicDeposit;
	type ByteDeposit = ByteDeposit;
	type UsernameDeposit = UsernameDeposit;
	type SubAccountDeposit = SubAccountDeposit;
	type MaxSubAccounts = ConstU32<100>;
	type IdentityInformation = IdentityInfo<ConstU32<16>>;
	type MaxRegistrars = ConstU32<20>;
	type Slashed = Treasury;
	type ForceOrigin = RootOrCouncil;
	type RegistrarOrigin = RootOrCouncil;
	type OffchainSignature = Signature;
	type SigningPublicKey = <Signature as Verify>::Signer;
	type UsernameAuthorityOrigin = EnsureRoot<AccountId>;
	type PendingUsernameExpiration = PendingUsernameExpiration;
	type UsernameGracePeriod = UsernameGracePeriod;
	type MaxSuffixLength = ConstU32<7>;
	type MaxUsernameLength = ConstU32<32>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
	type WeightInfo = weights::pallet_identity::WeightInfo<Runtime>;
}

impl pallet_sudo::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type WeightInfo = weights::pallet_sudo::WeightInfo<Runtime>;
}
