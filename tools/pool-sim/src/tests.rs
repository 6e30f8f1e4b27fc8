//! The whole simulator: what the chain's own adapters read from it, and what a broken line looks like.

use super::*;
use crate::{
	clock::{Moment, DAY_MS},
	faults::{Fault, Kind},
	services::Service,
	world::{Coin, View},
};
use dmex_adapters::{
	probe_answers, public_probe, step, Adapter, Answer, Fault as Problem, NetworkAnswer,
	Outcome as Read, Query as Question, Reply as Answered, Request as Wanted, Step,
};
mod payouts;

use tokio::io::{AsyncReadExt, AsyncWriteExt};

const DAY: u32 = 29_883_000;

fn app() -> App {
	let clock = Clock::new(60_000);
	// Noon of the day, and it stays noon.
	clock.set(Some(u64::from(DAY) * 60_000 + 30_000), false);
	App {
		world: World::new(1, u64::from(DAY), 4),
		clock,
		faults: Default::default(),
		limits: Limits::new(false),
		stats: Default::default(),
		payouts: Default::default(),
	}
}

/// Prefix and adapter of each service.
const ADAPTERS: [(Service, Adapter); 13] = [
	(Service::Braiins, Adapter::Braiins),
	(Service::F2Pool, Adapter::F2Pool),
	(Service::ViaBtc, Adapter::ViaBtc),
	(Service::Luxor, Adapter::Luxor),
	(Service::Ocean, Adapter::Ocean),
	(Service::Lotus, Adapter::Lotus),
	(Service::BitcoinCore, Adapter::BitcoinCore),
	(Service::Mempool, Adapter::MempoolSpace),
	(Service::Blockchair, Adapter::BlockchairBch),
	(Service::Coinbase, Adapter::Coinbase),
	(Service::Kraken, Adapter::Kraken),
	(Service::Binance, Adapter::Binance),
	(Service::CoinGecko, Adapter::CoinGecko),
];

fn adapter_of(service: Service) -> Adapter {
	ADAPTERS.into_iter().find(|(known, _)| *known == service).unwrap().1
}

async fn send(app: &App, base: &str, wanted: &Wanted) -> Read {
	let mut headers = HeaderMap::new();
	headers.insert("user-agent", HeaderValue::from_static("dmex-node (alice)"));
	for (name, value) in &wanted.headers {
		let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
		headers.insert(name, HeaderValue::from_str(value).unwrap());
	}
	let uri: Uri = format!("{base}{}", wanted.path).parse().unwrap();
	let method =
		if wanted.method == dmex_adapters::Method::Get { Method::GET } else { Method::POST };
	let ask = Ask {
		method,
		path: uri.path().to_string(),
		query: Query::<Vec<(String, String)>>::try_from_uri(&uri).unwrap().0,
		headers,
		body: wanted.body.clone().into(),
		remote: "127.0.0.1".into(),
	};
	match app.respond(ask).await {
		Outcome::Whole(reply) => Ok(Answered {
			status: reply.status,
			content_type: reply.content_type.into(),
			body: reply.body.into_bytes(),
		}),
		Outcome::Cut(_) | Outcome::Closed => Err(Problem::Connection),
	}
}

/// What an adapter makes of the simulator's answers.
async fn read(
	app: &App,
	service: Service,
	base: &str,
	question: &Question<'_>,
	token: Option<&str>,
) -> Result<Answer, Problem> {
	let adapter = adapter_of(service);
	let mut replies: Vec<Vec<Read>> = Vec::new();
	loop {
		match step(adapter, question, token, &replies) {
			Step::Done(answer) => return answer,
			Step::Ask(wanted) => {
				let mut stage = Vec::new();
				for request in &wanted {
					stage.push(send(app, base, request).await);
				}
				replies.push(stage);
				assert!(replies.len() <= dmex_adapters::MAX_STAGES);
			},
		}
	}
}

fn base(service: Service) -> String {
	format!("/{}", service.prefix())
}

async fn closed_day(app: &App, service: Service, name: &str) -> Result<Answer, Problem> {
	let account = app.world.account(service, name).unwrap();
	let question = Question::ClosedDay {
		symbol: account.coin.symbol(),
		decimals: account.coin.decimals() as u8,
		account: name,
		day: DAY - 1,
	};
	read(app, service, &base(service), &question, account.token.as_deref()).await
}

