//! The step machine: what a worker and an adapter say to each other.

use crate::{
	binance, bitcoin_core, blockchair, braiins, coinbase, coingecko, f2pool, kraken, lotus, luxor,
	mempool_space, ocean, read, viabtc, Adapter,
};
use alloc::{string::String, vec::Vec};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Bytes of a body that are read; a longer one is a fault.
pub const MAX_BODY: usize = 65_536;
/// Most stages of requests that a query takes.
pub const MAX_STAGES: usize = 3;
/// Most requests of a stage; a query for prices names at most as many symbols.
pub const MAX_REQUESTS: usize = 20;
/// Decimals of a price: US dollars × 10¹².
pub const PRICE_DECIMALS: u32 = 12;

/// A question to a service.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Query<'a> {
	/// What a pool says of a closed day of an account.
	ClosedDay {
		/// Symbol of the coin, upper case.
		symbol: &'a str,
		/// Decimals of the coin.
		decimals: u8,
		/// Normalised name of the account.
		account: &'a str,
		/// Day since 1970-01-01.
		day: u32,
	},
	/// Power of an account now.
	Live {
		/// Symbol of the coin, upper case.
		symbol: &'a str,
		/// Normalised name of the account.
		account: &'a str,
	},
	/// State of a network at the newest settled multiple of `blocks_per_day`.
	Network {
		/// Symbol of the coin, upper case.
		symbol: &'a str,
		/// Blocks (epochs) that the network aims at in a day.
		blocks_per_day: u32,
	},
	/// Mean transaction fees of a block over a day of blocks.
	Fees {
		/// Symbol of the coin, upper case.
		symbol: &'a str,
		/// Decimals of the coin.
		decimals: u8,
		/// Blocks that the network aims at in a day.
		blocks_per_day: u32,
	},
	/// Prices in US dollars.
	Prices {
		/// Symbols, upper case, at most [`MAX_REQUESTS`]; `USDT` for the stablecoin.
		symbols: &'a [&'a str],
		/// Unix seconds of the block that the asker stands on; older quotes than an hour are stale.
		now: u64,
	},
}

/// How a request is sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Method {
	/// GET, without a body.
	Get,
	/// POST of a JSON body.
	Post,
}

/// A request. The sender adds `User-Agent`, `Accept` and, for a body, `Content-Length`.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct Request {
	/// Verb.
	pub method: Method,
	/// Appended to the base URL; starts with a slash.
	pub path: String,
	/// Names and values of headers. May hold the token: never to be logged.
	pub headers: Vec<(String, String)>,
	/// Body; empty for [`Method::Get`].
	pub body: Vec<u8>,
}

/// Without the values of headers, which may hold a token.
impl core::fmt::Debug for Request {
	fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
		f.debug_struct("Request")
			.field("method", &self.method)
			.field("path", &self.path)
			.finish_non_exhaustive()
	}
}

/// A reply as it arrived, whatever its status. Redirects are not followed.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Reply {
	/// HTTP status.
	pub status: u16,
	/// Value of `content-type`, empty if there was none.
	pub content_type: String,
	/// The body, read to its end.
	pub body: Vec<u8>,
}

/// A reply, or why there is none.
pub type Outcome = Result<Reply, Fault>;

/// What to do next.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Step {
	/// Send these, all at once if the rate limit allows, then call again with their outcomes, in
	/// the same order, as the next stage.
	Ask(Vec<Request>),
	/// The end.
	Done(Result<Answer, Fault>),
}

/// What a service says, in plain integers. Powers are hashes a second (proof of work) or bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answer {
	/// The service answers, but not for this account.
	Refused,
	/// To [`Query::ClosedDay`].
	ClosedDay(DayAnswer),
	/// To [`Query::Live`]: power, rounded down.
	Live(u128),
	/// To [`Query::Network`].
	Network(NetworkAnswer),
	/// To [`Query::Fees`]: smallest units a block, rounded down.
	Fees(u128),
	/// To [`Query::Prices`]: symbol and price × 10¹², rounded down, for those that were told.
	Prices(Vec<(String, u128)>),
}

/// A closed day of an account.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DayAnswer {
	/// Mean power over the day, hashes a second or bytes, rounded down.
	pub rate: u128,
	/// Credited for the day net of the pool's fee, smallest units, rounded down.
	pub paid: u128,
	/// Address that payouts went to by the end of the day, where the service tells.
	pub payout: Option<Vec<u8>>,
}

/// State of a network at a height.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NetworkAnswer {
	/// A proof-of-work header.
	ProofOfWork {
		/// Height.
		height: u64,
		/// Compact target.
		bits: u32,
	},
	/// Power and reward at a final tipset.
	PowerShare {
		/// Epoch.
		height: u64,
		/// Quality-adjusted power of the network, bytes.
		total_power: u128,
		/// Reward of an epoch, smallest units.
		epoch_reward: u128,
	},
}

