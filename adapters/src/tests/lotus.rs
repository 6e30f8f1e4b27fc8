//! Closed days and live readings of a Filecoin miner.

use super::*;

/// Epochs at which the day starts and ends.
const START: u64 = (1_733_011_200 - 1_598_306_400) / 30;
const END: u64 = START + 2_880;

fn rpc(id: usize, result: &str) -> Outcome {
	json(&format!(r#"{{"id":{id},"jsonrpc":"2.0","result":{result}}}"#))
}

fn rpc_error(id: usize, code: i32, message: &str) -> Outcome {
	// Lotus answers errors with status 500.
	let body =
		format!(r#"{{"jsonrpc":"2.0","id":{id},"error":{{"code":{code},"message":"{message}"}}}}"#);
	reply(500, "text/plain; charset=utf-8", &body)
}

fn tipset(height: u64, cid: &str) -> String {
	format!(r#"{{"Cids":[{{"/":"{cid}"}},{{"/":"{cid}2"}}],"Blocks":[],"Height":{height}}}"#)
}

fn day_query() -> Query<'static> {
	Query::ClosedDay { symbol: "FIL", decimals: 18, account: "f01234", day: DAY }
}

fn heads(head: u64) -> Vec<Outcome> {
	vec![
		rpc(0, &tipset(head, "head")),
		rpc(1, &tipset(START, "start")),
		rpc(2, &tipset(END - 1, "end")),
	]
}

fn info(beneficiary: &str, used: &str) -> String {
	format!(
		r#"{{"Owner":"f0100","Worker":"f0101","PeerId":null,"SectorSize":34359738368,
		"Beneficiary":"{beneficiary}","BeneficiaryTerm":{{"Quota":"9000","UsedQuota":"{used}","Expiration":9}},
		"PendingBeneficiaryTerm":null}}"#
	)
}

const POWER: &str = r#"{"MinerPower":{"RawBytePower":"10995116277760","QualityAdjPower":"109951162777600"},
	"TotalPower":{"RawBytePower":"27000000000000000000","QualityAdjPower":"27000000000000000000"},"HasMinPower":true}"#;

fn state(before: (&str, &str), after: (&str, &str)) -> Vec<Outcome> {
	let actor = |balance: &str| {
		format!(
			r#"{{"Code":{{"/":"bafk"}},"Head":{{"/":"bafy"}},"Nonce":0,"Balance":"{balance}"}}"#
		)
	};
	vec![
		rpc(0, POWER),
		rpc(1, &info("f0500", before.1)),
		rpc(2, &info("f0500", after.1)),
		rpc(3, &actor(before.0)),
		rpc(4, &actor(after.0)),
	]
}

#[test]
fn everything_is_asked_at_the_tipsets_of_the_day() {
	let first = asked(Adapter::Lotus, &day_query(), &[]);
	let body = |request: &Request| String::from_utf8(request.body.clone()).unwrap();
	assert_eq!(first.len(), 3);
	assert_eq!(
		body(&first[1]),
		format!(
			r#"{{"jsonrpc":"2.0","id":1,"method":"Filecoin.ChainGetTipSetByHeight","params":[{START},null]}}"#
		)
	);
	assert_eq!(first[0].headers[1], ("Authorization".to_string(), "Bearer t0ken".to_string()));

	let second = asked(Adapter::Lotus, &day_query(), &[heads(END + 900)]);
	let key = r#"[{"/":"end"},{"/":"end2"}]"#;
	assert_eq!(
		body(&second[0]),
		format!(
			r#"{{"jsonrpc":"2.0","id":0,"method":"Filecoin.StateMinerPower","params":["f01234",{key}]}}"#
		)
	);
	assert_eq!(second.len(), 5);

	let third =
		asked(Adapter::Lotus, &day_query(), &[heads(END + 900), state(("5", "1"), ("6", "1"))]);
	assert_eq!(
		body(&third[0]),
		format!(
			r#"{{"jsonrpc":"2.0","id":0,"method":"Filecoin.StateAccountKey","params":["f0500",{key}]}}"#
		)
	);
}

