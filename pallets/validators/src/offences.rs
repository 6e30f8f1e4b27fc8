//! Offences: who pays what, once.
//!
//! pallet-offences calls the handler for every new offender of a slot with *all* offenders of that
//! (kind, slot) and the fraction that their number makes. What earlier ones have paid must be taken
//! off, but the handler is told neither kind nor slot. The session is no substitute: two kinds, or
//! two slots, of one session are two offences; and one slot can be reported under two sessions,
//! since a GRANDPA set outlives a session and the reporter chooses the session of the key proof.
//! Hence [`ReportWithSlot`], through which every reporter reports: it notes kind and slot for the
//! handler. A report that does not come through it is taken as one offence per session.

use crate::{
	BondsAt, Candidates, Cause, Charge, Charges, Config, CurrentOffence, Event, HoldReason,
	Leaving, OffenceId, Pallet, Standing, Totals, WeightInfo, LOG_TARGET,
};
use alloc::vec::Vec;
use codec::Encode;
use core::marker::PhantomData;
use dmex_primitives::Balance;
use frame_support::{
	traits::{fungible::BalancedHold, Get, Imbalance, OnUnbalanced},
	weights::Weight,
};
use sp_io::hashing::blake2_256;
use sp_runtime::Perbill;
use sp_staking::{
	offence::{
		Kind, Offence, OffenceDetails, OffenceError, OffenceSeverity, OnOffenceHandler,
		ReportOffence,
	},
	SessionIndex,
};

/// Who is reported: `historical::IdentificationTuple` with nothing but the account in it.
pub type Offender<T> = (<T as frame_system::Config>::AccountId, ());

/// Kind of the offences that come without one.
const UNKNOWN_KIND: Kind = *b"validators:other";

/// Reports to `Inner` (pallet-offences), and tells [`Pallet`] of which kind and slot the report is.
///
/// For everything that takes a `ReportOffence`, such as the equivocation report systems of GRANDPA
/// and of the oracle.
pub struct ReportWithSlot<T, Inner>(PhantomData<(T, Inner)>);

impl<T, Reporter, O, Inner> ReportOffence<Reporter, Offender<T>, O> for ReportWithSlot<T, Inner>
where
	T: Config,
	O: Offence<Offender<T>>,
	Inner: ReportOffence<Reporter, Offender<T>, O>,
{
	fn report_offence(reporters: Vec<Reporter>, offence: O) -> Result<(), OffenceError> {
		CurrentOffence::<T>::put(offence_id(&O::ID, &offence.slot()));
		let reported = Inner::report_offence(reporters, offence);
		CurrentOffence::<T>::kill();
		reported
	}

	fn is_known_offence(offenders: &[Offender<T>], slot: &O::Slot) -> bool {
		Inner::is_known_offence(offenders, slot)
	}
}

/// Name of an offence: what pallet-offences calls concurrent has one name.
pub(crate) fn offence_id(kind: &Kind, slot: &impl Encode) -> OffenceId {
	(kind, slot).using_encoded(blake2_256)
}

impl<T: Config> OnOffenceHandler<T::AccountId, Offender<T>, Weight> for Pallet<T> {
	fn on_offence(
		offenders: &[OffenceDetails<T::AccountId, Offender<T>>],
		fractions: &[Perbill],
		session: SessionIndex,
	) -> Weight {
		let offence =
			CurrentOffence::<T>::get().unwrap_or_else(|| offence_id(&UNKNOWN_KIND, &session));
		for (details, fraction) in offenders.iter().zip(fractions) {
			Self::punish(offence, &details.offender.0, *fraction, session);
		}
		let count = u32::try_from(offenders.len()).unwrap_or(u32::MAX);
		<T as Config>::WeightInfo::on_offence(count)
	}
}

impl<T: Config> Pallet<T> {
	fn punish(
		offence: OffenceId,
		who: &T::AccountId,
		fraction: Perbill,
		reported_session: SessionIndex,
	) {
		// The first report fixes what fractions are taken of and how long the offence is open.
		let Some(charge) = Charges::<T>::get(offence, who).or_else(|| {
			let basis = Self::bond_at(reported_session, who)?;
			Some(Charge { session: reported_session, basis, paid: 0 })
		}) else {
			log::warn!(
				target: LOG_TARGET,
				"{who:?} had no bond in session {reported_session} that is still known",
			);
			return;
		};
		if fraction.is_zero() || Self::is_closed(charge.session) {
			return;
		}

		let due = owed(fraction, charge.basis).saturating_sub(charge.paid);
		let amount = Self::slash(who, due);
		if amount > 0 {
			let session = charge.session;
			let paid = charge.paid.saturating_add(amount);
			Charges::<T>::insert(offence, who, Charge { paid, ..charge });
			Self::deposit_event(Event::Slashed { who: who.clone(), offence, session, amount });
		}
		Self::eject_if_bond_too_small(who);
		pallet_session::Pallet::<T>::report_offence(who.clone(), OffenceSeverity(fraction));
	}

	/// Whether bonds of `session` may have been withdrawn already.
	fn is_closed(session: SessionIndex) -> bool {
		let current = pallet_session::Pallet::<T>::current_index();
		session.saturating_add(T::UnbondingSessions::get()) < current
	}

	/// What `who` had at stake when `session` began, if it was a validator then.
	fn bond_at(session: SessionIndex, who: &T::AccountId) -> Option<Balance> {
		BondsAt::<T>::get(session)?
			.into_iter()
			.find(|(validator, _)| validator == who)
			.map(|(_, bond)| bond)
	}

	/// Takes up to `due` of what `who` has at stake now, and answers what was taken.
	fn slash(who: &T::AccountId, due: Balance) -> Balance {
		let due = due.min(Self::at_stake(who));
		if due == 0 {
			return 0;
		}
		let (credit, _) = T::NativeBalance::slash(&HoldReason::Bond.into(), who, due);
		let taken = credit.peek();
		if let Some(mut candidate) = Candidates::<T>::get(who) {
			candidate.bond = candidate.bond.saturating_sub(taken);
			Candidates::<T>::insert(who, candidate);
		} else if let Some(mut unbonding) = Leaving::<T>::get(who) {
			unbonding.amount = unbonding.amount.saturating_sub(taken);
			Leaving::<T>::insert(who, unbonding);
		}
		Totals::<T>::mutate(|totals| totals.slashed = totals.slashed.saturating_add(taken));
		T::Slashed::on_unbalanced(credit);
		taken
	}

	fn eject_if_bond_too_small(who: &T::AccountId) {
		let too_small = Candidates::<T>::get(who).is_some_and(|candidate| {
			candidate.standing == Standing::Admitted && candidate.bond < T::MinBond::get()
		});
		if too_small {
			Self::eject(who, Cause::BondTooSmall);
		}
	}
}

/// A fraction of a bond, rounded up: against the offender.
fn owed(fraction: Perbill, basis: Balance) -> Balance {
	fraction.mul_ceil(basis)
}
