//! What storylines are made of.

use crate::{tests::harness::*, *};
use dmex_primitives::{
	facts::{DayReading, Feed, Reading},
	CoinId, Day, FarmId, LotId, PoolAccountId, Power, SourceId, TitleId,
};
use frame_support::BoundedVec;
use pallet_hashpower::types::{Claim, Lot, LotTerms, Payout, SaleModel};
use sp_core::H256;
use sp_keyring::Sr25519Keyring;
use sp_runtime::{DispatchError, DispatchResult, Permill};

/// Validators of the preset `local`.
pub const VALIDATORS: [Sr25519Keyring; 4] = [Alice, Bob, Charlie, Dave];

pub const BTC: CoinId = 0;
pub const BCH: CoinId = 1;

pub const BRAIINS: SourceId = 0;
pub const F2POOL: SourceId = 1;
pub const OCEAN: SourceId = 4;
pub const BITCOIN_CORE: SourceId = 6;

/// Power of the lots here: 1 PH/s in GH/s.
pub const PETAHASH: Power = 1_000_000;

/// What a refused call answers.
pub type Refusal = pallet_hashpower::Error<Runtime>;

/// Asserts that a call was refused with this error.
#[track_caller]
pub fn refused(result: DispatchResult, error: impl Into<DispatchError>) {
	assert_eq!(result, Err(error.into()));
}

fn bounded<const N: u32>(text: &str) -> BoundedVec<u8, frame_support::traits::ConstU32<N>> {
	text.as_bytes().to_vec().try_into().expect("short")
}

/// Registers `who` as a provider with one farm that claims 5 PH/s of the coins.
pub fn open_farm(who: Sr25519Keyring, coins: &[CoinId]) -> FarmId {
	let name = bounded("Aurora Mining");
	let url = bounded("https://aurora.example");
	submit(who, pallet_hashpower::Call::register_provider { name, url }).expect("a new provider");
	let claims: Vec<Claim> =
		coins.iter().map(|coin| Claim { coin: *coin, power: 5 * PETAHASH }).collect();
	let farm = pallet_hashpower::NextFarm::<Runtime>::get();
	let claims = claims.try_into().expect("few coins");
	submit(who, pallet_hashpower::Call::register_farm { place: bounded("Boden"), claims })
		.expect("a new farm");
	farm
}

/// Possible terms: 1 PH/s of BTC on Braiins for a hundred days from tomorrow.
pub fn terms(farm: FarmId, account: &str) -> LotTerms {
	let today = Periods::today();
	LotTerms {
		farm,
		coin: BTC,
		model: bounded("S21 XP"),
		machines: 4,
		nanowatts_per_unit: 13_500_000,
		millicents_per_kwh: 4_500,
		source: BRAIINS,
		account: bounded(account),
		power: PETAHASH,
		first_day: today + 1,
		last_day: today + 100,
		fee: Permill::from_percent(3),
		payout: Payout::Fpps,
		sale: SaleModel::Outright,
		shutdown_clause: false,
		vesting: None,
		evidence: H256::repeat_byte(7),
	}
}

/// Submits terms as they are.
pub fn propose(who: Sr25519Keyring, terms: LotTerms) -> DispatchResult {
	submit(who, pallet_hashpower::Call::submit_lot { terms })
}

/// A lot as the chain keeps it.
pub fn lot(id: LotId) -> Lot<AccountId> {
	Hashpower::lot(id).expect("the lot is kept")
}

/// Votes on the audit of a lot, waits for its end and draws the result.
pub fn audit(id: LotId, approve: bool) {
	let poll = lot(id).poll;
	for who in [Alice, Bob] {
		let vote = pallet_polls::Call::vote { poll, aye: approve, amount: 100_000 * DMEX };
		submit(who, vote).expect("holders vote");
	}
	let ends_at = Polls::poll(poll).expect("it is open").ends_at;
	while pallet_timestamp::Now::<Runtime>::get() < ends_at {
		block(|| ());
	}
	submit(Ferdie, pallet_hashpower::Call::conclude_audit { lot: id }).expect("it is over");
}

/// Issues a title.
pub fn issue(
	who: Sr25519Keyring,
	lot: LotId,
	units: Power,
	owner: Sr25519Keyring,
) -> DispatchResult {
	submit(who, pallet_hashpower::Call::issue { lot, units, owner: owner.to_account_id() })
}

/// Moves a title as any wallet does.
pub fn transfer(
	who: Sr25519Keyring,
	lot: LotId,
	title: TitleId,
	to: Sr25519Keyring,
) -> DispatchResult {
	submit(
		who,
		RuntimeCall::Nfts(pallet_nfts::Call::transfer {
			collection: lot,
			item: title,
			dest: to.to_account_id().into(),
		}),
	)
}

/// The first question about a closed day.
pub fn closed(account: PoolAccountId, day: Day) -> Feed {
	asked_again(account, day, 0)
}

/// A later question about a closed day.
pub fn asked_again(account: PoolAccountId, day: Day, attempt: u8) -> Feed {
	Feed::ClosedDay { account, day, attempt }
}

/// What a pool says of a day with this power.
pub fn worked(power: Power) -> Reading {
	// About what a GH/s earned in a day of 2025, in tenths of a satoshi.
	Reading::ClosedDay(DayReading { power, paid: power / 20, payout: None })
}

/// Each validator votes in one block, in this order. All votes must be taken.
#[track_caller]
pub fn votes(readings: &[(Sr25519Keyring, Vec<(Feed, Reading)>)]) {
	block(|| {
		for (who, readings) in readings {
			let result = apply_vote(vote(*who, readings.clone()));
			assert_eq!(result, Ok(Ok(())), "the vote of {who}");
		}
	});
}

/// All four validators say the same, in one block.
#[track_caller]
pub fn all_say(readings: &[(Feed, Reading)]) {
	votes(&VALIDATORS.map(|who| (who, readings.to_vec())));
}

/// Waits until a day is over and lets all validators say the same of it.
#[track_caller]
pub fn agree_day(account: PoolAccountId, day: Day, reading: Reading) {
	until_day(day + 1);
	all_say(&[(closed(account, day), reading)]);
}
