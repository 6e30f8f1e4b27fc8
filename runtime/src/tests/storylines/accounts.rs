//! Whose a pool account is, and what it backs.

use super::{mine::*, steps::*};
use crate::{tests::harness::*, *};
use dmex_primitives::lots::LotStatus;
use pallet_pool_oracle::Error as Oracle;

/// A payout address on OCEAN; whose it is, nobody needs to prove there.
const ADDRESS: &str = "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq";

#[test]
fn an_account_backs_one_open_lot() {
	storyline(genesis::LOCAL, || {
		let farm = open_farm(Eve, &[BTC]);
		propose(Eve, terms(farm, "aurora")).expect("a free account");
		for spelling in ["aurora", "Aurora", "AURORA"] {
			refused(propose(Eve, terms(farm, spelling)), Refusal::AccountBacksOpenLot);
		}
		assert_eq!(pallet_hashpower::NextLot::<Runtime>::get(), 1, "nothing is left of them");
		let pool_user = "aurora.worker1";
		refused(propose(Eve, terms(farm, pool_user)), Oracle::<Runtime>::NameImpossible);
		propose(Eve, terms(farm, "aurora_2")).expect("another account");

		// Through all states up to the lot's end.
		pay_ahead(Eve, 0);
		audit(0, true);
		refused(propose(Eve, terms(farm, "aurora")), Refusal::AccountBacksOpenLot);
		submit(Ferdie, pallet_hashpower::Call::activate { lot: 0 }).expect("it is ready");
		refused(propose(Eve, terms(farm, "aurora")), Refusal::AccountBacksOpenLot);
		block(|| root(pallet_hashpower::Call::suspend { lot: 0 })).expect("Root may");
		refused(propose(Eve, terms(farm, "aurora")), Refusal::AccountBacksOpenLot);
		block(|| root(pallet_hashpower::Call::terminate { lot: 0 })).expect("Root may");
		propose(Eve, terms(farm, "aurora")).expect("the account is free again");
		assert_eq!(lot(2).account, lot(0).account, "and the same");
		assert_eq!(Hashpower::lot_of_account(lot(0).account), Some(2));
	});
}

#[test]
fn an_account_is_its_providers_for_ever() {
	storyline(genesis::LOCAL, || {
		let eve = open_farm(Eve, &[BTC, BCH]);
		let ferdie = open_farm(Ferdie, &[BTC]);
		propose(Eve, terms(eve, "aurora")).expect("a free account");
		refused(propose(Ferdie, terms(ferdie, "Aurora")), Oracle::<Runtime>::AccountOfOther);
		refused(propose(Ferdie, terms(eve, "borealis")), Refusal::NotFarmOwner);

		// Even when nothing is open on it any more.
		audit(0, false);
		assert_eq!(lot(0).status, LotStatus::Rejected);
		refused(propose(Ferdie, terms(ferdie, "aurora")), Oracle::<Runtime>::AccountOfOther);

		// The same name at another pool is another account; for another coin it is not.
		let elsewhere =
			|source| pallet_hashpower::types::LotTerms { source, ..terms(ferdie, "aurora") };
		propose(Ferdie, elsewhere(F2POOL)).expect("another account");
		let own = pallet_hashpower::types::LotTerms { source: F2POOL, ..terms(eve, "eve") };
		propose(Eve, own.clone()).expect("another account");
		let cash = pallet_hashpower::types::LotTerms { coin: BCH, ..own };
		refused(propose(Eve, cash), Oracle::<Runtime>::AccountMinesOther);
	});
}

