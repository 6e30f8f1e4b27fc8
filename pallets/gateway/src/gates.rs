//! What goes in and out, under which terms, and how much of it may be outstanding.

use crate::{
	pallet::*,
	types::{format_of, Address, Gate, GateTerms, Rate},
};
use dmex_addresses::{canonical, Format, Malformed};
use dmex_math::{backed_supply, Backing, Meter};
use dmex_primitives::{
	calendar::Calendar,
	coins::Coins,
	facts::{FactError, Priced, Prices},
	AssetId, Balance, PRICE_ONE, STABLE_DECIMALS,
};
use frame_support::{
	ensure,
	traits::{fungibles::Inspect, Get},
};
use sp_core::H256;
use sp_runtime::{DispatchError, Permill};

impl<T: Config> Pallet<T> {
	pub(crate) fn gate_of(asset: AssetId) -> Result<Gate, Error<T>> {
		Gates::<T>::get(asset).ok_or(Error::<T>::UnknownGate)
	}

	/// Asset of the stablecoin or of a coin.
	fn asset_of(of: Priced) -> Result<AssetId, Error<T>> {
		let asset = match of {
			Priced::Stable => Some(T::StableAsset::get()),
			Priced::Coin(coin) => T::Coins::coin(coin).map(|coin| coin.asset),
		};
		asset.filter(|asset| T::Assets::asset_exists(*asset)).ok_or(Error::<T>::UnknownCoin)
	}

	pub(crate) fn do_set_gate(of: Priced, terms: GateTerms) -> Result<AssetId, DispatchError> {
		let asset = Self::asset_of(of)?;
		ensure!(terms.withdrawal_fee < terms.least_withdrawal, Error::<T>::FeeNotBelowLeast);
		let least = 1..=terms.least_withdrawal;
		ensure!(least.contains(&terms.least_deposit), Error::<T>::LeastDepositOutOfRange);
		let old = Gates::<T>::get(asset);
		let same_network = old.as_ref().is_none_or(|old| old.terms.network == terms.network);
		ensure!(same_network, Error::<T>::NetworkFixed);
		let mut list = GateList::<T>::get();
		let others = list
			.iter()
			.filter(|other| **other != asset)
			.filter_map(Gates::<T>::get)
			.try_fold(terms.bond_share.deconstruct(), |sum, gate| {
				sum.checked_add(gate.terms.bond_share.deconstruct())
			});
		let all = others.is_some_and(|sum| sum <= Permill::one().deconstruct());
		ensure!(all, Error::<T>::BondSharesExceedAll);
		if old.is_none() {
			list.try_push(asset).map_err(|_| Error::<T>::TooManyGates)?;
			GateList::<T>::put(list);
			FlowsOf::<T>::mutate(asset, |flows| flows.base = T::Assets::total_issuance(asset));
		}
		Gates::<T>::insert(asset, Gate { of, terms });
		Ok(asset)
	}

	/// How the addresses of what is behind a gate are written.
	pub(crate) fn format_behind(gate: &Gate) -> Result<Format, Error<T>> {
		match gate.of {
			Priced::Stable => Ok(Format::Ethereum),
			Priced::Coin(coin) => {
				let coin = T::Coins::coin(coin).ok_or(Error::<T>::UnknownCoin)?;
				Ok(format_of(coin.address))
			},
		}
	}

	/// The one spelling of an address.
	pub(crate) fn canonical_address(gate: &Gate, text: &[u8]) -> Result<Address, Error<T>> {
		let format = Self::format_behind(gate)?;
		let text = canonical(format, gate.terms.network, text).map_err(|fault| match fault {
			Malformed::Length => Error::<T>::AddressLength,
			Malformed::Character => Error::<T>::AddressCharacter,
			Malformed::Checksum => Error::<T>::AddressChecksum,
			Malformed::OtherNetwork => Error::<T>::AddressOfOtherNetwork,
			Malformed::Kind => Error::<T>::AddressKind,
		})?;
		text.try_into().map_err(|_| Error::<T>::AddressLength)
	}

	/// Key of an address.
	pub(crate) fn hash_of(address: &[u8]) -> H256 {
		sp_io::hashing::blake2_256(address).into()
	}

	/// Most of an asset that may be outstanding for its backing: the unbonded part, or what the
	/// bonds are good for at fresh prices if that is more.
	///
	/// Errors: a price is missing or stale, so that only the unbonded part may be.
	pub(crate) fn backed(gate: &Gate) -> Result<Balance, FactError> {
		let bonds = Self::seated_bonds();
		let terms = Custodians::<T>::get().terms;
		let share = gate.terms.bond_share.deconstruct();
		if bonds == 0 || terms.multiple == 0 || share == 0 {
			return Ok(gate.terms.unbonded);
		}
		let backing = Backing { bonds, multiple: terms.multiple, share };
		let stable = |price| (price, STABLE_DECIMALS);
		let supply = match gate.of {
			Priced::Stable => backed_supply(backing, stable(PRICE_ONE), stable(PRICE_ONE)),
			Priced::Coin(coin) => {
				let decimals = T::Coins::coin(coin).map(|coin| coin.decimals);
				let decimals = decimals.ok_or(FactError::Missing)?;
				let price = T::Prices::price(gate.of)?;
				// A bond is never worth more than its face.
				let bond_price = T::Prices::price(Priced::Stable)?.min(PRICE_ONE);
				backed_supply(backing, stable(bond_price), (price, decimals))
			},
		};
		Ok(supply.max(gate.terms.unbonded))
	}

	/// Passes `amount` through a rate, or `None` if it must wait. Writes.
	pub(crate) fn spend(asset: AssetId, gate: &Gate, rate: Rate, amount: Balance) -> Option<()> {
		let spent = Self::meter(asset, rate).pass(
			amount,
			T::Calendar::now(),
			gate.terms.per_day(rate),
			T::Calendar::day_length(),
		)?;
		SpentOf::<T>::insert((asset, rate), crate::types::Spent::from(spent));
		Some(())
	}

	pub(crate) fn meter(asset: AssetId, rate: Rate) -> Meter {
		SpentOf::<T>::get((asset, rate)).into()
	}
}
