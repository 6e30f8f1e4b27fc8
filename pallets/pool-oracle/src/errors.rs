//! Why something is refused. A section of the pallet's module.

use frame_support::pallet_macros::pallet_section;

/// Why something is refused. A section of the pallet's module.
#[pallet_section]
mod errors {
	#[pallet::error]
	pub enum Error<T> {
		/// The vote carries no reading.
		VoteEmpty,
		/// The feeds are not strictly ascending.
		FeedsUnordered,
		/// A feed belongs to another round than the vote.
		FeedOfOtherRound,
		/// A reading is not of its feed's kind.
		ReadingOfOtherKind,
		/// A reading is out of its range.
		ReadingOutOfRange,
		/// The round is over.
		RoundPast,
		/// The round has not begun.
		RoundAhead,
		/// The vote was made too long before or after the chain's present time.
		ObservedTooFar,
		/// The key is not in the set that votes.
		KeyNotInSet,
		/// The signature is not the key's.
		BadSignature,
		/// Nobody asks for this feed now.
		FeedNotDue,
		/// Another validator reads this live feed in this round.
		NotDrawn,
		/// The key has voted on this feed.
		AlreadyVoted,
		/// An amendment says what is agreed already.
		Unchanged,
		/// There is no such source.
		SourceUnknown,
		/// The source is closed.
		SourceClosed,
		/// There are as many sources as there can be.
		TooManySources,
		/// The service has no host of its own, so a URL is needed.
		UrlMissing,
		/// The URL is longer than can be stored.
		UrlTooLong,
		/// The URL is malformed, not https, or not public.
		UrlRefused,
		/// There is no such coin.
		CoinUnknown,
		/// The coin is watched already.
		CoinWatched,
		/// As many coins are watched as can be.
		TooManyWatched,
		/// No open source reads the coin's network.
		NetworkSourceMissing,
		/// The source carries no accounts.
		SourceWithoutAccounts,
		/// The coin is not mined at the source.
		CoinNotMinedThere,
		/// The source's accounts cannot have this name.
		NameImpossible,
		/// The account is bound to another provider.
		AccountOfOther,
		/// The account is bound and mines another coin.
		AccountMinesOther,
		/// There is no such account.
		AccountUnknown,
		/// As many accounts are read as can be.
		TooManyFollowed,
		/// There are no account ids left.
		IdsExhausted,
		/// The validator has published no key.
		TokenKeyMissing,
		/// No token of this account is posted for the validator.
		TokenMissing,
		/// The token is empty.
		TokenEmpty,
		/// The caller is not the account's provider.
		NotProvider,
		/// The two votes contradict each other nowhere.
		NoContradiction,
		/// The two votes are of different keys, or of different validators.
		VotersDiffer,
		/// The session's keys are not kept any more, or never were.
		SessionNotKept,
		/// The equivocation has been reported.
		EquivocationKnown,
		/// The part that judges offences does not take this one.
		OffenceRefused,
	}
}
