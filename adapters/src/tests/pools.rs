//! Closed days and live readings on the recorded shapes of the pools.

use super::*;

const PROFILE: &str = r#"{"username":"Farm1","btc":{"all_time_reward":"0.16646200",
	"hash_rate_unit":"Gh/s","hash_rate_5m":102345678.1234,"hash_rate_60m":101987654.0,
	"hash_rate_24h":101500000.5,"hash_rate_yesterday":101444000.0,"ok_workers":512,
	"current_balance":"0.00512000","today_reward":"0.00041000"}}"#;
const REWARDS: &str = r#"{"btc":{"daily_rewards":[
	{"date":1733097600,"mining_reward":"9.0","calculation_date":1733194800},
	{"date":1733011200,"total_reward":"0.00122090","mining_reward":"0.00122090",
	 "bos_plus_reward":"0.00000000","referral_bonus":"0","calculation_date":1733108400}]}}"#;
const DAILY: &str = r#"{"btc":[
	{"date":1733011200,"hash_rate_unit":"Gh/s","hash_rate_24h":101500000.5,"total_shares":2042000},
	{"date":1732924800,"hash_rate_unit":"Gh/s","hash_rate_24h":1.0,"total_shares":1}]}"#;
const PAYOUTS: &str = r#"{"onchain":[
	{"status":"confirmed","amount_sats":1000,"resolved_at_ts":1732900000,"destination":"bc1qold","tx_id":"ab"},
	{"status":"confirmed","amount_sats":1000,"resolved_at_ts":1733000000,"destination":"bc1qnew","tx_id":"cd"},
	{"status":"failed","amount_sats":1000,"resolved_at_ts":1733010000,"destination":"bc1qfailed"},
	{"status":"confirmed","amount_sats":1000,"resolved_at_ts":1733097600,"destination":"bc1qnextday"},
	{"status":"queued","amount_sats":1000,"resolved_at_ts":null,"destination":"bc1qqueued"}],
	"lightning":[{"status":"confirmed","resolved_at_ts":1733020000,"destination":"lnbc1"}]}"#;

fn braiins(profile: &str, rewards: &str, daily: &str, payouts: &str) -> Result<Answer, Fault> {
	let stage = vec![json(profile), json(rewards), json(daily), json(payouts)];
	read(Adapter::Braiins, &closed_day("BTC", "farm1"), &[stage])
}

#[test]
fn braiins_reads_the_day_that_was_asked_for() {
	let day = day_of(braiins(PROFILE, REWARDS, DAILY, PAYOUTS));
	assert_eq!(day.rate, 101_500_000_500_000_000);
	assert_eq!(day.paid, 122_090);
	assert_eq!(day.payout.as_deref(), Some(b"bc1qnew".as_slice()));
}