/// Why a service gave no answer. A fault is no vote.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
)]
pub enum Fault {
	/// Nothing, or not all of it, arrived in time.
	Timeout,
	/// The host was not reached, or the connection broke.
	Connection,
	/// A status that means neither an answer nor a refusal.
	Status(u16),
	/// Status 429, or a code of the service that means the same.
	RateLimited,
	/// A redirect; none is followed.
	Redirect,
	/// The reply is not of the type that the service sends.
	ContentType,
	/// The body is longer than [`MAX_BODY`].
	TooLong,
	/// The body is not what the service sends.
	Malformed,
	/// The service answered with an error of its own that says nothing about the account.
	Service,
	/// The day is not in the reply, or not settled yet.
	NotYetClosed,
	/// The reply is older than it may be.
	Stale,
	/// The service refuses, and its public endpoint does not answer either.
	Unavailable,
	/// The service wants a token and there is none that can be sent.
	NoToken,
	/// The service cannot answer such a question.
	Unsupported,
}

/// Why an adapter stops before it has an answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Stop {
	/// The service answers, but not for this account.
	Refused,
	/// No answer.
	Fault(Fault),
}

impl From<Fault> for Stop {
	fn from(fault: Fault) -> Self {
		Self::Fault(fault)
	}
}

/// What an adapter does next, before refusals and faults are told apart.
pub(crate) enum Next {
	Ask(Vec<Request>),
	Done(Answer),
}

pub(crate) type Stepped = Result<Next, Stop>;

impl Request {
	/// A GET of `path`.
	pub(crate) fn get(path: String) -> Self {
		Self { method: Method::Get, path, headers: Vec::new(), body: Vec::new() }
	}

	/// A POST of JSON text to `path`.
	pub(crate) fn post(path: &str, body: String) -> Self {
		Self { method: Method::Post, path: path.into(), headers: Vec::new(), body: body.into() }
			.header("Content-Type", "application/json")
	}

	/// With one more header.
	pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
		self.headers.push((name.into(), value.into()));
		self
	}
}

/// The next step of a query.
///
/// `replies` are the outcomes of the stages asked for so far, each in the order of its requests.
/// `token` is the service's own, read-only. The machine holds no state: the same arguments give the
/// same step, so a worker may stop between two requests and go on in a later run.
pub fn step(
	adapter: Adapter,
	query: &Query<'_>,
	token: Option<&str>,
	replies: &[Vec<Outcome>],
) -> Step {
	let token = match token.map(read::header_value) {
		None => None,
		Some(Ok(token)) => Some(token),
		Some(Err(fault)) => return Step::Done(Err(fault)),
	};
	let stepped = match adapter {
		Adapter::Braiins => braiins::step(query, token, replies),
		Adapter::F2Pool => f2pool::step(query, token, replies),
		Adapter::ViaBtc => viabtc::step(query, token, replies),
		Adapter::Luxor => luxor::step(query, token, replies),
		Adapter::Ocean => ocean::step(query, replies),
		Adapter::Lotus => lotus::step(query, token, replies),
		Adapter::BitcoinCore => bitcoin_core::step(query, token, replies),
		Adapter::MempoolSpace => mempool_space::step(query, replies),
		Adapter::BlockchairBch => blockchair::step(query, replies),
		Adapter::Coinbase => coinbase::step(query, replies),
		Adapter::Kraken => kraken::step(query, replies),
		Adapter::Binance => binance::step(query, replies),
		Adapter::CoinGecko => coingecko::step(query, replies),
	};
	match stepped {
		Ok(Next::Ask(requests)) => Step::Ask(requests),
		Ok(Next::Done(answer)) => Step::Done(Ok(answer)),
		Err(Stop::Refused) => Step::Done(Ok(Answer::Refused)),
		Err(Stop::Fault(fault)) => Step::Done(Err(fault)),
	}
}

/// A request that the service answers to anybody, so that a refusal can be told from an outage.
/// `None` for a service that has no accounts.
pub fn public_probe(adapter: Adapter) -> Option<Request> {
	match adapter {
		Adapter::Braiins => Some(braiins::probe()),
		Adapter::F2Pool => Some(f2pool::probe()),
		Adapter::ViaBtc => Some(viabtc::probe()),
		Adapter::Luxor => Some(luxor::probe()),
		Adapter::Ocean => Some(ocean::probe()),
		Adapter::Lotus => Some(lotus::probe()),
		_ => None,
	}
}

/// Whether the reply to [`public_probe`] shows that the service is up: it is in the service's own
/// shape and no error of the server.
pub fn probe_answers(adapter: Adapter, reply: &Outcome) -> bool {
	match adapter {
		Adapter::Braiins => braiins::probe_answers(reply),
		Adapter::F2Pool => f2pool::probe_answers(reply),
		Adapter::ViaBtc => viabtc::probe_answers(reply),
		Adapter::Luxor => luxor::probe_answers(reply),
		Adapter::Ocean => ocean::probe_answers(reply),
		Adapter::Lotus => lotus::probe_answers(reply),
		_ => false,
	}
}
