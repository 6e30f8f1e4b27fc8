//! Seats: who has one, who may get one, who may give it up, and the set that follows from them.

use crate::{
	plan, Candidates, Cause, Config, Error, Event, MinValidators, Pallet, Plan, Seat, Seats,
	Standing,
};
use alloc::vec::Vec;
use frame_support::{ensure, traits::Get};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	pub(crate) fn seat_at_genesis(validators: &[T::AccountId]) -> DispatchResult {
		let minimum = u32::try_from(validators.len()).map_err(|_| Error::<T>::SeatsFull)?;
		for who in validators {
			Self::ensure_may_register(who, T::MinBond::get())?;
			Self::do_register(who, T::MinBond::get())?;
			// Keys come with the genesis of pallet-session, which is built later.
			Self::do_admit(who)?;
		}
		MinValidators::<T>::put(minimum);
		Ok(())
	}

	pub(crate) fn ensure_may_be_admitted(who: &T::AccountId) -> DispatchResult {
		let candidate = Candidates::<T>::get(who).ok_or(Error::<T>::NotCandidate)?;
		ensure!(candidate.standing != Standing::Admitted, Error::<T>::AlreadyAdmitted);
		ensure!(Self::is_keyed(who), Error::<T>::KeysMissing);
		// It may have been slashed since it registered.
		ensure!(candidate.bond >= T::MinBond::get(), Error::<T>::BondTooSmall);
		Ok(())
	}

	pub(crate) fn do_admit(who: &T::AccountId) -> DispatchResult {
		let mut candidate = Candidates::<T>::get(who).ok_or(Error::<T>::NotCandidate)?;
		let mut seats = Seats::<T>::get();
		if let Err(place) = seats.binary_search(who) {
			if seats.try_insert(place, who.clone()).is_err() {
				// A seat that is being vacated must not keep out its replacement.
				Self::unseat(&Self::poorest_outgoing().ok_or(Error::<T>::SeatsFull)?);
				seats = Seats::<T>::get();
				let place = seats.binary_search(who).err().unwrap_or(seats.len());
				seats.try_insert(place, who.clone()).map_err(|_| Error::<T>::SeatsFull)?;
			}
		}
		candidate.standing = Standing::Admitted;
		candidate.silent_for = 0;
		Seats::<T>::put(seats);
		Candidates::<T>::insert(who, candidate);
		Ok(())
	}

	/// Whether a set with the genesis number of validators, all with keys, remains without `who`.
	///
	/// An admitted one must leave enough admitted ones behind: its going brings nobody back who
	/// was ejected. An outgoing one may go unless it is needed to fill up.
	pub(crate) fn ensure_may_leave(who: &T::AccountId) -> DispatchResult {
		let candidate = Candidates::<T>::get(who).ok_or(Error::<T>::NotCandidate)?;
		if candidate.standing == Standing::Waiting || !Self::is_keyed(who) {
			return Ok(());
		}
		let enough = match candidate.standing {
			Standing::Admitted => Self::can_spare(who),
			_ => Self::seated_besides(who, true) >= Self::minimum(),
		};
		ensure!(enough, Error::<T>::TooFewValidators);
		Ok(())
	}

	/// Whether the admitted ones besides `who` are a set of the minimum number.
	pub(crate) fn can_spare(who: &T::AccountId) -> bool {
		Self::seated_besides(who, false) >= Self::minimum()
	}

	/// Tells an admitted validator to go. Its seat goes with the next plan that can do without it.
	pub(crate) fn eject(who: &T::AccountId, cause: Cause) {
		Self::set_standing(who, Standing::Outgoing);
		Self::deposit_event(Event::Ejected { who: who.clone(), cause });
	}

	/// Takes the seat of an outgoing validator, which stays a candidate.
	pub(crate) fn unseat(who: &T::AccountId) {
		Self::drop_seat(who);
		Self::set_standing(who, Standing::Waiting);
		Self::deposit_event(Event::Unseated { who: who.clone() });
	}

	pub(crate) fn drop_seat(who: &T::AccountId) {
		Seats::<T>::mutate(|seats| seats.retain(|seated| seated != who));
	}

	/// The set that the seats of now would make.
	pub(crate) fn plan() -> Plan<T::AccountId> {
		plan(&Self::seats(), Self::minimum())
	}

	pub(crate) fn minimum() -> usize {
		usize::try_from(MinValidators::<T>::get()).unwrap_or(usize::MAX)
	}

	pub(crate) fn is_keyed(who: &T::AccountId) -> bool {
		pallet_session::NextKeys::<T>::contains_key(who)
	}

	/// Seats with what [`plan`] needs to know. At most `MaxValidators`.
	pub(crate) fn seats() -> Vec<Seat<T::AccountId>> {
		Seats::<T>::get()
			.into_iter()
			.filter_map(|who| {
				let candidate = Candidates::<T>::get(&who)?;
				let keyed = Self::is_keyed(&who);
				Some(Seat { who, standing: candidate.standing, bond: candidate.bond, keyed })
			})
			.collect()
	}

	fn seated_besides(who: &T::AccountId, with_outgoing: bool) -> usize {
		Self::seats()
			.iter()
			.filter(|seat| seat.keyed && &seat.who != who)
			.filter(|seat| with_outgoing || seat.standing == Standing::Admitted)
			.count()
	}

	fn poorest_outgoing() -> Option<T::AccountId> {
		Self::seats()
			.into_iter()
			.filter(|seat| seat.standing == Standing::Outgoing)
			.min_by_key(|seat| seat.bond)
			.map(|seat| seat.who)
	}

	fn set_standing(who: &T::AccountId, standing: Standing) {
		Candidates::<T>::mutate(who, |candidate| {
			if let Some(candidate) = candidate {
				candidate.standing = standing;
			}
		});
	}
}
