//! Headers, network power and fees.

use super::*;
use crate::NetworkAnswer;

const HASH: &str = "00000000000000000001b3c0a2f5a2d1f4e9d5e2a1c0b9f8e7d6c5b4a3928170";

fn network(symbol: &str) -> Query<'_> {
	let blocks_per_day = if symbol == "FIL" { 2_880 } else { 144 };
	Query::Network { symbol, blocks_per_day }
}

fn fees(symbol: &str) -> Query<'_> {
	Query::Fees { symbol, decimals: 8, blocks_per_day: 144 }
}

fn core(result: &str) -> Outcome {
	json(&format!(r#"{{"result":{result},"error":null,"id":0}}"#))
}

fn path_of(request: &Request) -> &str {
	&request.path
}

fn body_of(request: &Request) -> &str {
	core::str::from_utf8(&request.body).unwrap()
}

#[test]
fn core_reads_the_newest_settled_multiple() {
	// 6,480 · 144 = 933,120: settled from block 933,125 on.
	let mut stages = vec![vec![core("933125")]];
	let next = asked(Adapter::BitcoinCore, &network("BTC"), &stages);
	assert!(body_of(&next[0]).ends_with(r#""method":"getblockhash","params":[933120]}"#));
	stages.push(vec![core(&format!(r#""{HASH}""#))]);
	let next = asked(Adapter::BitcoinCore, &network("BTC"), &stages);
	assert!(body_of(&next[0]).contains(HASH));
	stages.push(vec![core(r#"{"hash":"x","confirmations":6,"height":933120,"bits":"1701fca1","difficulty":141668107417558.2}"#)]);
	assert_eq!(
		read(Adapter::BitcoinCore, &network("BTC"), &stages),
		Ok(Answer::Network(NetworkAnswer::ProofOfWork { height: 933_120, bits: 0x1701_fca1 }))
	);

	let early = asked(Adapter::BitcoinCore, &network("BTC"), &[vec![core("933124")]]);
	assert!(body_of(&early[0]).ends_with("[932976]}"));
	// Bitcoin Cash waits for 15.
	let early = asked(Adapter::BitcoinCore, &network("BCH"), &[vec![core("933133")]]);
	assert!(body_of(&early[0]).ends_with("[932976]}"));
	let late = asked(Adapter::BitcoinCore, &network("BCH"), &[vec![core("933134")]]);
	assert!(body_of(&late[0]).ends_with("[933120]}"));
}

#[test]
fn core_headers_off_the_chain_or_of_another_height_are_malformed() {
	for header in [
		r#"{"confirmations":-1,"height":933120,"bits":"1701fca1"}"#,
		r#"{"confirmations":5,"height":933120,"bits":"1701fca1"}"#,
		r#"{"confirmations":9,"height":933119,"bits":"1701fca1"}"#,
		r#"{"confirmations":9,"height":933120,"bits":"1701fca1ff"}"#,
		r#"{"confirmations":9,"height":933120,"bits":"xyz"}"#,
	] {
		let stages =
			[vec![core("933125")], vec![core(&format!(r#""{HASH}""#))], vec![core(header)]];
		assert_eq!(
			read(Adapter::BitcoinCore, &network("BTC"), &stages),
			Err(Fault::Malformed),
			"{header}"
		);
	}
	let stages = [vec![core("933125")], vec![core(r#""../../evil""#)]];
	assert_eq!(read(Adapter::BitcoinCore, &network("BTC"), &stages), Err(Fault::Malformed));
	assert_eq!(
		read(Adapter::BitcoinCore, &network("BTC"), &[vec![core("3")]]),
		Err(Fault::NotYetClosed)
	);
}

#[test]
fn core_averages_the_fees_of_the_day_of_blocks() {
	let tip = vec![core("933125")];
	let next = asked(Adapter::BitcoinCore, &fees("BTC"), std::slice::from_ref(&tip));
	assert_eq!(next.len(), 1);
	assert!(body_of(&next[0]).starts_with(
		r#"[{"jsonrpc":"2.0","id":0,"method":"getblockstats","params":[933120,["height","totalfee"]]},"#
	));
	assert!(body_of(&next[0]).contains("[932977,"));
	// In reverse, as a batch may come in any order: fees 1 to 144.
	let rows: Vec<String> = (0..144u64)
		.rev()
		.map(|id| {
			let height = 933_120 - id;
			format!(
				r#"{{"result":{{"height":{height},"totalfee":{}}},"error":null,"id":{id}}}"#,
				id + 1
			)
		})
		.collect();
	let batch = format!("[{}]", rows.join(","));
	assert_eq!(
		read(Adapter::BitcoinCore, &fees("BTC"), &[tip.clone(), vec![json(&batch)]]),
		Ok(Answer::Fees(72))
	);
	let short = format!("[{}]", rows[1..].join(","));
	let twice = format!("[{},{}]", rows[1..].join(","), rows[1]);
	for bad in [short, twice, batch.replace("\"height\":933120", "\"height\":1")] {
		let answer = read(Adapter::BitcoinCore, &fees("BTC"), &[tip.clone(), vec![json(&bad)]]);
		assert_eq!(answer, Err(Fault::Malformed));
	}
}

#[test]
fn a_node_has_no_accounts_to_refuse() {
	for status in [401, 403, 404] {
		let denied = reply(status, "application/json", r#"{"jsonrpc":"2.0","code":1}"#);
		assert_eq!(
			read(Adapter::BitcoinCore, &network("BTC"), &[vec![denied]]),
			Err(Fault::Status(status))
		);
	}
}

fn text(body: &str) -> Outcome {
	reply(200, "text/plain", body)
}

#[test]
fn mempool_space_reads_the_newest_settled_multiple() {
	let mut stages = vec![vec![text("933130\n")]];
	assert_eq!(
		path_of(&asked(Adapter::MempoolSpace, &network("BTC"), &[])[0]),
		"/api/blocks/tip/height"
	);
	assert_eq!(
		path_of(&asked(Adapter::MempoolSpace, &network("BTC"), &stages)[0]),
		"/api/block-height/933120"
	);
	stages.push(vec![text(HASH)]);
	assert_eq!(
		path_of(&asked(Adapter::MempoolSpace, &network("BTC"), &stages)[0]),
		format!("/api/block/{HASH}")
	);
	let block =
		format!(r#"{{"id":"{HASH}","height":933120,"version":1,"bits":386006177,"extras":{{}}}}"#);
	stages.push(vec![json(&block)]);
	assert_eq!(
		read(Adapter::MempoolSpace, &network("BTC"), &stages),
		Ok(Answer::Network(NetworkAnswer::ProofOfWork { height: 933_120, bits: 0x1701_fca1 }))
	);
	for bad in [
		block.replace(HASH, "00"),
		block.replace("933120", "933121"),
		block.replace("386006177", "99999999999"),
	] {
		stages[2] = vec![json(&bad)];
		assert_eq!(read(Adapter::MempoolSpace, &network("BTC"), &stages), Err(Fault::Malformed));
	}
	for bad in ["", "tip", "-1", "<html>"] {
		assert_eq!(
			read(Adapter::MempoolSpace, &network("BTC"), &[vec![text(bad)]]),
			Err(Fault::Malformed)
		);
	}
	assert_eq!(
		read(Adapter::MempoolSpace, &network("BTC"), &[vec![text("933130")], vec![text("../x")]]),
		Err(Fault::Malformed)
	);
}

#[test]
fn mempool_space_fees_are_strings_or_numbers() {
	for total in ["\"2881440\"", "2881440"] {
		let body = format!(
			r#"{{"startBlock":1,"endBlock":144,"totalReward":"1","totalFee":{total},"totalTx":"5"}}"#
		);
		assert_eq!(
			read(Adapter::MempoolSpace, &fees("BTC"), &[vec![json(&body)]]),
			Ok(Answer::Fees(20_010))
		);
	}
}

const STATS: &str = r#"{"data":{"blocks":972126,"best_block_height":972125,
	"difficulty":763004012345.6,"hashrate_24h":"5060000000000000000","blocks_24h":144,
	"transactions_24h":14400,"average_transaction_fee_24h":312.5,"market_price_usd":400.1},
	"context":{"code":200}}"#;

#[test]
fn blockchair_reads_the_newest_settled_multiple() {
	// 6,750 · 144 = 972,000.
	let next = asked(Adapter::BlockchairBch, &network("BCH"), &[vec![json(STATS)]]);
	assert_eq!(path_of(&next[0]), "/bitcoin-cash/dashboards/block/972000?limit=1");
	let block = r#"{"data":{"972000":{"block":{"id":972000,"hash":"00","bits":402791539},"transactions":[]}},"context":{"code":200}}"#;
	let stages = [vec![json(STATS)], vec![json(block)]];
	assert_eq!(
		read(Adapter::BlockchairBch, &network("BCH"), &stages),
		Ok(Answer::Network(NetworkAnswer::ProofOfWork { height: 972_000, bits: 402_791_539 }))
	);
	for (bad, fault) in [
		(block.replace("\"id\":972000", "\"id\":1"), Fault::Malformed),
		(r#"{"data":{},"context":{"code":200}}"#.to_string(), Fault::Malformed),
		(block.replace("\"code\":200", "\"code\":402"), Fault::Service),
	] {
		let stages = [vec![json(STATS)], vec![json(&bad)]];
		assert_eq!(read(Adapter::BlockchairBch, &network("BCH"), &stages), Err(fault));
	}
}

#[test]
fn blockchair_fees_are_means_of_a_day() {
	assert_eq!(
		read(Adapter::BlockchairBch, &fees("BCH"), &[vec![json(STATS)]]),
		Ok(Answer::Fees(31_250))
	);
	let none = STATS.replace("\"blocks_24h\":144", "\"blocks_24h\":0");
	assert_eq!(
		read(Adapter::BlockchairBch, &fees("BCH"), &[vec![json(&none)]]),
		Err(Fault::Malformed)
	);
}

#[test]
fn lotus_reads_power_and_reward_at_a_final_tipset() {
	let rpc = |id: usize, result: &str| {
		json(&format!(r#"{{"id":{id},"jsonrpc":"2.0","result":{result}}}"#))
	};
	let mut stages = vec![vec![rpc(0, r#"{"Cids":[{"/":"bafyhead"}],"Height":4500900}"#)]];
	let next = asked(Adapter::Lotus, &network("FIL"), &stages);
	// (4,500,900 − 899) / 2,880 rounded down is 1,562.
	assert!(body_of(&next[0]).ends_with(r#""params":[4498560,null]}"#));
	stages.push(vec![rpc(0, r#"{"Cids":[{"/":"bafyold"}],"Height":4498559}"#)]);
	let next = asked(Adapter::Lotus, &network("FIL"), &stages);
	assert!(body_of(&next[0]).ends_with(r#""params":["f04",[{"/":"bafyold"}]]}"#));
	assert!(body_of(&next[1]).ends_with(r#""params":["f02",[{"/":"bafyold"}]]}"#));
	stages.push(vec![
		rpc(0, r#"{"Balance":"0","Code":{"/":"x"},"State":{"TotalQualityAdjPower":"1","ThisEpochQualityAdjPower":"23000000000000000000","MinerCount":5}}"#),
		rpc(1, r#"{"Balance":"9","Code":{"/":"x"},"State":{"ThisEpochReward":"79000000000000000000","Epoch":4498560}}"#),
	]);
	assert_eq!(
		read(Adapter::Lotus, &network("FIL"), &stages),
		Ok(Answer::Network(NetworkAnswer::PowerShare {
			height: 4_498_560,
			total_power: 23_000_000_000_000_000_000,
			epoch_reward: 79_000_000_000_000_000_000,
		}))
	);
}