#[test]
fn paid_is_what_the_balance_grew_by_and_what_was_withdrawn() {
	let stages =
		[heads(END + 900), state(("1000", "70"), ("400", "970")), vec![rpc(0, r#""f1key""#)]];
	let day = day_of(read(Adapter::Lotus, &day_query(), &stages));
	assert_eq!(day.rate, 109_951_162_777_600);
	assert_eq!(day.paid, 300);
	assert_eq!(day.payout.as_deref(), Some(b"f1key".as_slice()));
}

#[test]
fn a_loss_is_paid_as_zero() {
	let stages = [heads(END + 900), state(("1000", "0"), ("400", "0")), vec![rpc(0, r#""f1key""#)]];
	assert_eq!(day_of(read(Adapter::Lotus, &day_query(), &stages)).paid, 0);
}

#[test]
fn power_below_the_networks_minimum_earns_nothing() {
	let mut second = state(("0", "0"), ("0", "0"));
	second[0] = rpc(0, &POWER.replace("true", "false"));
	let stages = [heads(END + 900), second, vec![rpc(0, r#""f1key""#)]];
	assert_eq!(day_of(read(Adapter::Lotus, &day_query(), &stages)).rate, 0);
}

#[test]
fn a_beneficiary_that_is_no_plain_account_is_its_id() {
	let third = vec![rpc_error(0, 1, "actor code is not account: multisig")];
	let stages = [heads(END + 900), state(("0", "0"), ("5", "0")), third];
	let day = day_of(read(Adapter::Lotus, &day_query(), &stages));
	assert_eq!(day.payout.as_deref(), Some(b"f0500".as_slice()));
	let stages =
		[heads(END + 900), state(("0", "0"), ("5", "0")), vec![rpc_error(0, -32603, "busy")]];
	assert_eq!(read(Adapter::Lotus, &day_query(), &stages), Err(Fault::Service));
}

#[test]
fn a_day_is_read_when_its_end_is_final() {
	assert_eq!(read(Adapter::Lotus, &day_query(), &[heads(END + 899)]), Err(Fault::NotYetClosed));
}

#[test]
fn a_miner_made_during_the_day_started_from_nothing() {
	let mut second = state(("0", "0"), ("500", "20"));
	second[1] = rpc_error(1, 1, "failed to load miner actor: actor not found");
	second[3] = rpc_error(3, 1, "actor not found");
	let stages = [heads(END + 900), second, vec![rpc(0, r#""f1key""#)]];
	assert_eq!(day_of(read(Adapter::Lotus, &day_query(), &stages)).paid, 520);
}

#[test]
fn a_miner_that_does_not_exist_is_refused() {
	let missing = |id| rpc_error(id, 1, "actor not found");
	let second = (0..5).map(missing).collect();
	assert_eq!(
		read(Adapter::Lotus, &day_query(), &[heads(END + 900), second]),
		Ok(Answer::Refused)
	);
	let other = rpc_error(0, 1, "bad address");
	assert_eq!(read(Adapter::Lotus, &live("FIL", "f01234"), &[vec![other]]), Err(Fault::Service));
}

#[test]
fn a_reply_to_another_call_is_malformed() {
	assert_eq!(
		read(Adapter::Lotus, &live("FIL", "f01234"), &[vec![rpc(7, POWER)]]),
		Err(Fault::Malformed)
	);
	assert_eq!(
		read(Adapter::Lotus, &live("FIL", "f01234"), &[vec![rpc(0, POWER)]]),
		Ok(Answer::Live(109_951_162_777_600))
	);
}

#[test]
fn tipsets_that_could_not_stand_in_a_request_are_malformed() {
	for bad in
		[tipset(END + 1, "end"), tipset(END, "a\\\"b"), format!(r#"{{"Cids":[],"Height":{END}}}"#)]
	{
		let mut first = heads(END + 900);
		first[2] = rpc(2, &bad);
		assert_eq!(read(Adapter::Lotus, &day_query(), &[first]), Err(Fault::Malformed), "{bad}");
	}
}