#[test]
fn braiins_tells_no_address_before_the_first_payout() {
	let day = day_of(braiins(PROFILE, REWARDS, DAILY, r#"{"onchain":[],"lightning":[]}"#));
	assert_eq!(day.payout, None);
}

#[test]
fn braiins_numbers_may_be_strings_and_strings_numbers() {
	let rewards = r#"{"btc":{"daily_rewards":[{"date":"1733011200","mining_reward":0.0012209,"calculation_date":"1733108400"}]}}"#;
	let daily =
		r#"{"btc":[{"date":"1733011200","hash_rate_unit":"Th/s","hash_rate_24h":"101500.0005"}]}"#;
	let day = day_of(braiins(PROFILE, rewards, daily, PAYOUTS));
	assert_eq!((day.rate, day.paid), (101_500_000_500_000_000, 122_090));
}

#[test]
fn braiins_zero_is_a_value() {
	let rewards = REWARDS.replace(r#""mining_reward":"0.00122090""#, r#""mining_reward":"0""#);
	let daily = DAILY.replace("101500000.5", "0");
	let day = day_of(braiins(PROFILE, &rewards, &daily, PAYOUTS));
	assert_eq!((day.rate, day.paid), (0, 0));
}

#[test]
fn braiins_exponents_and_numbers_beyond_64_bits_are_exact() {
	let daily = DAILY.replace("101500000.5", "1.014e+12");
	let day = day_of(braiins(PROFILE, REWARDS, &daily, PAYOUTS));
	assert_eq!(day.rate, 1_014_000_000_000_000_000_000);
	let daily = DAILY.replace("101500000.5", "885411665725113000000");
	let day = day_of(braiins(PROFILE, REWARDS, &daily, PAYOUTS));
	assert_eq!(day.rate, 885_411_665_725_113_000_000_000_000_000);
}

#[test]
fn braiins_day_that_is_not_settled_is_no_answer() {
	for rewards in [
		r#"{"btc":{"daily_rewards":[]}}"#.to_string(),
		REWARDS.replace("1733011200", "1732924800"),
		REWARDS.replace("1733108400", "null"),
		REWARDS.replace(r#""calculation_date":1733108400"#, r#""x":1"#),
	] {
		assert_eq!(
			braiins(PROFILE, &rewards, DAILY, PAYOUTS),
			Err(Fault::NotYetClosed),
			"{rewards}"
		);
	}
	let daily = r#"{"btc":[]}"#;
	assert_eq!(braiins(PROFILE, REWARDS, daily, PAYOUTS), Err(Fault::NotYetClosed));
}

#[test]
fn braiins_token_of_another_account_refuses() {
	let other = PROFILE.replace("Farm1", "farm2");
	assert_eq!(braiins(&other, REWARDS, DAILY, PAYOUTS), Ok(Answer::Refused));
	let query = live("BTC", "farm1");
	assert_eq!(read(Adapter::Braiins, &query, &[vec![json(&other)]]), Ok(Answer::Refused));
}

#[test]
fn braiins_bad_numbers_units_and_shapes_are_malformed() {
	for (good, bad) in [
		("\"0.00122090\",\n", "\"-0.1\",\n"),
		("\"0.00122090\",\n", "\"NaN\",\n"),
		("\"0.00122090\",\n", "{\"btc\":1},\n"),
		("\"0.00122090\",\n", "true,\n"),
		("\"0.00122090\",\n", "\"1\",\"mining_reward\":\"1\",\n"),
	] {
		let rewards = REWARDS
			.replace(&format!("\"mining_reward\":{good}"), &format!("\"mining_reward\":{bad}"));
		assert_ne!(rewards, REWARDS);
		assert_eq!(braiins(PROFILE, &rewards, DAILY, PAYOUTS), Err(Fault::Malformed), "{bad}");
	}
	let daily = DAILY.replace("Gh/s", "hamsters");
	assert_eq!(braiins(PROFILE, REWARDS, &daily, PAYOUTS), Err(Fault::Malformed));
	let twice = DAILY.replace("1732924800", "1733011200");
	assert_eq!(braiins(PROFILE, REWARDS, &twice, PAYOUTS), Err(Fault::Malformed));
	for cut in [1, 20, REWARDS.len() - 1] {
		assert_eq!(braiins(PROFILE, &REWARDS[..cut], DAILY, PAYOUTS), Err(Fault::Malformed));
	}
}

#[test]
fn braiins_live_rate_is_the_mean_of_five_minutes() {
	let query = live("BTC", "farm1");
	assert_eq!(
		read(Adapter::Braiins, &query, &[vec![json(PROFILE)]]),
		Ok(Answer::Live(102_345_678_123_400_000))
	);
}

const INFO: &str = r#"{"info":{"name":"farm1","hash_rate":512345678901234,
	"h1_hash_rate":510000000000000,"h24_hash_rate":509000000000000,"local_hash_rate":0},
	"currency":"bitcoin"}"#;
const TRANSACTIONS: &str = r#"{"transactions":[
	{"id":123456789,"type":"revenue_fpps","changed_balance":0.00122,"created_at":1733097600,
	 "mining_extra":{"mining_date":1733011200,"settle_date":1733097600,"pps":0.0012,
	 "pps_fee_rate":0.004,"tx_fee":0.00001,"tx_fee_rate":0.003,"hash_rate":509000000000000},
	 "payout_extra":null},
	{"id":2,"type":"revenue_txfee","changed_balance":1e-8,"created_at":1733097600,
	 "mining_extra":{"mining_date":1733011200,"hash_rate":5.08e14}},
	{"id":3,"type":"revenue_fpps","changed_balance":7,"created_at":1733184000,
	 "mining_extra":{"mining_date":1733097600,"hash_rate":1}},
	{"id":4,"type":"payout","changed_balance":-1.5,"created_at":1733097600,"mining_extra":null}]}"#;