#[tokio::test]
async fn the_adapters_read_what_happened_on_a_closed_day() {
	let app = app();
	let view = View::new(&app.world, app.clock.now(), vec![]);
	let day = u64::from(DAY - 1);
	for account in app.world.accounts() {
		let Ok(Answer::ClosedDay(told)) = closed_day(&app, account.service, &account.name).await
		else {
			panic!("no answer for {} on {:?}", account.name, account.service);
		};
		let (measured, paid) = (view.measured(account, day), view.paid(account, day));
		match account.service {
			// Pays by the block, and tells its power by what it paid for in a month.
			Service::Ocean => {
				assert!(told.rate.abs_diff(measured) * 2 < measured, "{}", told.rate);
				assert!(told.paid <= paid * 2);
			},
			// Whole sectors; no power below the network's minimum.
			Service::Lotus => {
				let counted = if measured < 10 << 40 { 0 } else { measured >> 35 << 35 };
				assert_eq!(told.rate, counted, "{}", account.name);
				assert_eq!(told.paid, paid, "{}", account.name);
			},
			// Written in Gh/s with four decimals.
			Service::Braiins => {
				assert_eq!(told.rate, measured / 100_000 * 100_000, "{}", account.name);
				assert_eq!(told.paid, paid, "{}", account.name);
			},
			_ => {
				assert_eq!(told.rate, measured, "{}", account.name);
				assert_eq!(told.paid, paid, "{}", account.name);
			},
		}
		if let Some(payout) = told.payout {
			assert_eq!(String::from_utf8(payout).unwrap(), account.payout, "{}", account.name);
		}
	}
}

#[tokio::test]
async fn the_adapters_read_live_power() {
	let app = app();
	for account in app.world.accounts() {
		let question = Question::Live { symbol: account.coin.symbol(), account: &account.name };
		let token = account.token.as_deref();
		let service = account.service;
		let answer = read(&app, service, &base(service), &question, token).await;
		let Ok(Answer::Live(rate)) = answer else { panic!("{answer:?} for {}", account.name) };
		let expected = if account.nominal < 10 << 40 && account.coin == Coin::Fil {
			0
		} else {
			account.nominal
		};
		assert!(rate.abs_diff(expected) * 5 <= expected, "{} {rate}", account.name);
	}
}

#[tokio::test]
async fn the_adapters_read_networks_at_the_same_height() {
	let app = app();
	for (service, extra, coin, blocks) in [
		(Service::BitcoinCore, "", Coin::Btc, 144),
		(Service::Mempool, "", Coin::Btc, 144),
		(Service::BitcoinCore, "/bch", Coin::Bch, 144),
		(Service::Blockchair, "", Coin::Bch, 144),
		(Service::BitcoinCore, "/ltc", Coin::Ltc, 576),
	] {
		let chain = app.world.chain(coin).unwrap();
		let today = chain.height(Moment::start_of(u64::from(DAY)));
		let base = format!("{}{extra}", base(service));
		let question = Question::Network { symbol: coin.symbol(), blocks_per_day: blocks };
		let answer = read(&app, service, &base, &question, None).await;
		let expected = NetworkAnswer::ProofOfWork { height: today, bits: chain.bits(today) };
		assert_eq!(answer, Ok(Answer::Network(expected)), "{service:?} {coin:?}");

		let question =
			Question::Fees { symbol: coin.symbol(), decimals: 8, blocks_per_day: blocks };
		let answer = read(&app, service, &base, &question, None).await;
		let Ok(Answer::Fees(fees)) = answer else { panic!("{answer:?} from {service:?}") };
		let mean = chain.fees_mean(chain.height(app.clock.now()), blocks.into());
		assert!(fees.abs_diff(mean) * 50 < mean, "{service:?} {fees} {mean}");
	}
	let question = Question::Network { symbol: "FIL", blocks_per_day: 2_880 };
	let answer = read(&app, Service::Lotus, "/lotus", &question, None).await;
	let filecoin = &app.world.filecoin;
	let height = (filecoin.epoch(app.clock.now()) - 899) / 2_880 * 2_880;
	let expected = NetworkAnswer::PowerShare {
		height,
		total_power: filecoin.total_power(height),
		epoch_reward: filecoin.epoch_reward(height),
	};
	assert_eq!(answer, Ok(Answer::Network(expected)));
}

