//! One page that shows what the simulator does, for people.

use crate::{
	app::App,
	clock::date,
	control::{readable_amount, readable_power, view_of},
	world::{Account, Coin},
};
use std::fmt::Write;

/// Farms shown; load tests have thousands.
const MOST_FARMS: usize = 16;
/// Closed days shown of each farm.
const DAYS: u64 = 5;
/// Payments shown of each coin.
const PAYMENTS: usize = 8;

const HEAD: &str = r#"<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="3">
<title>pool-sim</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2em auto; max-width: 76em; padding: 0 1em; color: #222 }
table { border-collapse: collapse; width: 100%; margin: .5em 0 1.5em }
th, td { text-align: left; padding: .25em .8em .25em 0; border-bottom: 1px solid #ddd; vertical-align: top }
th { font-weight: 600; color: #666 }
td.n { font-variant-numeric: tabular-nums; white-space: nowrap }
.bad { color: #b00020; font-weight: 600 }
code { background: #f3f3f3; padding: .1em .3em }
.quiet { color: #777 }
</style></head><body>
<h1>A simulated mine</h1>
<p>These farms, pools, networks and prices do not exist. They answer as the real services do, on
this machine only, so that a chain can be tried without a mine.</p>
"#;

/// The page.
pub fn render(app: &App) -> String {
	let mut page = String::from(HEAD);
	// Writing to a string cannot fail.
	let _ = write_all(app, &mut page);
	page.push_str("</body></html>\n");
	page
}

fn write_all(app: &App, page: &mut String) -> std::fmt::Result {
	let now = app.clock.now();
	let part = now.day_part_ppm() / 10_000;
	writeln!(
		page,
		"<p>Day <b>{}</b> ({}), {part} % over. A day lasts {} s.</p>",
		now.day(),
		date(now.day()),
		app.clock.day_ms() / 1_000
	)?;
	farms(app, page)?;
	payments(app, page)?;
	faults(app, page)?;
	services(app, page)?;
	writeln!(
		page,
		r#"<h2>What you can do</h2>
<p>Halve a farm's power from now on:<br>
<code>curl -d '{{"kind":"drop","service":"braiins","account":"farm1","factor":0.5}}' http://127.0.0.1:8090/sim/faults</code></p>
<p>Set where a farm's pool pays it, as at the pool itself (the lot's own address):<br>
<code>curl -d '{{"service":"braiins","account":"farm1","address":"bc1…"}}' http://127.0.0.1:8090/sim/payout</code></p>
<p>Pay an address, amount in satoshi:<br>
<code>curl -d '{{"coin":"BTC","address":"bc1…","amount":100000}}' http://127.0.0.1:8090/sim/transactions</code></p>
<p>Switch everything back on: <code>curl -X DELETE http://127.0.0.1:8090/sim/faults</code></p>
<p class="quiet">Kinds of faults: outage, slow (ms), cut_body, too_many_requests, unauthorized, revoked_token,
wrong_account (name), html_page, long_body (bytes), redirect (to), wrong_content_type, malformed, drop (factor),
under_report (factor), correct_day (day, factor), lie (factor), set_price (coin, price), price_factor (coin, factor),
payout_address (address), late (hours). Whom they concern: service, account, token, user_agent, path.
State for programs: <a href="/sim/state">/sim/state</a>, <a href="/sim/stats">/sim/stats</a>,
<a href="/sim/faults">/sim/faults</a>, <a href="/sim/payouts">/sim/payouts</a>.</p>"#
	)
}

fn farms(app: &App, page: &mut String) -> std::fmt::Result {
	let all = app.world.accounts();
	writeln!(page, "<h2>Farms</h2><table><tr><th>account<th>token<th>paid to<th>built for<th>now<th>last closed days: power, credited</tr>")?;
	for account in all.iter().take(MOST_FARMS) {
		let view = view_of(app, account);
		let today = app.clock.now().day();
		let days: Vec<_> = (today.saturating_sub(DAYS)..today)
			.rev()
			.map(|day| {
				format!(
					"{day}: {}, {}",
					readable_power(account.coin, view.measured(account, day)),
					readable_amount(account.coin, view.paid(account, day))
				)
			})
			.collect();
		writeln!(
			page,
			"<tr><td><b>{}</b><br>{} on {}<br><span class=quiet>{}</span><td><code>{}</code><td>{}<td class=n>{}<td class=n>{}<td class=n>{}</tr>",
			escape(&account.name),
			account.coin.symbol(),
			account.service.prefix(),
			account.machines,
			escape(account.token.as_deref().unwrap_or("none")),
			paid_to(app, account),
			readable_power(account.coin, account.nominal),
			readable_power(account.coin, view.live(account, 300)),
			days.join("<br>")
		)?;
	}
	writeln!(page, "</table>")?;
	match all.len().saturating_sub(MOST_FARMS) {
		0 => Ok(()),
		more => writeln!(page, "<p class=quiet>and {more} more</p>"),
	}
}

/// The address that was set, on which it is paid on the coin's network, or that none is.
fn paid_to(app: &App, account: &Account) -> String {
	match app.payouts.address(account) {
		Some(address) => format!("<code>{}</code>", escape(&address)),
		None => "<span class=quiet>the farm's own wallet</span>".into(),
	}
}

fn payments(app: &App, page: &mut String) -> std::fmt::Result {
	let newest = app.payouts.newest(PAYMENTS);
	writeln!(page, "<h2>Payments on the coins' networks</h2>")?;
	if newest.is_empty() {
		return writeln!(page, "<p>None yet: no farm has an address set.</p>");
	}
	writeln!(page, "<table><tr><th>block<th>amount<th>to<th>for<th>transaction</tr>")?;
	for (symbol, one) in newest {
		let amount = Coin::by_symbol(&symbol).map(|coin| readable_amount(coin, one.amount.into()));
		let reason =
			one.pays.map_or(String::new(), |(account, day)| format!("{account}, day {day}"));
		writeln!(
			page,
			"<tr><td class=n>{}<td class=n>{}<td><code>{}</code><td>{}<td><code>{}…</code></tr>",
			one.height,
			amount.unwrap_or_default(),
			escape(&one.address),
			escape(&reason),
			one.id.get(..16).unwrap_or_default()
		)?;
	}
	writeln!(page, "</table>")
}

fn faults(app: &App, page: &mut String) -> std::fmt::Result {
	let on: Vec<_> = app.faults.list().into_iter().filter(|active| active.is_on()).collect();
	writeln!(page, "<h2>Faults</h2>")?;
	if on.is_empty() {
		return writeln!(page, "<p>None: everything works.</p>");
	}
	writeln!(page, "<table><tr><th>number<th>what<th>requests changed</tr>")?;
	for active in on {
		let what = serde_json::to_string(&active.fault).unwrap_or_default();
		writeln!(
			page,
			"<tr><td>{}<td class=bad>{}<td class=n>{}</tr>",
			active.id,
			escape(&what),
			active.hits
		)?;
	}
	writeln!(page, "</table>")
}

fn services(app: &App, page: &mut String) -> std::fmt::Result {
	let limits = if app.limits.enabled() { "kept" } else { "off" };
	writeln!(
		page,
		"<h2>Requests</h2><table><tr><th>service<th>requests<th>by status<th>last<th>over the rate limit (limits {limits})</tr>"
	)?;
	let all = app.stats.all();
	if all.is_empty() {
		writeln!(page, "<tr><td colspan=5 class=quiet>Nobody has asked yet.</tr>")?;
	}
	for (service, of) in all {
		let statuses: Vec<_> =
			of.statuses.iter().map(|(status, count)| format!("{status}: {count}")).collect();
		let ago = app.clock.now_ms().saturating_sub(of.last_at_ms) / 1_000;
		let class = if of.last_status == 200 { "n" } else { "bad" };
		writeln!(
			page,
			"<tr><td>{service}<td class=n>{}<td class=n>{}<td class={class}>{}, {ago} s ago<td class=n>{}</tr>",
			of.requests,
			statuses.join(", "),
			of.last_status,
			of.limited
		)?;
	}
	writeln!(page, "</table>")
}

fn escape(text: &str) -> String {
	text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
