//! What a network may begin with, and how it reads in JSON.

use crate::{mock::*, *};
use frame_support::traits::Get;
use sp_runtime::BuildStorage;

fn begin(change: impl FnOnce(&mut GenesisConfig<Test>)) {
	let mut config = GenesisConfig::<Test>::default();
	change(&mut config);
	let storage = RuntimeGenesisConfig { system: Default::default(), periods: config };
	storage.build_storage().unwrap();
}

#[test]
fn presets_keep_every_rule() {
	for lengths in [Lengths::development(), Lengths::local(), Lengths::production()] {
		assert_eq!(lengths.check(), Ok(()));
	}
}

#[test]
fn production_is_the_default() {
	let config = GenesisConfig::<Test>::default();
	assert_eq!(config.day_length, 86_400_000);
	assert_eq!(config.round_blocks, 20);
	assert!(!config.stand_ins_allowed);
	assert_eq!(config.lengths, Lengths::production());
	assert_eq!(config.lengths.enactment_period, 201_600);
	assert_eq!(config.lengths.measuring_window_days, 14);
}

#[test]
fn development_ends_a_referendum_and_an_audit_in_two_minutes() {
	let lengths = Lengths::development();
	let blocks = lengths.launch_period + lengths.voting_period + lengths.enactment_period;
	assert!(blocks * 3 <= 120, "{blocks} blocks");
	assert_eq!(lengths.audit_poll_days, 1);
	assert_eq!(lengths.veto_poll_days, 1);
}

#[test]
fn an_empty_state_reads_as_production() {
	// Tools that ask for the metadata run the wasm on an empty state.
	sp_io::TestExternalities::default().execute_with(|| {
		assert_eq!(LaunchPeriod::<Test>::get(), 201_600);
		assert_eq!(DayMillis::<Test>::get(), 86_400_000);
		assert_eq!(RoundBlocks::<Test>::get(), 20);
		assert!(!StandIns::<Test>::get());
	});
}

#[test]
fn getters_read_their_own_length() {
	build_and_execute(Lengths::production(), || {
		let reads: [(Length, fn() -> u32); 18] = [
			(Length::SessionBlocks, SessionBlocks::<Test>::get),
			(Length::LaunchPeriod, LaunchPeriod::<Test>::get),
			(Length::VotingPeriod, VotingPeriod::<Test>::get),
			(Length::FastTrackVotingPeriod, FastTrackVotingPeriod::<Test>::get),
			(Length::EnactmentPeriod, EnactmentPeriod::<Test>::get),
			(Length::VoteLockingPeriod, VoteLockingPeriod::<Test>::get),
			(Length::CooloffPeriod, CooloffPeriod::<Test>::get),
			(Length::CouncilTerm, CouncilTerm::<Test>::get),
			(Length::MotionDuration, MotionDuration::<Test>::get),
			(Length::SpendPeriod, SpendPeriod::<Test>::get),
			(Length::UnbondingSessions, UnbondingSessions::<Test>::get),
			(Length::ProofWindowSessions, ProofWindowSessions::<Test>::get),
			(Length::AuditPollDays, AuditPollDays::<Test>::get),
			(Length::VetoPollDays, VetoPollDays::<Test>::get),
			(Length::AppealPollDays, AppealPollDays::<Test>::get),
			(Length::ClaimPollDays, ClaimPollDays::<Test>::get),
			(Length::MeasuringWindowDays, MeasuringWindowDays::<Test>::get),
			(Length::GraceDays, GraceDays::<Test>::get),
		];
		assert_eq!(reads.len(), Length::ALL.len());
		for (number, (length, _)) in reads.iter().enumerate() {
			// Distinct values, so that a getter that reads its neighbour is caught.
			let value = u32::try_from(number).unwrap() + 100;
			CurrentLengths::<Test>::mutate(|lengths| *lengths = lengths.with(*length, value));
		}
		for (number, (length, read)) in reads.iter().enumerate() {
			assert_eq!(read(), u32::try_from(number).unwrap() + 100, "{length:?}");
		}
		CurrentLengths::<Test>::put(Lengths::production());
	});
}

#[test]
fn names_read_well_in_json() {
	let names = serde_names::<Lengths>();
	assert_eq!(names.len(), Length::ALL.len());
	assert!(names.contains(&"fastTrackVotingPeriod"), "{names:?}");
	assert!(names.contains(&"measuringWindowDays"), "{names:?}");
}

/// Field names that a type asks a deserialiser for, so that no JSON crate is needed here.
fn serde_names<T: serde::de::DeserializeOwned>() -> &'static [&'static str] {
	use serde::de::{value::Error, Deserializer, Error as _, Visitor};
	use std::cell::Cell;

	thread_local! {
		static NAMES: Cell<&'static [&'static str]> = const { Cell::new(&[]) };
	}

	struct Names;

	impl<'de> Deserializer<'de> for Names {
		type Error = Error;

		fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
			Err(Error::custom("only structs"))
		}

		fn deserialize_struct<V: Visitor<'de>>(
			self,
			_: &'static str,
			fields: &'static [&'static str],
			_: V,
		) -> Result<V::Value, Error> {
			NAMES.with(|names| names.set(fields));
			Err(Error::custom("names read"))
		}

		serde::forward_to_deserialize_any! {
			bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit
			unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
		}
	}

	assert!(T::deserialize(Names).is_err());
	NAMES.with(Cell::get)
}

#[test]
#[should_panic(expected = "dayLength is zero")]
fn a_day_of_nothing_is_refused() {
	begin(|config| config.day_length = 0);
}

#[test]
#[should_panic(expected = "dayLength is above a real day")]
fn a_day_above_a_real_day_is_refused() {
	begin(|config| config.day_length = 86_400_001);
}

#[test]
#[should_panic(expected = "roundBlocks is out of bounds")]
fn a_round_of_one_block_is_refused() {
	begin(|config| config.round_blocks = 1);
}

#[test]
#[should_panic(expected = "lengths break a rule")]
fn a_session_below_twenty_blocks_is_refused() {
	begin(|config| config.lengths.session_blocks = 19);
}

#[test]
#[should_panic(expected = "lengths break a rule")]
fn unbonding_inside_the_proof_window_is_refused() {
	begin(|config| config.lengths.unbonding_sessions = config.lengths.proof_window_sessions);
}
