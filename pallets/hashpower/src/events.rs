//! What happened. A section of the pallet's module.

use frame_support::pallet_macros::pallet_section;

/// What happened. A section of the pallet's module.
#[pallet_section]
mod events {
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A provider was registered.
		ProviderRegistered {
			/// Who.
			provider: T::AccountId,
		},
		/// A farm was registered.
		FarmRegistered {
			/// Its id.
			farm: FarmId,
			/// Who operates it.
			provider: T::AccountId,
		},
		/// A lot was submitted and its audit opened.
		LotSubmitted {
			/// Its id.
			lot: LotId,
			/// Who answers for it.
			provider: T::AccountId,
			/// Account that backs it.
			account: PoolAccountId,
			/// Its audit.
			poll: PollId,
			/// Hash that the audit is about.
			subject: H256,
			/// What is audited. It never changes.
			terms: LotTerms,
		},
		/// An audit was concluded.
		AuditConcluded {
			/// The lot.
			lot: LotId,
			/// Approved or rejected.
			approved: bool,
			/// Of the audit's deposit on hold, what the provider has lost by the rejection.
			forfeited: Balance,
		},
		/// A lot is ready: titles may be issued.
		LotActivated {
			/// The lot.
			lot: LotId,
		},
		/// Titles were issued.
		PowerIssued {
			/// The lot.
			lot: LotId,
			/// The new title.
			title: TitleId,
			/// Who received it.
			owner: T::AccountId,
			/// Power of the title.
			units: Units,
			/// First day of its output.
			first_day: Day,
			/// What measurement allowed to be issued in all.
			limit: Power,
		},
		/// A lot was suspended, resumed, matured, terminated or withdrawn.
		LotChanged {
			/// The lot.
			lot: LotId,
			/// Where it stands now.
			status: LotStatus,
		},
		/// The issue of titles is stopped.
		IssueStopped {
			/// For what.
			scope: StopScope,
			/// First day on which it is allowed again.
			until: Day,
		},
		/// The issue of titles is allowed again.
		IssueAllowed {
			/// For what.
			scope: StopScope,
		},
		/// The power of a coin that one pool may always carry was set.
		FreePowerSet {
			/// The coin.
			coin: CoinId,
			/// The power.
			power: Power,
		},
	}
}
