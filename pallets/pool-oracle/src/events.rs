//! What the pallet tells the world. A section of the pallet's module.

use frame_support::pallet_macros::pallet_section;

/// What the pallet tells the world. A section of the pallet's module.
#[pallet_section]
mod events {
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A source is read from now on.
		SourceRegistered {
			/// Its id.
			source: SourceId,
			/// How it is read.
			adapter: Adapter,
		},
		/// A source is not read any more.
		SourceClosed {
			/// Its id.
			source: SourceId,
		},
		/// A coin's network and price are read from now on.
		CoinWatched {
			/// The coin.
			coin: CoinId,
		},
		/// A pool account belongs to a provider for ever.
		AccountBound {
			/// Its id.
			account: PoolAccountId,
			/// Where it is.
			source: SourceId,
			/// Whose it is.
			provider: T::AccountId,
		},
		/// An account is read, this day first.
		AccountFollowed {
			/// The account.
			account: PoolAccountId,
			/// First day that is read.
			since: Day,
		},
		/// An account is not read any more.
		AccountUnfollowed {
			/// The account.
			account: PoolAccountId,
		},
		/// A validator voted.
		Voted {
			/// Who.
			validator: T::AccountId,
			/// Round of the vote.
			round: Round,
			/// How many feeds it answers.
			feeds: u32,
		},
		/// A closed day is agreed.
		DayAgreed {
			/// The account.
			account: PoolAccountId,
			/// The day.
			day: Day,
			/// What was agreed.
			fact: DayFact,
			/// How many agreed.
			voters: u32,
		},
		/// An agreed day was corrected, as it may be once.
		DayAmended {
			/// The account.
			account: PoolAccountId,
			/// The day.
			day: Day,
			/// What held until now.
			before: DayFact,
			/// What holds.
			fact: DayFact,
			/// How many agreed.
			voters: u32,
		},
		/// A new height of a network is agreed.
		NetworkAgreed {
			/// The coin.
			coin: CoinId,
			/// The state and fees.
			fact: NetworkFact,
			/// How many agreed.
			voters: u32,
		},
		/// A network moved so far that a second round must confirm it.
		NetworkWaits {
			/// The coin.
			coin: CoinId,
			/// What the round agreed on.
			reading: NetworkReading,
		},
		/// Mean fees are agreed.
		FeesAgreed {
			/// The coin.
			coin: CoinId,
			/// Smallest units a block.
			fees: CoinAmount,
			/// How many agreed.
			voters: u32,
		},
		/// A price is agreed.
		PriceAgreed {
			/// What is priced.
			of: Priced,
			/// US dollars × 10¹².
			price: Price,
			/// How many agreed.
			voters: u32,
		},
		/// A price moved so far that a second round must confirm it.
		PriceWaits {
			/// What is priced.
			of: Priced,
			/// What the round agreed on.
			price: Price,
		},
		/// A validator published the key that tokens for it are sealed to.
		TokenKeyPublished {
			/// Who.
			validator: T::AccountId,
		},
		/// A validator withdrew its token key.
		TokenKeyWithdrawn {
			/// Who.
			validator: T::AccountId,
		},
		/// A provider posted a token for a validator.
		TokenPosted {
			/// The account it reads.
			account: PoolAccountId,
			/// Who can open it.
			validator: T::AccountId,
		},
		/// A provider removed a token.
		TokenRemoved {
			/// The account it read.
			account: PoolAccountId,
			/// Who could open it.
			validator: T::AccountId,
		},
		/// A validator gave two readings of one feed.
		EquivocationReported {
			/// Who.
			validator: T::AccountId,
			/// Session it did so in.
			session: SessionIndex,
			/// Round it did so in.
			round: Round,
		},
		/// A session's votes are counted.
		SessionScored {
			/// The session.
			session: SessionIndex,
			/// Validators that missed more than half of what was agreed.
			silent: Vec<T::AccountId>,
		},
	}
}