fn f2pool(info: &str, transactions: &str) -> Result<Answer, Fault> {
	let query = closed_day("BTC", "farm1");
	read(Adapter::F2Pool, &query, &[vec![json(info), json(transactions)]])
}

#[test]
fn f2pool_sums_the_settled_revenue_of_the_mining_day() {
	let day = day_of(f2pool(INFO, TRANSACTIONS));
	assert_eq!(day.rate, 509_000_000_000_000);
	assert_eq!(day.paid, 122_001);
	assert_eq!(day.payout, None);
}

#[test]
fn f2pool_order_of_rows_does_not_matter() {
	let mut rows: Vec<&str> = vec![
		r#"{"type":"revenue_a","changed_balance":"0.5","mining_extra":{"mining_date":1733011200,"hash_rate":2}}"#,
		r#"{"type":"revenue_b","changed_balance":0.25,"mining_extra":{"mining_date":"1733011200","hash_rate":"3"}}"#,
	];
	let forth = f2pool(INFO, &format!(r#"{{"transactions":[{}]}}"#, rows.join(",")));
	rows.reverse();
	let back = f2pool(INFO, &format!(r#"{{"transactions":[{}]}}"#, rows.join(",")));
	assert_eq!(forth, back);
	assert_eq!(day_of(forth).paid, 75_000_000);
}

#[test]
fn f2pool_codes_come_with_status_200() {
	let denied = r#"{"code":5010,"msg":"permission denied"}"#;
	assert_eq!(f2pool(denied, TRANSACTIONS), Ok(Answer::Refused));
	assert_eq!(f2pool(INFO, denied), Ok(Answer::Refused));
	for error in [r#"{"code":5001,"msg":"params error"}"#, r#"{"code":"B001"}"#] {
		assert_eq!(f2pool(error, TRANSACTIONS), Err(Fault::Service));
	}
}

#[test]
fn f2pool_without_the_day_is_no_answer() {
	for list in [r#"{"transactions":[]}"#, r#"{"transactions":null}"#, "{}"] {
		assert_eq!(f2pool(INFO, list), Err(Fault::NotYetClosed));
	}
	let other_day = TRANSACTIONS.replace("1733011200", "1732924800");
	assert_eq!(f2pool(INFO, &other_day), Err(Fault::NotYetClosed));
}

#[test]
fn f2pool_names_the_account() {
	assert_eq!(f2pool(&INFO.replace("farm1", "farm2"), TRANSACTIONS), Ok(Answer::Refused));
	assert_eq!(f2pool(r#"{"currency":"bitcoin"}"#, TRANSACTIONS), Err(Fault::Malformed));
}

#[test]
fn f2pool_negative_revenue_is_malformed() {
	let list = TRANSACTIONS.replace("0.00122,", "-0.00122,");
	assert_eq!(f2pool(INFO, &list), Err(Fault::Malformed));
}

#[test]
fn f2pool_keeps_all_digits() {
	let list = TRANSACTIONS.replace("0.00122,", "4.211575399188521691,");
	assert_eq!(day_of(f2pool(INFO, &list)).paid, 421_157_540);
	let query = live("BTC", "farm1");
	let info = INFO.replace("512345678901234", "\"2533274790395904\"");
	assert_eq!(
		read(Adapter::F2Pool, &query, &[vec![json(&info)]]),
		Ok(Answer::Live(2_533_274_790_395_904))
	);
}

const VIA_ACCOUNT: &str = r#"{"code":0,"data":{"account":{"account":"farm1","id":206913,
	"create_time":1523768417,"email":null},"balance":[{"amount":"0.27466177","coin":"BTC"}],
	"observer":[],"withdraw_address":[{"address":"qbch","coin":"BCH"},{"address":"1btc","coin":"BTC"}]},
	"message":"OK"}"#;
const VIA_PROFIT: &str = r#"{"code":0,"data":{"count":1,"curr_page":1,"data":[
	{"coin":"BTC","date":"2024-12-01","pps_profit":"0.00073035","pplns_profit":"0.00003050",
	 "solo_profit":"0","total_profit":"0.00076085"}],"has_next":false},"message":"OK"}"#;