#[test]
fn only_what_a_pool_can_carry_is_bound() {
	storyline(genesis::LOCAL, || {
		let farm = open_farm(Eve, &[BTC, BCH]);
		let at = |source, coin, account: &str| pallet_hashpower::types::LotTerms {
			source,
			coin,
			..terms(farm, account)
		};
		for (lot, error) in [
			(at(99, BTC, "aurora"), Oracle::<Runtime>::SourceUnknown),
			(at(BITCOIN_CORE, BTC, "aurora"), Oracle::SourceWithoutAccounts),
			(at(BRAIINS, BCH, "aurora"), Oracle::CoinNotMinedThere),
			(at(OCEAN, BTC, "aurora"), Oracle::NameImpossible),
			(at(OCEAN, BCH, ADDRESS), Oracle::CoinNotMinedThere),
		] {
			refused(propose(Eve, lot), error);
		}
		block(|| root(pallet_pool_oracle::Call::close_source { source: F2POOL }))
			.expect("Root may");
		refused(propose(Eve, at(F2POOL, BTC, "aurora")), Oracle::<Runtime>::SourceClosed);
		assert_eq!(pallet_pool_oracle::NextAccount::<Runtime>::get(), 0, "nothing was bound");
	});
}

#[test]
fn a_strangers_account_is_never_ready() {
	use pallet_gateway::Error as Gate;
	storyline(genesis::LOCAL, || {
		// Anybody can name an address that others mine to, but only his own becomes a lot's.
		let farm = open_farm(Eve, &[BTC]);
		let own = |lot| submit(Eve, pallet_gateway::Call::request_lot_address { lot });
		let lent = pallet_hashpower::types::LotTerms { source: OCEAN, ..terms(farm, ADDRESS) };
		propose(Eve, lent).expect("possible terms");
		post_addresses(COIN, &["3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", ADDRESS]);
		refused(own(0), Gate::<Runtime>::NameNotOwnAddress);

		// Nor is any other account of his that others mine for, measured like any account.
		let day = Periods::today();
		propose(Eve, terms(farm, "stranger")).expect("possible terms");
		let account = lot(1).account;
		let activate = || submit(Ferdie, pallet_hashpower::Call::activate { lot: 1 });
		audit(1, true);
		agree_day(account, day, worked(PETAHASH));
		refused(activate(), Gate::<Runtime>::NoDepositAddress);

		// The lot has its own address, but what is mined goes where the stranger wants it.
		read_network();
		own(1).expect("one is free");
		let day = Periods::today();
		for day in day..day + 7 {
			report(1, day, PETAHASH);
			assert_eq!(PoolOracle::measured_power(account, day), Some(PETAHASH));
			refused(activate(), Gate::<Runtime>::PayoutNotArrived);
		}
		assert_eq!(Gateway::effective_power(account, day), Some(0), "nothing came in five days");
		refused(issue(Eve, 1, 1, Ferdie), Refusal::LotNotActive);
		assert_eq!(lot(1).status, LotStatus::Approved);

		// Paying a little to the address makes it ready, and still nothing stands behind titles.
		let least = Gateway::gate(COIN).expect("bitcoin's").terms.least_deposit;
		arrive(1, least);
		activate().expect("something has arrived");
		assert_eq!(Hashpower::issue_limit(1).expect("a lot").measured.limit, Some(0));
		refused(issue(Eve, 1, 1, Ferdie), Refusal::IssueLimitExceeded);
	});
}

#[test]
fn an_account_that_is_an_address_backs_a_lot_once_it_is_its_providers() {
	storyline(genesis::LOCAL, || {
		post_addresses(COIN, &[ADDRESS]);
		submit(Eve, pallet_gateway::Call::request_address { asset: COIN }).expect("one is free");
		let farm = open_farm(Eve, &[BTC]);
		let terms = pallet_hashpower::types::LotTerms {
			source: OCEAN,
			payout: pallet_hashpower::types::Payout::Pplns,
			..terms(farm, ADDRESS)
		};
		let first = Periods::today();
		let id = open_lot(Eve, terms);
		assert_eq!(Gateway::address_of_lot(id).expect("its own").to_vec(), ADDRESS.as_bytes());
		for day in first..first + 4 {
			report(id, day, PETAHASH);
		}
		issue(Eve, id, 970_000, Ferdie).expect("measured, audited and paid");
	});
}
