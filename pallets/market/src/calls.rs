//! What users call: origin, then one line into the domain, which checks, writes and tells.
//! A section of the pallet's module.

use frame_support::pallet_macros::pallet_section;

/// What users call. A section of the pallet's module.
#[pallet_section]
mod calls {
	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Offers units of a lot that are not issued yet.
		///
		/// ## Dispatch Origin
		/// Signed by the lot's provider. Takes the deposit of an order.
		///
		/// ## Errors
		/// `UnknownLot`, `NotLotProvider`, `LotNotActive`, `LotOver`, `WrongSaleModel`,
		/// `ZeroUnits`, `TooFewUnits`, `TooManyUnits`, `ZeroPrice`, `PriceOverflow`,
		/// `SliceBelowPowerCost`, `BadExpiry`; the deposit cannot be held.
		///
		/// ## Events
		/// `OrderPlaced`.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::open_sale())]
		pub fn open_sale(
			origin: OriginFor<T>,
			lot: LotId,
			units: Units,
			least_units: Units,
			ask: Ask,
			expires: Day,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_open_sale(&who, lot, units, least_units, ask, expires)
		}

		/// Buys units of a lot from its provider. They are issued to the buyer.
		///
		/// ## Dispatch Origin
		/// Signed. The buyer pays the price and the storage deposit of the title.
		///
		/// ## Errors
		/// `UnknownOrder`, `WrongKindOfOrder`, `OrderExpired`, `OwnOrder`, `LotNotActive`,
		/// `LotOver`, `ZeroUnits`, `TooFewUnits`, `TooManyUnits`, `PriceOverflow`,
		/// `PriceAboveLimit`, `DayClosed`; every limit of an issue; the run-away bound; the buyer
		/// cannot pay.
		///
		/// ## Events
		/// `SoldByProvider`.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::buy_primary())]
		pub fn buy_primary(
			origin: OriginFor<T>,
			lot: LotId,
			order: OrderId,
			units: Units,
			max_price: Balance,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_buy_primary(&who, lot, order, units, max_price)
		}

		/// Pays a provider what the streams of a lot have earned.
		///
		/// ## Dispatch Origin
		/// Signed by the lot's provider.
		///
		/// ## Errors
		/// `UnknownLot`, `NotLotProvider`, `NothingToClaim`.
		///
		/// ## Events
		/// `SlicesClaimed`.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::claim_slices())]
		pub fn claim_slices(origin: OriginFor<T>, lot: LotId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_claim_slices(&who, lot)
		}

