#![doc = include_str!("../README.md")]

mod app;
mod clock;
mod control;
mod exchange;
mod faults;
mod limits;
mod numbers;
mod page;
mod payouts;
mod services;
mod stats;
mod world;

use app::App;
use axum::{
	body::{Body, Bytes},
	extract::{ConnectInfo, Query, State},
	http::{HeaderMap, HeaderName, HeaderValue, Method, Response, Uri},
	Router,
};
use clap::{Parser, ValueEnum};
use clock::Clock;
use exchange::{Ask, Outcome, Reply};
use futures::{stream, StreamExt};
use limits::Limits;
use payouts::Payouts;
use std::{
	error::Error, io, net::SocketAddr, path::PathBuf, process::ExitCode, sync::Arc, time::Duration,
};
use tokio::{
	net::TcpListener,
	signal::unix::{signal, SignalKind},
};
use world::World;

/// A simulated mine that speaks the real pools' JSON.
#[derive(Parser)]
#[command(version)]
struct Options {
	/// Where to listen; loopback only.
	#[arg(long, default_value = "127.0.0.1:8090")]
	listen: SocketAddr,
	/// Length of a day, milliseconds: that of the chain that reads it.
	#[arg(long, default_value_t = 60_000, value_parser = clap::value_parser!(u64).range(1..))]
	day_ms: u64,
	/// Day from which the networks' heights count; today if it is left out. Give the same one
	/// after a restart, or heights go back.
	#[arg(long)]
	anchor_day: Option<u64>,
	/// File that remembers payout addresses and payments across restarts. Give the same one with the
	/// same anchor day and seed.
	#[arg(long)]
	payouts: Option<PathBuf>,
	/// Seed of the noise.
	#[arg(long, default_value_t = 1)]
	seed: u64,
	/// Further accounts on Braiins and F2Pool in turn, for load tests.
	#[arg(long, default_value_t = 0)]
	accounts: u32,
	/// Whether requests over the services' limits are refused.
	#[arg(long, value_enum, default_value_t = RateLimits::Published)]
	rate_limits: RateLimits,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum RateLimits {
	/// No limit.
	Off,
	/// As the services publish them, in real time.
	Published,
}

#[tokio::main]
async fn main() -> ExitCode {
	match run(Options::parse()).await {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("pool-sim: {error}");
			ExitCode::FAILURE
		},
	}
}

async fn run(options: Options) -> Result<(), Box<dyn Error>> {
	if !options.listen.ip().is_loopback() {
		return Err(
			"it can be told to lie by anyone who reaches it, so it listens on loopback only".into(),
		);
	}
	let clock = Clock::new(options.day_ms);
	let anchor_day = options.anchor_day.unwrap_or_else(|| clock.now().day());
	let app = Arc::new(App {
		world: World::new(options.seed, anchor_day, options.accounts),
		clock,
		faults: Default::default(),
		limits: Limits::new(options.rate_limits == RateLimits::Published),
		stats: Default::default(),
		payouts: Payouts::open(options.payouts)?,
	});
	let (mut interrupt, mut terminate) =
		(signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
	let listener = TcpListener::bind(options.listen)
		.await
		.map_err(|error| format!("cannot listen on {}: {error}", options.listen))?;
	println!(
		"pool-sim: http://{}/ (day {}, heights since day {anchor_day})",
		listener.local_addr()?,
		app.clock.now().day()
	);
	let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
	tokio::select! {
		served = axum::serve(listener, service) => served?,
		_ = interrupt.recv() => {},
		_ = terminate.recv() => {},
	}
	println!("pool-sim: stopped");
	Ok(())
}

fn router(app: Arc<App>) -> Router {
	Router::new().fallback(handle).with_state(app)
}

async fn handle(
	State(app): State<Arc<App>>,
	ConnectInfo(remote): ConnectInfo<SocketAddr>,
	method: Method,
	uri: Uri,
	headers: HeaderMap,
	body: Bytes,
) -> Response<Body> {
	let query = Query::<Vec<(String, String)>>::try_from_uri(&uri);
	let ask = Ask {
		method,
		path: uri.path().to_string(),
		query: query.map(|Query(pairs)| pairs).unwrap_or_default(),
		headers,
		body,
		remote: remote.ip().to_string(),
	};
	match app.respond(ask).await {
		Outcome::Whole(reply) => response(&reply, Body::from(reply.body.clone())),
		Outcome::Cut(reply) => {
			// The length of the whole is announced, half of it is sent.
			let half = Bytes::copy_from_slice(&reply.body.as_bytes()[..reply.body.len() / 2]);
			// What was sent must have left before the line breaks.
			let breaks = stream::once(async {
				tokio::time::sleep(Duration::from_millis(50)).await;
				Err(io::Error::from(io::ErrorKind::ConnectionReset))
			});
			let body = Body::from_stream(stream::once(async { Ok(half) }).chain(breaks));
			let mut response = response(&reply, body);
			response.headers_mut().insert("content-length", HeaderValue::from(reply.body.len()));
			response
		},
		// Ends the task of this connection, and with it the connection, without a word; the hook
		// that reports panics is not called.
		Outcome::Closed => std::panic::resume_unwind(Box::new("connection closed on purpose")),
	}
}

fn response(reply: &Reply, body: Body) -> Response<Body> {
	let mut response = Response::new(body);
	*response.status_mut() = reply.status.try_into().unwrap_or_default();
	let headers = response.headers_mut();
	if !reply.content_type.is_empty() {
		headers.insert("content-type", HeaderValue::from_static(reply.content_type));
	}
	for (name, value) in &reply.headers {
		if let Ok(value) = HeaderValue::from_str(value) {
			headers.append(HeaderName::from_static(name), value);
		}
	}
	response
}

#[cfg(test)]
mod tests;