const VIA_RATE: &str = r#"{"code":0,"data":{"count":1,"data":[
	{"coin":"BTC","date":"2024-12-01","hashrate":"293286989405200.68","reject_rate":"0"}]},
	"message":"OK"}"#;

fn viabtc(account: &str, profit: &str, rate: &str) -> Result<Answer, Fault> {
	let query = closed_day("BTC", "farm1");
	read(Adapter::ViaBtc, &query, &[vec![json(account), json(profit), json(rate)]])
}

#[test]
fn viabtc_reads_the_rows_of_the_date() {
	let day = day_of(viabtc(VIA_ACCOUNT, VIA_PROFIT, VIA_RATE));
	assert_eq!((day.rate, day.paid), (293_286_989_405_200, 76_085));
	assert_eq!(day.payout.as_deref(), Some(b"1btc".as_slice()));
}

#[test]
fn viabtc_codes_come_with_status_200() {
	let invalid = r#"{"code":12001,"data":{},"message":"Invalid API key"}"#;
	assert_eq!(viabtc(invalid, VIA_PROFIT, VIA_RATE), Ok(Answer::Refused));
	let blocked = r#"{"code":12004,"data":{},"message":"IP is not allowed"}"#;
	assert_eq!(viabtc(blocked, VIA_PROFIT, VIA_RATE), Err(Fault::Service));
	assert_eq!(
		viabtc(&VIA_ACCOUNT.replace("farm1", "x"), VIA_PROFIT, VIA_RATE),
		Ok(Answer::Refused)
	);
}

#[test]
fn viabtc_without_the_day_is_no_answer() {
	let empty = r#"{"code":0,"data":{"data":[]},"message":"OK"}"#;
	assert_eq!(viabtc(VIA_ACCOUNT, empty, VIA_RATE), Err(Fault::NotYetClosed));
	assert_eq!(viabtc(VIA_ACCOUNT, VIA_PROFIT, empty), Err(Fault::NotYetClosed));
	let previous = VIA_PROFIT.replace("2024-12-01", "2024-11-30");
	assert_eq!(viabtc(VIA_ACCOUNT, &previous, VIA_RATE), Err(Fault::NotYetClosed));
}

#[test]
fn viabtc_live_rate_is_of_the_coin() {
	let rate = r#"{"code":0,"data":{"active_workers":3,"coin":"BTC","hashrate_10min":"44625511932668"},"message":"OK"}"#;
	let stage = vec![json(VIA_ACCOUNT), json(rate)];
	assert_eq!(
		read(Adapter::ViaBtc, &live("BTC", "farm1"), std::slice::from_ref(&stage)),
		Ok(Answer::Live(44_625_511_932_668))
	);
	assert_eq!(read(Adapter::ViaBtc, &live("BCH", "farm1"), &[stage]), Err(Fault::Malformed));
}

const SUMMARY: &str = r#"{"currency_type":"BTC","subaccounts":[{"id":0,"name":"farm1"}],
	"hashrate_5m":"1035827914295214","hashrate_24h":"1035827914295214","efficiency_5m":0.99,
	"revenue_24h":[{"currency_type":"BTC","revenue_type":"MINING","revenue":0.00066154}]}"#;
const EFFICIENCY: &str = r#"{"tick_size":"1d","hashrate_efficiency":[
	{"date_time":"2024-12-01T00:00:00Z","hashrate":"1035827914295214","efficiency":0.996},
	{"date_time":"2024-12-02T00:00:00Z","hashrate":"1","efficiency":1}],
	"pagination":{"page_number":1}}"#;
const REVENUE: &str = r#"{"revenue":[
	{"date_time":"2024-12-01T00:00:00Z","revenue":{"currency_type":"BTC","revenue_type":"MINING","revenue":0.00066154}},
	{"date_time":"2024-12-01T00:00:00Z","revenue":{"currency_type":"BTC","revenue_type":"REFERRAL","revenue":5}},
	{"date_time":"2024-12-02T00:00:00Z","revenue":{"currency_type":"BTC","revenue_type":"MINING","revenue":3}}]}"#;