		/// Tries again to refund a day whose refund was refused.
		///
		/// ## Dispatch Origin
		/// Signed by anyone.
		///
		/// ## Errors
		/// `UnknownLot`, `NothingToRefund`; what the ledger of days says.
		///
		/// ## Events
		/// `DayRefunded`.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::retry_refund())]
		pub fn retry_refund(origin: OriginFor<T>, lot: LotId, day: Day) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_retry_refund(lot, day)
		}

		/// Returns the deposit behind a title of a lot that is over to the title's owner.
		///
		/// ## Dispatch Origin
		/// Signed by anyone.
		///
		/// ## Errors
		/// `UnknownLot`, `LotNotOver`, `UnknownTitle`, `NoDeposit`, `TitleLocked` while it stands
		/// behind a debt.
		///
		/// ## Events
		/// `DepositReturned`.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::return_deposit())]
		pub fn return_deposit(origin: OriginFor<T>, lot: LotId, title: TitleId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_return_deposit(lot, title)
		}

		/// Offers a title at a fixed price. With `liens_hash` it is sold with these liens and its
		/// short days stay with the seller; without, only while it is clean.
		///
		/// ## Dispatch Origin
		/// Signed by the title's owner. Takes the deposit of an order. A trade of a part costs him
		/// what a split costs.
		///
		/// ## Errors
		/// `UnknownTitle`, `NotTitleOwner`, `TitleLocked`, `TitleNotClean`, `LiensDiffer`,
		/// `LotOver`, `ZeroUnits`, `TooManyUnits`, `ZeroPrice`, `PriceOverflow`, `BadExpiry`; the
		/// deposit cannot be held.
		///
		/// ## Events
		/// `OrderPlaced`.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::list())]
		pub fn list(
			origin: OriginFor<T>,
			series: SeriesId,
			title: TitleId,
			price_per_unit: UnitPrice,
			least_units: Units,
			liens_hash: Option<H256>,
			expires: Day,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_list(&who, series, title, price_per_unit, least_units, liens_hash, expires)
		}

		/// Buys units of a listed title, or of one at a falling price.
		///
		/// ## Dispatch Origin
		/// Signed. The buyer pays the price; the fee is a part of it.
		///
		/// ## Errors
		/// `UnknownOrder`, `WrongKindOfOrder`, `OrderExpired`, `OwnOrder`,
		/// `LotOver`, `LotSuspended`, `UnknownTitle`, `MakerNotOwner`, `TitleLocked`,
		/// `TitleNotClean`, `LiensDiffer`, `PaidUntilDiffers`, `ZeroUnits`, `TooFewUnits`,
		/// `TooManyUnits`, `PriceOverflow`, `PriceAboveLimit`; the seller cannot pay for the split
		/// or the buyer for the title.
		///
		/// ## Events
		/// `Traded`.
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::buy(MOST_POTS))]
		pub fn buy(
			origin: OriginFor<T>,
			series: SeriesId,
			order: OrderId,
			units: Units,
			expected: Expected,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let weight = T::WeightInfo::buy(Self::pots_of_order(series, order));
			weighing(weight, || Self::do_buy(&who, series, order, units, &expected))
		}

		/// Offers to buy clean titles of a series. The price is put on hold.
		///
		/// ## Dispatch Origin
		/// Signed. Takes the deposit of an order. The least balance of the stablecoin stays free.
		///
		/// ## Errors
		/// `UnknownLot`, `LotOver`, `ZeroUnits`, `TooManyUnits`, `ZeroPrice`, `PriceOverflow`,
		/// `BadExpiry`; the deposit or the price cannot be held.
		///
		/// ## Events
		/// `OrderPlaced`.
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::make_offer())]
		#[allow(clippy::too_many_arguments)]
		pub fn make_offer(
			origin: OriginFor<T>,
			series: SeriesId,
			units: Units,
			least_units: Units,
			price_per_unit: UnitPrice,
			least_backing_per_unit: UnitPrice,
			accept_suspended: bool,
			expires: Day,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			let offer = Offer {
				units,
				least_units,
				price_per_unit,
				least_backing_per_unit,
				accept_suspended,
			};
			Self::do_make_offer(&who, series, offer, expires)
		}

		/// Sells units of a title to an offer.
		///
		/// ## Dispatch Origin
		/// Signed by the title's owner. The fee is taken from the price. A part costs him what a
		/// split costs.
		///
		/// ## Errors
		/// `UnknownOrder`, `WrongKindOfOrder`, `OrderExpired`, `OwnOrder`, `LotOver`,
		/// `LotSuspended`, `UnknownTitle`, `NotTitleOwner`, `TitleLocked`, `TitleNotClean`,
		/// `ZeroUnits`, `TooFewUnits`, `TooManyUnits`, `BackingTooLow`, `ZeroPrice`,
		/// `PriceBelowLimit`.
		///
		/// ## Events
		/// `Traded`.
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::accept_offer(MOST_POTS))]
		pub fn accept_offer(
			origin: OriginFor<T>,
			series: SeriesId,
			order: OrderId,
			title: TitleId,
			units: Units,
			least_price: Balance,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let weight = T::WeightInfo::accept_offer(T::Rights::pots(series, title));
			weighing(weight, || {
				Self::do_accept_offer(&who, series, order, title, units, least_price)
			})
		}

		/// Opens an English auction of units of a clean title. They are cut off and locked.
		///
		/// ## Dispatch Origin
		/// Signed by the title's owner. Takes the deposit of an order; a part costs what a split
		/// costs.
		///
		/// ## Errors
		/// `UnknownTitle`, `NotTitleOwner`, `TitleLocked`, `TitleNotClean`, `LotOver`,
		/// `ZeroUnits`, `TooManyUnits`, `ZeroPrice`, `BadDuration`; the deposit cannot be held.
		///
		/// ## Events
		/// `OrderPlaced`.
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::open_auction(MOST_POTS))]
		pub fn open_auction(
			origin: OriginFor<T>,
			series: SeriesId,
			title: TitleId,
			units: Units,
			reserve: Balance,
			hours: u32,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let weight = T::WeightInfo::open_auction(T::Rights::pots(series, title));
			weighing(weight, || Self::do_open_auction(&who, series, title, units, reserve, hours))
		}

		/// Bids in an English auction. The amount is put on hold, the bid that it beats is
		/// released.
		///
		/// ## Dispatch Origin
		/// Signed. The least balance of the stablecoin stays free.
		///
		/// ## Errors
		/// `UnknownOrder`, `WrongKindOfOrder`, `AuctionEnded`, `OwnOrder`, `LotOver`,
		/// `LotSuspended`, `BidTooLow`; the amount cannot be held.
		///
		/// ## Events
		/// `BidPlaced`.
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::bid())]
		pub fn bid(
			origin: OriginFor<T>,
			series: SeriesId,
			order: OrderId,
			amount: Balance,
			accept_suspended: bool,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_bid(&who, series, order, amount, accept_suspended)
		}

		/// Settles an English auction that has ended: the best bidder gets the title, the seller
		/// the money. Without a bid the title is unlocked.
		///
		/// ## Dispatch Origin
		/// Signed by anyone.
		///
		/// ## Errors
		/// `UnknownOrder`, `WrongKindOfOrder`, `AuctionNotEnded`.
		///
		/// ## Events
		/// `Traded`, `AuctionCalledOff` or `OrderClosed`.
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::settle_auction(MOST_POTS))]
		pub fn settle_auction(
			origin: OriginFor<T>,
			series: SeriesId,
			order: OrderId,
		) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let weight = T::WeightInfo::settle_auction(Self::pots_of_order(series, order));
			weighing(weight, || Self::do_settle_auction(series, order))
		}

		/// Opens a Dutch auction of units of a clean title: the price falls in a straight line.
		/// They are cut off and locked; anyone buys parts by `buy`.
		///
		/// ## Dispatch Origin
		/// Signed by the title's owner. Takes the deposit of an order; a part costs what a split
		/// costs.
		///
		/// ## Errors
		/// `UnknownTitle`, `NotTitleOwner`, `TitleLocked`, `TitleNotClean`, `LotOver`,
		/// `ZeroUnits`, `TooManyUnits`, `ZeroPrice`, `FloorAboveStart`, `PriceOverflow`,
		/// `BadDuration`; the deposit cannot be held.
		///
		/// ## Events
		/// `OrderPlaced`.
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::open_dutch(MOST_POTS))]
		#[allow(clippy::too_many_arguments)]
		pub fn open_dutch(
			origin: OriginFor<T>,
			series: SeriesId,
			title: TitleId,
			units: Units,
			least_units: Units,
			start_per_unit: UnitPrice,
			floor_per_unit: UnitPrice,
			hours: u32,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let prices = (start_per_unit, floor_per_unit);
			let weight = T::WeightInfo::open_dutch(T::Rights::pots(series, title));
			weighing(weight, || {
				Self::do_open_dutch(&who, series, title, units, least_units, prices, hours)
			})
		}

		/// Offers days of a title for lease.
		///
		/// ## Dispatch Origin
		/// Signed by the title's owner. Takes the deposit of an order. A lease of a part costs him
		/// what a split costs.
		///
		/// ## Errors
		/// `UnknownTitle`, `NotTitleOwner`, `TitleLocked`, `LotOver`, `ZeroUnits`, `TooManyUnits`,
		/// `ZeroPrice`, `NoDays`, `BadExpiry`; the deposit cannot be held.
		///
		/// ## Events
		/// `OrderPlaced`.
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::offer_lease())]
		#[allow(clippy::too_many_arguments)]
		pub fn offer_lease(
			origin: OriginFor<T>,
			series: SeriesId,
			title: TitleId,
			days: Days,
			price_per_unit_day: UnitPrice,
			least_units: Units,
			expires: Day,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			let lease = Lease { title, days, price_per_unit_day, least_units };
			Self::do_offer_lease(&who, series, lease, expires)
		}

		/// Leases units of a title for the offered days that are still to come.
		///
		/// ## Dispatch Origin
		/// Signed. The lessee pays the price; the fee is a part of it.
		///
		/// ## Errors
		/// `UnknownOrder`, `WrongKindOfOrder`, `OrderExpired`, `OwnOrder`, `LotOver`,
		/// `LotSuspended`, `UnknownTitle`, `MakerNotOwner`, `TitleLocked`, `ZeroUnits`,
		/// `TooFewUnits`, `TooManyUnits`, `NoDays`, `PriceOverflow`, `PriceAboveLimit`; the days
		/// are not free or too few.
		///
		/// ## Events
		/// `Leased`.
		#[pallet::call_index(14)]
		#[pallet::weight(T::WeightInfo::take_lease(MOST_POTS))]
		pub fn take_lease(
			origin: OriginFor<T>,
			series: SeriesId,
			order: OrderId,
			units: Units,
			max_price: Balance,
			accept_suspended: bool,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let weight = T::WeightInfo::take_lease(Self::pots_of_order(series, order));
			weighing(weight, || {
				Self::do_take_lease(&who, series, order, units, max_price, accept_suspended)
			})
		}

		/// Closes an order; what it holds is released, its title unlocked, its deposit returned.
		///
		/// ## Dispatch Origin
		/// Signed by whoever placed it, or by anyone once it can no longer be taken: it has
		/// expired, its lot is over, or its title is another's.
		///
		/// ## Errors
		/// `UnknownOrder`, `NotOrderMaker`, `AuctionHasBid`.
		///
		/// ## Events
		/// `OrderClosed`.
		#[pallet::call_index(15)]
		#[pallet::weight(T::WeightInfo::close_order())]
		pub fn close_order(
			origin: OriginFor<T>,
			series: SeriesId,
			order: OrderId,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_close_order(&who, series, order)
		}

		/// Sets the fee of orders placed from now on.
		///
		/// ## Dispatch Origin
		/// `FeeOrigin`. At most a tenth of a per cent at once.
		///
		/// ## Errors
		/// `BadFee`.
		///
		/// ## Events
		/// `TradeFeeSet`.
		#[pallet::call_index(16)]
		#[pallet::weight(T::WeightInfo::set_trade_fee())]
		pub fn set_trade_fee(origin: OriginFor<T>, fee: Permill) -> DispatchResult {
			T::FeeOrigin::ensure_origin(origin)?;
			Self::do_set_trade_fee(fee)
		}
	}
}
