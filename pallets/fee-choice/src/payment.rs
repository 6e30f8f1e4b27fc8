//! What transaction payment asks: taking a fee, and giving back what was not used.

use crate::pallet::*;
use core::marker::PhantomData;
use dmex_primitives::Balance;
use frame_support::{storage::with_storage_layer, unsigned::TransactionValidityError};
use pallet_transaction_payment::{OnChargeTransaction, TxCreditHold};
use sp_runtime::{
	traits::{DispatchInfoOf, PostDispatchInfoOf},
	DispatchError,
};

/// Takes fees through `Inner`, in DMEX. For an account that chose so, the DMEX are bought first.
pub struct PayAsChosen<Inner>(PhantomData<Inner>);

impl<T, Inner> TxCreditHold<T> for PayAsChosen<Inner>
where
	T: pallet_transaction_payment::Config,
	Inner: TxCreditHold<T>,
{
	type Credit = Inner::Credit;
}

impl<T, Inner> OnChargeTransaction<T> for PayAsChosen<Inner>
where
	T: Config + pallet_transaction_payment::Config,
	Inner: OnChargeTransaction<T, Balance = Balance>,
{
	type Balance = Balance;
	type LiquidityInfo = Inner::LiquidityInfo;

	fn withdraw_fee(
		who: &T::AccountId,
		call: &T::RuntimeCall,
		info: &DispatchInfoOf<T::RuntimeCall>,
		fee_with_tip: Balance,
		tip: Balance,
	) -> Result<Self::LiquidityInfo, TransactionValidityError> {
		let take = || Inner::withdraw_fee(who, call, info, fee_with_tip, tip);
		let Some(terms) = Pallet::<T>::terms_of(who).filter(|_| fee_with_tip > 0) else {
			return take();
		};
		let Some(price) = Pallet::<T>::price_of(who, &terms, fee_with_tip) else {
			return take();
		};
		// Bought and taken, or nothing at all. What was bought is free to be taken unless more is
		// frozen than the account has.
		let bought = with_storage_layer(|| {
			Pallet::<T>::buy(who, &terms, fee_with_tip, price)?;
			take().map_err(|_| DispatchError::Unavailable)
		});
		bought.or_else(|_| take())
	}

	fn can_withdraw_fee(
		who: &T::AccountId,
		call: &T::RuntimeCall,
		info: &DispatchInfoOf<T::RuntimeCall>,
		fee_with_tip: Balance,
		tip: Balance,
	) -> Result<(), TransactionValidityError> {
		let terms = Pallet::<T>::terms_of(who).filter(|_| fee_with_tip > 0);
		let price = terms.and_then(|terms| Pallet::<T>::price_of(who, &terms, fee_with_tip));
		match price {
			Some(_) => Ok(()),
			None => Inner::can_withdraw_fee(who, call, info, fee_with_tip, tip),
		}
	}

	fn correct_and_deposit_fee(
		who: &T::AccountId,
		info: &DispatchInfoOf<T::RuntimeCall>,
		post_info: &PostDispatchInfoOf<T::RuntimeCall>,
		corrected_fee_with_tip: Balance,
		tip: Balance,
		taken: Self::LiquidityInfo,
	) -> Result<(), TransactionValidityError> {
		let corrected = corrected_fee_with_tip;
		Inner::correct_and_deposit_fee(who, info, post_info, corrected, tip, taken)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn endow_account(who: &T::AccountId, amount: Balance) {
		Inner::endow_account(who, amount)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn minimum_balance() -> Balance {
		Inner::minimum_balance()
	}
}
