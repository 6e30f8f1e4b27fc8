//! What happens by itself, in what a block leaves over: lots are visited, titles are paid.

use crate::{
	types::{least_payout, TitleBook, LOTS_PER_BLOCK, PAYOUT_DAYS},
	ActiveLots, Config, LotAfter, Pallet, PayerRound, TitleBooks, WeightInfo,
};
use dmex_primitives::{
	calendar::Calendar, coins::Coins, lots::Lots, titles::Titles, AssetId, Balance, CoinAmount,
	LotId, SeriesId, TitleId,
};
use frame_support::{
	traits::Get,
	weights::{Weight, WeightMeter},
};
use sp_runtime::traits::Convert;

impl<T: Config> Pallet<T> {
	/// Visits lots and pays titles within `left`, never more than the pallet's own ceiling.
	pub(crate) fn work(left: Weight) -> Weight {
		let mut meter = WeightMeter::with_limit(left.min(T::IdleWeight::get()));
		if meter.try_consume(T::WeightInfo::begin_work()).is_err() {
			return Weight::zero();
		}
		Self::visit_lots(&mut meter);
		Self::pay_titles(&mut meter);
		meter.consumed()
	}

	/// Visits the next lots, each once, round and round.
	fn visit_lots(meter: &mut WeightMeter) {
		let first = LotAfter::<T>::get();
		let mut last = first;
		let mut turned = first.is_none();
		// Finding the next lot reads one key.
		let weight = T::WeightInfo::visit().saturating_add(T::DbWeight::get().reads(1));
		for _ in 0..LOTS_PER_BLOCK {
			if !meter.can_consume(weight) {
				break;
			}
			let mut next = Self::lot_after(last);
			if next.is_none() && !turned {
				turned = true;
				next = Self::lot_after(None);
			}
			let Some(lot) = next else {
				// A whole round: the next block begins anew.
				last = None;
				break;
			};
			meter.consume(weight);
			Self::visit(lot);
			last = Some(lot);
			if last == first {
				break;
			}
		}
		LotAfter::<T>::set(last);
	}

	fn lot_after(lot: Option<LotId>) -> Option<LotId> {
		match lot {
			None => ActiveLots::<T>::iter_keys().next(),
			Some(lot) => {
				ActiveLots::<T>::iter_keys_from(ActiveLots::<T>::hashed_key_for(lot)).next()
			},
		}
	}

	/// Goes on with the round of titles, or begins one if the last began a payout period ago.
	fn pay_titles(meter: &mut WeightMeter) {
		let mut round = PayerRound::<T>::get();
		let today = T::Calendar::today();
		if !round.running {
			if today < round.began.saturating_add(PAYOUT_DAYS) {
				return;
			}
			round.began = today;
			round.after = None;
			round.running = true;
		}
		let mut keys = match round.after {
			None => TitleBooks::<T>::iter_keys(),
			Some((series, title)) => {
				TitleBooks::<T>::iter_keys_from(TitleBooks::<T>::hashed_key_for(series, title))
			},
		};
		// The dearest visit has to fit, so that no title is left out for what it costs.
		while meter.can_consume(T::WeightInfo::pay(crate::types::MAX_LIENS)) {
			// Part of the weight of looking and of paying.
			let Some((series, title)) = keys.next() else {
				round.running = false;
				round.after = None;
				break;
			};
			meter.consume(Self::pay_by_itself(series, title));
			round.after = Some((series, title));
		}
		PayerRound::<T>::put(round);
	}

	/// Pays a title and its liens if there is enough to pay, and answers what that weighed.
	pub(crate) fn pay_by_itself(series: SeriesId, id: TitleId) -> Weight {
		let looked = T::WeightInfo::look();
		let Some((title, mut ledger)) = Self::title_and_ledger(series, id) else { return looked };
		let owner = T::Titles::title(series, id).map(|(owner, _)| owner);
		let least = Self::least_payout_of(series);
		let is_worth = Self::unpaid_of_title(&mut ledger, &title)
			.is_some_and(|claim| claim.coin >= least || !claim.awards.is_empty());
		let owner = owner.filter(|_| is_worth);
		if owner.is_none() && !Self::has_lien_to_pay(series, &title) {
			return looked;
		}
		let fee = |asset: AssetId, amount: Balance| Self::fee_of(asset, amount);
		let drawn = Self::pay_rights(series, id, owner.as_ref(), fee);
		T::WeightInfo::pay(drawn)
	}

	/// Whether a lien of the title was not drawn for a payout period.
	fn has_lien_to_pay(series: SeriesId, title: &TitleBook<T::AccountId>) -> bool {
		let today = T::Calendar::today();
		title.liens.iter().any(|lien| {
			crate::Pots::<T>::get(series, &lien.holder)
				.is_some_and(|pot| today >= pot.drawn_on.saturating_add(PAYOUT_DAYS))
		})
	}

	/// What paying by itself costs, at most a hundredth of what is paid.
	fn fee_of(asset: AssetId, amount: Balance) -> Balance {
		let most = amount.checked_div(100).unwrap_or_default();
		T::PayoutFee::convert((asset, T::WeightInfo::pay(0))).min(most)
	}

	/// Least that the payer pays of a lot's coin by itself.
	pub(crate) fn least_payout_of(lot: LotId) -> CoinAmount {
		T::Lots::lot(lot)
			.and_then(|info| T::Coins::coin(info.coin))
			.map(|coin| least_payout(coin.decimals))
			.unwrap_or(CoinAmount::MAX)
	}
}