#[tokio::test]
async fn the_adapters_read_prices() {
	let app = app();
	let symbols = ["BTC", "BCH", "FIL", "LTC", "USDT"];
	for service in [Service::Coinbase, Service::Kraken, Service::Binance, Service::CoinGecko] {
		let question = Question::Prices { symbols: &symbols, now: app.clock.now().seconds() };
		let answer = read(&app, service, &base(service), &question, None).await;
		let Ok(Answer::Prices(prices)) = answer else { panic!("{answer:?} from {service:?}") };
		// Binance quotes in the stablecoin, so it has no price of it.
		let count = if service == Service::Binance { 4 } else { 5 };
		assert_eq!(prices.len(), count, "{service:?}");
		let bitcoin = prices.iter().find(|(symbol, _)| symbol == "BTC").unwrap().1;
		let expected = 64_090 * 10u128.pow(12);
		assert!(bitcoin.abs_diff(expected) * 500 < expected, "{service:?} {bitcoin}");
	}
}

#[tokio::test]
async fn a_revoked_token_is_refused_while_the_public_endpoint_answers() {
	let app = app();
	app.faults.add(Fault::new(Kind::RevokedToken), app.clock.now()).unwrap();
	for account in app.world.accounts() {
		let service = account.service;
		let answer = closed_day(&app, service, &account.name).await;
		assert_eq!(answer, Ok(Answer::Refused), "{service:?}");
		let probe = public_probe(adapter_of(service)).unwrap();
		let reply = send(&app, &base(service), &probe).await;
		assert!(probe_answers(adapter_of(service), &reply), "{service:?}");
	}
}

#[tokio::test]
async fn another_accounts_name_is_refused_and_noise_is_a_fault() {
	let wrong = |name: &str| Fault { name: Some(name.into()), ..Fault::new(Kind::WrongAccount) };
	let cases = [
		(wrong("stranger"), Ok(Answer::Refused)),
		(Fault::new(Kind::Unauthorized), Ok(Answer::Refused)),
		(Fault::new(Kind::TooManyRequests), Err(Problem::RateLimited)),
		(Fault::new(Kind::HtmlPage), Err(Problem::ContentType)),
		(Fault::new(Kind::WrongContentType), Err(Problem::ContentType)),
		(Fault::new(Kind::Malformed), Err(Problem::Malformed)),
		(Fault::new(Kind::LongBody), Err(Problem::TooLong)),
		(Fault { to: Some("/".into()), ..Fault::new(Kind::Redirect) }, Err(Problem::Redirect)),
		(Fault { status: Some(503), ..Fault::new(Kind::Outage) }, Err(Problem::Status(503))),
		(Fault::new(Kind::Outage), Err(Problem::Connection)),
		(Fault::new(Kind::CutBody), Err(Problem::Connection)),
		(Fault { hours: Some(20), ..Fault::new(Kind::Late) }, Err(Problem::NotYetClosed)),
	];
	let app = app();
	for (fault, expected) in cases {
		app.faults.clear(app.clock.now());
		app.faults.add(fault.clone(), app.clock.now()).unwrap();
		assert_eq!(closed_day(&app, Service::Braiins, "farm1").await, expected, "{fault:?}");
	}
}

#[tokio::test]
async fn one_validator_can_be_lied_to() {
	let app = app();
	let question =
		Question::ClosedDay { symbol: "BTC", decimals: 8, account: "farm1", day: DAY - 1 };
	let asked_with = |token: &'static str| {
		let app = &app;
		async move {
			match read(app, Service::Braiins, "/braiins", &question, Some(token)).await {
				Ok(Answer::ClosedDay(day)) => day,
				other => panic!("{other:?}"),
			}
		}
	};
	let honest = asked_with("sim-braiins-farm1-alice").await;
	let lie = Fault {
		token: Some("sim-braiins-farm1-bob".into()),
		factor: Some(2.0),
		..Fault::new(Kind::Lie)
	};
	app.faults.add(lie, app.clock.now()).unwrap();
	assert_eq!(asked_with("sim-braiins-farm1-alice").await, honest);
	assert!(asked_with("sim-braiins-farm1-bob").await.rate > honest.rate * 19 / 10);
}

