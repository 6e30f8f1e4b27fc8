//! Why something is refused. A section of the pallet's module.

use frame_support::pallet_macros::pallet_section;

/// Why something is refused. A section of the pallet's module.
#[pallet_section]
mod errors {
	#[pallet::error]
	pub enum Error<T> {
		/// There is no such lot.
		UnknownLot,
		/// The lot is another provider's.
		NotLotProvider,
		/// Units of a lot are sold only while it is active.
		LotNotActive,
		/// The lot is suspended, and the buyer does not accept that.
		LotSuspended,
		/// The lot is over.
		LotOver,
		/// The lot is not over.
		LotNotOver,
		/// The price is not of the lot's sale model.
		WrongSaleModel,
		/// All units of a lot pay the same slice for a day, that of the first sale: what comes back of
		/// a lost day goes to units alike.
		SliceDiffers,
		/// Units of the lot were issued without being sold: they would share in what comes back.
		UnitsNeverSold,
		/// There is no living title under this id.
		UnknownTitle,
		/// The caller does not own the title.
		NotTitleOwner,
		/// The title is locked.
		TitleLocked,
		/// The lot's provider has never sold the title: nothing stands behind its days.
		TitleNeverSold,
		/// The title has liens or short days.
		TitleNotClean,
		/// Whoever placed the order does not own the title any more.
		MakerNotOwner,
		/// There is no such order.
		UnknownOrder,
		/// The order is of another kind.
		WrongKindOfOrder,
		/// The order has expired.
		OrderExpired,
		/// The order is one's own.
		OwnOrder,
		/// The order is another's and has not expired.
		NotOrderMaker,
		/// An order expires today at the earliest and within the longest time an order may stand.
		BadExpiry,
		/// The series has no order id left.
		OrdersExhausted,
		/// An auction lasts at least an hour and at most 14 days.
		BadDuration,
		/// No units.
		ZeroUnits,
		/// More units than there are.
		TooManyUnits,
		/// Fewer units than the order allows.
		TooFewUnits,
		/// A price is zero.
		ZeroPrice,
		/// The floor of a falling price is above its start.
		FloorAboveStart,
		/// The price does not fit its type.
		PriceOverflow,
		/// The price is above what the buyer allows.
		PriceAboveLimit,
		/// The price is below what the seller allows.
		PriceBelowLimit,
		/// The slice is below the declared cost of the power and its margin.
		SliceBelowPowerCost,
		/// The liens are not those that were named.
		LiensDiffer,
		/// Less income would come with the title than was named.
		PaidUntilDiffers,
		/// The slice or deposit behind the title is less than the offer asks for.
		BackingTooLow,
		/// The bid is below the reserve, or does not beat the best bid by the increment.
		BidTooLow,
		/// There is a bid: the auction cannot be taken back.
		AuctionHasBid,
		/// The auction has ended.
		AuctionEnded,
		/// The auction has not ended.
		AuctionNotEnded,
		/// The days of a lease are over, or there are none.
		NoDays,
		/// Streams of titles that are merged begin on different days that are not closed.
		StreamsDiffer,
		/// The lot's books have closed the first day of what is sold.
		DayClosed,
		/// Nothing has been earned that is not claimed.
		NothingToClaim,
		/// No refund of the day was refused.
		NothingToRefund,
		/// There is no deposit behind the title.
		NoDeposit,
		/// The fee is above its bound, or too far from the present one.
		BadFee,
	}
}
