//! What anyone may read of providers, farms and lots.

use crate::{
	types::{FarmView, IssueLimit, LotSummary, ProviderView},
	AllLots, Config, Farms, FarmsOf, LotsOf, Pallet, Providers,
};
use dmex_primitives::{FarmId, LotId, Power};

impl<T: Config> Pallet<T> {
	pub(crate) fn view_provider(who: &T::AccountId) -> Option<ProviderView> {
		let provider = Providers::<T>::get(who)?;
		Some(ProviderView { provider, farms: FarmsOf::<T>::get(who).into_inner() })
	}

	pub(crate) fn view_farm(id: FarmId) -> Option<FarmView<T::AccountId>> {
		let farm = Farms::<T>::get(id)?;
		let lots = LotsOf::<T>::get(id).into_iter().filter_map(Self::summary).collect();
		Some(FarmView { farm, lots })
	}

	fn summary(id: LotId) -> Option<LotSummary> {
		let lot = AllLots::<T>::get(id)?;
		Some(LotSummary {
			lot: id,
			status: lot.status,
			coin: lot.terms.coin,
			model: lot.terms.model,
			millicents_per_kwh: lot.terms.millicents_per_kwh,
			source: lot.terms.source,
			account_name: lot.terms.account,
			account: lot.account,
			audited: lot.terms.power,
			issued: lot.issued,
			latest: Self::latest(lot.account),
		})
	}

	pub(crate) fn view_issue_limit(id: LotId) -> Option<IssueLimit> {
		let lot = AllLots::<T>::get(id)?;
		let measured = Self::measured(&lot);
		let room_on_source = Self::room_on_source(lot.terms.coin, lot.terms.source);
		let may_issue = Self::ensure_may_issue(id, &lot).is_ok();
		let ceiling = lot.terms.power.min(measured.limit.unwrap_or_default());
		let left = ceiling.saturating_sub(lot.issued).min(room_on_source.unwrap_or(Power::MAX));
		Some(IssueLimit {
			audited: lot.terms.power,
			measured,
			room_on_source,
			issued: lot.issued,
			may_issue,
			available: if may_issue { left } else { Power::MIN },
		})
	}
}
