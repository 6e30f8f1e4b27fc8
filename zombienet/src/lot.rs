//! A provider with a farm and a lot, so that there is a mining account to read.

use crate::network::{Client, FARM};
use anyhow::{Context, Result};
use zombienet_sdk::{
	subxt::dynamic::{tx, Value},
	subxt_signer::sr25519::{dev, Keypair},
};

/// Bitcoin.
const COIN: u128 = 0;
/// Braiins, as the preset `local` knows it.
const SOURCE: u128 = 0;

/// Registers Eve as a provider with a farm, and submits a lot of [`FARM`] that begins tomorrow.
/// From then on every validator reads the account.
pub async fn submit(client: &Client, today: u128) -> Result<()> {
	let provider = dev::eve();
	let text = |text: &str| Value::from_bytes(text.as_bytes());
	let nothing = || Value::unnamed_variant("None", Vec::<Value>::new());
	let word = |word: &str| Value::unnamed_variant(word, Vec::<Value>::new());
	let power = Value::u128(1_000_000);

	let registration = vec![("name", text("Eve's mines")), ("url", text("https://mines.example"))];
	send(client, &provider, "register_provider", registration).await?;

	let claim = Value::named_composite([("coin", Value::u128(COIN)), ("power", power.clone())]);
	let farm = vec![("place", text("Iceland")), ("claims", Value::unnamed_composite([claim]))];
	send(client, &provider, "register_farm", farm).await?;

	let terms = Value::named_composite([
		("farm", Value::u128(0)),
		("coin", Value::u128(COIN)),
		("model", text("S21")),
		("machines", Value::u128(5)),
		("nanowatts_per_unit", Value::u128(17_500_000)),
		("millicents_per_kwh", Value::u128(7_000)),
		("source", Value::u128(SOURCE)),
		("account", text(FARM)),
		("power", power),
		("first_day", Value::u128(today + 2)),
		("last_day", Value::u128(today + 100)),
		("fee", Value::u128(50_000)),
		("payout", word("Fpps")),
		("sale", word("Outright")),
		("shutdown_clause", Value::bool(false)),
		("vesting", nothing()),
		("evidence", Value::from_bytes([7; 32])),
	]);
	send(client, &provider, "submit_lot", vec![("terms", terms)]).await
}

/// Sends a call of the hashpower pallet and waits until it is final and done.
async fn send(
	client: &Client,
	who: &Keypair,
	call: &str,
	arguments: Vec<(&str, Value)>,
) -> Result<()> {
	let transaction = tx("Hashpower", call, arguments);
	let sent = client.tx().sign_and_submit_then_watch_default(&transaction, who).await;
	let sent = sent.with_context(|| format!("{call} is not taken"))?;
	sent.wait_for_finalized_success().await.with_context(|| format!("{call} fails"))?;
	println!("{call}: done");
	Ok(())
}
