use crate::{mock::*, types::Claim, Error, Event, HoldReason};
use frame_support::{assert_noop, assert_ok};

fn claims(list: &[(u32, u128)]) -> crate::types::Claims {
	list.iter()
		.map(|(coin, power)| Claim { coin: *coin, power: *power })
		.collect::<Vec<_>>()
		.try_into()
		.unwrap()
}

fn signed(who: dmex_primitives::AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

#[test]
fn a_provider_registers_once_for_a_deposit() {
	build_and_execute(|| {
		assert_ok!(Hashpower::register_provider(signed(carol()), text("C"), text("")));
		assert_eq!(held(&carol(), HoldReason::Registration), PROVIDER_DEPOSIT);
		System::assert_last_event(Event::ProviderRegistered { provider: carol() }.into());
		assert_noop!(
			Hashpower::register_provider(signed(carol()), text("C"), text("")),
			Error::<Test>::ProviderRegisteredAlready
		);
		assert!(Hashpower::register_provider(signed(poor()), text("P"), text("")).is_err());
	});
}

#[test]
fn a_provider_has_a_name() {
	build_and_execute(|| {
		assert_noop!(
			Hashpower::register_provider(signed(carol()), text(""), text("")),
			Error::<Test>::EmptyName
		);
	});
}

#[test]
fn a_farm_claims_power_by_coin() {
	build_and_execute(|| {
		assert_ok!(Hashpower::register_farm(
			signed(alice()),
			text("Ordos"),
			claims(&[(BTC, 5), (FIL, 9)])
		));
		System::assert_last_event(Event::FarmRegistered { farm: 2, provider: alice() }.into());
		let view = Hashpower::farm(2).unwrap();
		assert_eq!(view.farm.claims.to_vec(), claims(&[(BTC, 5), (FIL, 9)]).to_vec());
		assert_eq!(view.lots, vec![]);
		assert_eq!(Hashpower::provider(alice()).unwrap().farms, vec![0, 2]);
		assert_eq!(held(&alice(), HoldReason::Registration), PROVIDER_DEPOSIT + 2 * FARM_DEPOSIT);
	});
}

#[test]
fn a_farm_with_impossible_claims_is_refused() {
	build_and_execute(|| {
		for (list, error) in [
			(vec![], Error::<Test>::NoClaims),
			(vec![(BTC, 0)], Error::ZeroPower),
			(vec![(77, 1)], Error::UnknownCoin),
			(vec![(BTC, 1), (BTC, 1)], Error::DuplicateClaim),
		] {
			assert_noop!(
				Hashpower::register_farm(signed(alice()), text("X"), claims(&list)),
				error
			);
		}
		assert_noop!(
			Hashpower::register_farm(signed(alice()), text(""), claims(&[(BTC, 1)])),
			Error::<Test>::EmptyName
		);
	});
}

#[test]
fn only_providers_have_farms_and_not_too_many() {
	build_and_execute(|| {
		let register = |who| Hashpower::register_farm(signed(who), text("X"), claims(&[(BTC, 1)]));
		assert_noop!(register(carol()), Error::<Test>::UnknownProvider);
		assert_ok!(register(alice()));
		assert_ok!(register(alice()));
		assert_noop!(register(alice()), Error::<Test>::TooManyFarms);
	});
}