fn luxor(summary: &str, efficiency: &str, revenue: &str) -> Result<Answer, Fault> {
	let query = closed_day("BTC", "farm1");
	read(Adapter::Luxor, &query, &[vec![json(summary), json(efficiency), json(revenue)]])
}

#[test]
fn luxor_reads_mining_revenue_of_the_date() {
	let day = day_of(luxor(SUMMARY, EFFICIENCY, REVENUE));
	assert_eq!((day.rate, day.paid, day.payout), (1_035_827_914_295_214, 66_154, None));
}

#[test]
fn luxor_names_the_subaccount() {
	let other = SUMMARY.replace("farm1", "farm2");
	assert_eq!(luxor(&other, EFFICIENCY, REVENUE), Ok(Answer::Refused));
	let none = SUMMARY.replace(r#"{"id":0,"name":"farm1"}"#, "");
	assert_eq!(luxor(&none, EFFICIENCY, REVENUE), Ok(Answer::Refused));
	let two = SUMMARY.replace(r#"{"id":0,"name":"farm1"}"#, r#"{"name":"farm1"},{"name":"b"}"#);
	assert_eq!(luxor(&two, EFFICIENCY, REVENUE), Err(Fault::Malformed));
}

#[test]
fn luxor_without_the_day_is_no_answer() {
	let empty = r#"{"hashrate_efficiency":[]}"#;
	assert_eq!(luxor(SUMMARY, empty, REVENUE), Err(Fault::NotYetClosed));
	assert_eq!(luxor(SUMMARY, EFFICIENCY, r#"{"revenue":[]}"#), Err(Fault::NotYetClosed));
}

const ADDRESS: &str = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";

fn ocean(body: &str) -> Result<Answer, Fault> {
	read(Adapter::Ocean, &closed_day("BTC", ADDRESS), &[vec![json(body)]])
}

#[test]
fn ocean_averages_shares_over_thirty_days_and_sums_earnings_of_the_day() {
	// 8 · 30 · 86,400 shares of difficulty 1 in all: 2³² hashes a second.
	let day = day_of(ocean(
		r#"{"result":{"start_ts":"1","end_ts":"2","earnings":[
		{"ts":1733011200,"block_hash":"00","shares_in_window":10000000,"fees_colected_satoshis":120,"satoshis_net_earned":11880},
		{"ts":"1733097599","block_hash":"00","shares_in_window":"10000000","satoshis_net_earned":"20"},
		{"ts":"2024-11-02T00:00:00","block_hash":"00","shares_in_window":736000,"satoshis_net_earned":1},
		{"ts":"2024-11-01T23:59:59","block_hash":"00","shares_in_window":99999999999,"satoshis_net_earned":1},
		{"ts":1733097600,"block_hash":"00","shares_in_window":99999999999,"satoshis_net_earned":1}],
		"payouts":[{"ts":1733000000,"on_chain_txid":"ab","total_satoshis_net_paid":1100000}]}}"#,
	));
	assert_eq!(day.rate, 1 << 32);
	assert_eq!(day.paid, 11_900);
	assert_eq!(day.payout.as_deref(), Some(ADDRESS.as_bytes()));
}

#[test]
fn ocean_day_without_a_block_pays_nothing() {
	let day = day_of(ocean(r#"{"result":{"earnings":[],"payouts":[]}}"#));
	assert_eq!((day.rate, day.paid), (0, 0));
}

#[test]
fn ocean_times_that_cannot_be_read_are_malformed() {
	let body =
		r#"{"result":{"earnings":[{"ts":"soon","shares_in_window":1,"satoshis_net_earned":1}]}}"#;
	assert_eq!(ocean(body), Err(Fault::Malformed));
}

#[test]
fn ocean_live_takes_the_shortest_window_that_is_there() {
	let query = live("BTC", ADDRESS);
	for (body, rate) in [
		(
			r#"{"result":{"hashrate_60s":"1","hashrate_300s":"101500000000000","hashrate_3600s":"3"}}"#,
			101_500_000_000_000,
		),
		(r#"{"result":{"hashrate_3600s":3}}"#, 3),
	] {
		assert_eq!(read(Adapter::Ocean, &query, &[vec![json(body)]]), Ok(Answer::Live(rate)));
	}
}
