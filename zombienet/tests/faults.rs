//! What four validators survive, and what they do not pretend to survive. One network, one story:
//! starting four nodes is the dearest part.

use anyhow::{ensure, Result};
use dmex_zombienet::{
	lot,
	network::{binaries, token_of, Network, FARM, VALIDATORS},
	node::Node,
	pool_sim::{number, PoolSim},
	wait_for,
};
use serde_json::{json, Value};
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);
/// Who is told lies; who is killed first.
const DAVE: &str = "dave";

#[tokio::test(flavor = "multi_thread")]
async fn four_validators_survive_one_and_stop_without_two() -> Result<()> {
	let binaries = binaries();
	let pools = PoolSim::start(&binaries).await?;
	let network = Network::start(&binaries).await?;

	all_finalise_and_all_vote(&network).await?;
	facts_hold_while_one_is_lied_to(&network, &pools).await?;
	one_dies_and_returns(&network).await?;
	two_die_and_finality_waits_for_them(&network).await?;

	network.stop().await
}

async fn all_finalise_and_all_vote(network: &Network) -> Result<()> {
	for name in VALIDATORS {
		network.node(name)?.wait_finalised(5, 3 * MINUTE).await?;
	}
	let [first, second, third, fourth] = VALIDATORS;
	let votes = |name| async move { network.node(name)?.wait_votes(2, 3 * MINUTE).await };
	tokio::try_join!(votes(first), votes(second), votes(third), votes(fourth))?;
	let alice = network.node(VALIDATORS[0])?;
	wait_for("all have agreed on facts", 4 * MINUTE, || async {
		let scores = network.scores().await?;
		Ok(scores.iter().all(|score| score.agreed > 0).then_some(()))
	})
	.await?;
	wait_fresh(&alice).await
}

async fn facts_hold_while_one_is_lied_to(network: &Network, pools: &PoolSim) -> Result<()> {
	pools.lie_to(&token_of(DAVE), 2.0).await?;
	let alice = network.node(VALIDATORS[0])?;
	let today = alice.facts().await?["today"].as_u64().unwrap_or_default();
	lot::submit(&network.client().await?, today.into()).await?;
	let lot = alice.call("dmex_lot", json!([0])).await?;
	ensure!(lot["account"]["name"] == json!(FARM), "another account is bound: {lot}");
	let account = lot["account"]["id"].clone();

	let before: u64 = network.scores().await?.iter().map(|score| score.outliers).sum();
	let agreed = wait_for("two days are agreed", 6 * MINUTE, || async {
		let days = json!([account, today, today + 20]);
		let days = alice.call("dmex_accountDays", days).await?;
		Ok(days.as_array().filter(|days| days.len() >= 2).cloned())
	})
	.await?;
	for day in &agreed {
		ensure_true(pools, day).await?;
	}
	wait_for("the liar's victim stands alone", 3 * MINUTE, || async {
		let after: u64 = network.scores().await?.iter().map(|score| score.outliers).sum();
		Ok((after > before).then_some(()))
	})
	.await?;
	pools.be_honest().await
}

/// An agreed day is what the pool measured (H/s there, GH/s here, rounded down) and credited.
async fn ensure_true(pools: &PoolSim, agreed: &Value) -> Result<()> {
	let day = agreed["day"].as_u64().unwrap_or_default();
	let (measured, paid) = pools.truth(FARM, day).await?;
	ensure!(agreed["refused"] == json!(false), "day {day} is refused");
	let power = number(&agreed["power"])?;
	let gigahashes = measured / 1_000_000_000;
	ensure!(
		power.abs_diff(gigahashes) <= gigahashes / 1_000,
		"day {day}: {power} GH/s agreed, {gigahashes} GH/s measured"
	);
	let credited = number(&agreed["paid"])?;
	ensure!(credited == paid, "day {day}: {credited} satoshi agreed, {paid} credited");
	Ok(())
}

async fn one_dies_and_returns(network: &Network) -> Result<()> {
	let (alice, dave) = (network.node(VALIDATORS[0])?, network.node(DAVE)?);
	dave.kill()?;
	let at_death = alice.finalised().await?;
	alice.wait_finalised(at_death + 10, 4 * MINUTE).await?;
	alice.wait_votes(2, 3 * MINUTE).await?;
	wait_fresh(&alice).await?;

	dave.return_to_life().await?;
	let missed = alice.finalised().await?;
	dave.wait_finalised(missed, 3 * MINUTE).await?;
	dave.wait_votes(2, 3 * MINUTE).await
}

async fn two_die_and_finality_waits_for_them(network: &Network) -> Result<()> {
	let (alice, charlie, dave) =
		(network.node(VALIDATORS[0])?, network.node(VALIDATORS[2])?, network.node(DAVE)?);
	charlie.kill()?;
	dave.kill()?;
	// What was under way may still become final.
	tokio::time::sleep(Duration::from_secs(15)).await;
	let (final_block, best) = (alice.finalised().await?, alice.best().await?);
	let stale = wait_for("the price is stale", 4 * MINUTE, || async {
		let price = alice.facts().await?["price"].clone();
		Ok(price.is_string().then_some(price))
	});
	ensure!(stale.await? == json!("stale"), "a fact without a quorum");
	ensure!(alice.finalised().await? == final_block, "finality without two of four");
	ensure!(alice.best().await? > best, "authoring stopped too");

	charlie.return_to_life().await?;
	dave.return_to_life().await?;
	let at_return = alice.best().await?;
	for name in VALIDATORS {
		network.node(name)?.wait_finalised(at_return, 5 * MINUTE).await?;
	}
	wait_fresh(&alice).await
}

/// Waits until a price and the network are agreed and fresh.
async fn wait_fresh(node: &Node<'_>) -> Result<()> {
	wait_for("price and network are fresh", 4 * MINUTE, || async {
		let facts = node.facts().await?;
		let fresh = |fact: &str| facts[fact].get("value").is_some();
		Ok((fresh("price") && fresh("network")).then_some(()))
	})
	.await
}