#[tokio::test]
async fn requests_are_counted_by_service_and_account() {
	let app = app();
	closed_day(&app, Service::F2Pool, "farm2").await.unwrap();
	closed_day(&app, Service::Braiins, "load0").await.unwrap();
	let all = app.stats.all();
	assert_eq!(all["f2pool"].accounts["farm2"], 2);
	assert_eq!(all["braiins"].accounts["load0"], 4);
	assert_eq!(all["braiins"].statuses[&200], 4);
}

#[tokio::test]
async fn too_many_requests_are_refused_in_real_time() {
	let mut app = app();
	app.limits = Limits::new(true);
	let question = Question::Live { symbol: "BTC", account: "farm1" };
	let mut answers = Vec::new();
	for _ in 0..4 {
		let token = Some("sim-braiins-farm1");
		answers.push(read(&app, Service::Braiins, "/braiins", &question, token).await);
	}
	assert!(answers[0].is_ok());
	assert_eq!(answers[3], Err(Problem::RateLimited));
	assert_eq!(app.stats.all()["braiins"].limited, 2);
}

/// The bytes that come back from a served simulator, and whether the line broke.
async fn over_the_wire(app: Arc<App>, request: &str) -> Vec<u8> {
	let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
	let address = listener.local_addr().unwrap();
	let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
	let server = tokio::spawn(async move { axum::serve(listener, service).await });
	let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
	stream.write_all(request.as_bytes()).await.unwrap();
	let mut bytes = Vec::new();
	// A reset is an end too.
	let _ = stream.read_to_end(&mut bytes).await;
	server.abort();
	bytes
}

#[tokio::test]
async fn it_is_served_over_http() {
	let get = |path: &str| format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
	let app = Arc::new(app());
	let page = String::from_utf8(over_the_wire(app.clone(), &get("/")).await).unwrap();
	assert!(page.starts_with("HTTP/1.1 200 OK"), "{page}");
	assert!(page.contains("sim-braiins-farm1") && page.contains("f01234"), "{page}");

	let state = String::from_utf8(over_the_wire(app.clone(), &get("/sim/state")).await).unwrap();
	let body: serde_json::Value =
		serde_json::from_str(state.split_once("\r\n\r\n").unwrap().1).unwrap();
	assert_eq!(body["clock"]["day"], DAY);
	assert_eq!(body["farms"][0]["closed_days"][0]["day"], DAY - 1);

	let post = "POST /sim/faults HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 17\r\n\r\n{\"kind\":\"outage\"}";
	let added = String::from_utf8(over_the_wire(app.clone(), post).await).unwrap();
	assert!(added.starts_with("HTTP/1.1 201"), "{added}");
	let silence = over_the_wire(app.clone(), &get("/coinbase/v2/prices/BTC-USD/spot")).await;
	assert_eq!(silence, b"", "an outage says nothing");
	assert_eq!(app.stats.all()["coinbase"].last_status, 0);

	app.faults.clear(app.clock.now());
	app.faults.add(Fault::new(Kind::CutBody), app.clock.now()).unwrap();
	let cut = over_the_wire(app.clone(), &get("/coinbase/v2/prices/BTC-USD/spot")).await;
	let cut = String::from_utf8(cut).unwrap();
	let (head, body) = cut.split_once("\r\n\r\n").unwrap();
	let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
	assert_eq!(body.len(), length.parse::<usize>().unwrap() / 2, "{cut}");
}

#[tokio::test]
async fn the_clock_can_be_set() {
	let app = app();
	let set = Ask {
		method: Method::POST,
		path: "/sim/clock".into(),
		query: vec![],
		headers: HeaderMap::new(),
		body: r#"{"now_ms": 120000, "running": false}"#.into(),
		remote: "127.0.0.1".into(),
	};
	let Outcome::Whole(reply) = app.respond(set.clone()).await else { panic!() };
	let told: serde_json::Value = serde_json::from_str(&reply.body).unwrap();
	assert_eq!((told["day"].as_u64(), told["pool_seconds"].as_u64()), (Some(2), Some(2 * 86_400)));
	assert_eq!(app.clock.now(), Moment { ms: 2 * DAY_MS });
	let wrong = Ask { body: r#"{"now": 1}"#.into(), ..set };
	let Outcome::Whole(reply) = app.respond(wrong).await else { panic!() };
	assert_eq!(reply.status, 400);
}
