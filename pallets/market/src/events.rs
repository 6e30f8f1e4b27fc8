//! What happened. A section of the pallet's module.

use frame_support::pallet_macros::pallet_section;

/// What happened. A section of the pallet's module.
#[pallet_section]
mod events {
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An order was placed. Its deposit and, for an offer, its price are on hold.
		OrderPlaced {
			/// Series that is traded.
			series: SeriesId,
			/// Id of the order.
			order: OrderId,
			/// The order.
			placed: Order<T::AccountId>,
		},
		/// An order was closed without a trade. What it held is released.
		OrderClosed {
			/// The series.
			series: SeriesId,
			/// The order.
			order: OrderId,
		},
		/// Units of a lot were sold by its provider and issued to the buyer.
		SoldByProvider {
			/// The lot.
			lot: LotId,
			/// The order. It ends when no units are left.
			order: OrderId,
			/// The title that was issued.
			title: TitleId,
			/// Who bought it.
			buyer: T::AccountId,
			/// Units of the title.
			units: Units,
			/// Paid in all, stablecoin units.
			price: Balance,
			/// Of this, at once to the provider.
			upfront: Balance,
			/// Of this, deposit.
			deposit: Balance,
			/// Of this, for each day.
			slice_per_day: Balance,
			/// The days.
			days: Days,
		},
		/// A title, or a part of it, was sold. The order ends when nothing is left.
		Traded {
			/// The series.
			series: SeriesId,
			/// The order.
			order: OrderId,
			/// The title that the buyer owns now.
			title: TitleId,
			/// The title that the seller keeps, if a title was cut for the trade.
			rest: Option<TitleId>,
			/// Who sold.
			seller: T::AccountId,
			/// Who bought.
			buyer: T::AccountId,
			/// Units of the title.
			units: Units,
			/// Paid by the buyer, stablecoin units.
			price: Balance,
			/// Of this, the fee.
			fee: Balance,
			/// The lot is suspended.
			suspended: bool,
		},
		/// Days of a title, or of a part of it, were leased. The order ends when nothing is left.
		Leased {
			/// The series.
			series: SeriesId,
			/// The order.
			order: OrderId,
			/// The title whose days they are.
			title: TitleId,
			/// The title whose days are still offered, if a title was cut for the lease.
			rest: Option<TitleId>,
			/// Who owns both.
			owner: T::AccountId,
			/// Who receives the income of the days.
			lessee: T::AccountId,
			/// The days.
			days: Days,
			/// Paid by the lessee, stablecoin units.
			price: Balance,
			/// Of this, the fee.
			fee: Balance,
			/// The lot is suspended.
			suspended: bool,
		},
		/// A bid is the best one. It is on hold, and the bid that it beat is released.
		BidPlaced {
			/// The series.
			series: SeriesId,
			/// The auction.
			order: OrderId,
			/// Who bids.
			bidder: T::AccountId,
			/// For the whole title, stablecoin units.
			amount: Balance,
			/// When the auction ends now.
			ends: Moment,
			/// Whether it holds for a suspended lot too.
			accept_suspended: bool,
		},
		/// An auction with a bid ended without a sale: the lot is over, or suspended and the
		/// bidder did not accept that, or the title or money could not be received. The bid is
		/// released, the title unlocked.
		AuctionCalledOff {
			/// The series.
			series: SeriesId,
			/// The auction.
			order: OrderId,
		},
		/// A day of streams was closed.
		DayStreamed {
			/// The lot.
			lot: LotId,
			/// The day.
			day: Day,
			/// Slices that the provider has earned.
			earned: Balance,
			/// Slices that wait for the day to be made up.
			missed: Balance,
		},
		/// The time to make a day up is over.
		DayMadeUp {
			/// The lot.
			lot: LotId,
			/// The day.
			day: Day,
			/// Slices that the provider has earned by making it up.
			earned: Balance,
			/// Slices that are to be refunded.
			missed: Balance,
		},
		/// Slices of a day were refunded to its rights.
		DayRefunded {
			/// The lot.
			lot: LotId,
			/// The day.
			day: Day,
			/// Refunded.
			refunded: Balance,
			/// Could not be placed; goes to the fund.
			unplaced: Balance,
		},
		/// A refund was refused. The money stays in the pot and anyone may try again.
		RefundRefused {
			/// The lot.
			lot: LotId,
			/// The day.
			day: Day,
			/// What is to be refunded.
			amount: Balance,
		},
		/// A provider claimed what his streams have earned.
		SlicesClaimed {
			/// The lot.
			lot: LotId,
			/// Who.
			provider: T::AccountId,
			/// Claimed, stablecoin units.
			amount: Balance,
			/// Of this, the fee.
			fee: Balance,
			/// Paid to the fund beside it: what refunds could not place.
			swept: Balance,
		},
		/// The stream of a title was divided or joined.
		StreamMoved {
			/// The lot.
			lot: LotId,
			/// The title it is of now.
			title: TitleId,
			/// For each day, stablecoin units.
			per_day: Balance,
			/// First day it pays for, or any later day that is closed.
			first_day: Day,
		},
		/// The deposit of a title was divided or joined.
		DepositMoved {
			/// The lot.
			lot: LotId,
			/// The title it is of now.
			title: TitleId,
			/// Stablecoin units.
			amount: Balance,
		},
		/// A deposit came back.
		DepositReturned {
			/// The lot.
			lot: LotId,
			/// The title.
			title: TitleId,
			/// Its owner.
			to: T::AccountId,
			/// Stablecoin units.
			amount: Balance,
		},
		/// The fee of orders placed from now on was set.
		TradeFeeSet {
			/// Part of a price.
			fee: Permill,
		},
	}
}
