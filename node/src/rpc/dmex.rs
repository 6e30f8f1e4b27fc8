//! `dmex_…`: the composed reads of `DmexApi` over JSON-RPC.
//!
//! Each takes the hash of a block as its last, optional parameter; without it, the best block.
//! Numbers that need not fit a double are decimal strings, as parameters too; there a number does
//! as well.

use super::runtime_error;
use crate::service::FullClient;
use dmex_primitives::{
	AccountId, AssetId, CoinId, Day, FarmId, LotId, PoolAccountId, SeriesId, TitleId,
};
use dmex_runtime::Hash;
use dmex_runtime_api::{
	AccountReport, Amount, CheckScope, DayView, DmexApi as _, FactsView, FarmView, HoldersCheck,
	LiensPage, LotView, OrderBook, OrdersPage, Quoted, SourceView, StakeQuote, TitleKey, TitleView,
	TradeQuote, WithdrawalQuote, WithdrawalView, MAX_ORDERS,
};
use jsonrpsee::{core::RpcResult, proc_macros::rpc};
use sp_api::ProvideRuntimeApi;
use sp_blockchain::HeaderBackend;
use std::sync::Arc;

/// Reads of the chain.
#[rpc(server)]
pub trait DmexApi {
	/// A farm: who, where, what it claims, what was measured and paid, its lots.
	#[method(name = "dmex_farm")]
	fn farm(&self, id: FarmId, at: Option<Hash>) -> RpcResult<Option<FarmView>>;

	/// A lot: terms, status, issued and to whom, limit, audit, measured days.
	#[method(name = "dmex_lot")]
	fn lot(&self, id: LotId, at: Option<Hash>) -> RpcResult<Option<LotView>>;

	/// A living title with what it brought and will bring.
	#[method(name = "dmex_title")]
	fn title(
		&self,
		series: SeriesId,
		id: TitleId,
		at: Option<Hash>,
	) -> RpcResult<Option<TitleView>>;

	/// Titles of a series in order of id, after `after`, at most `limit`.
	#[method(name = "dmex_titles")]
	fn titles(
		&self,
		series: SeriesId,
		after: Option<TitleId>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> RpcResult<Vec<TitleView>>;

	/// What an account has, what it brought and will bring, with its titles after `after`.
	#[method(name = "dmex_account")]
	fn account(
		&self,
		who: AccountId,
		after: Option<TitleKey>,
		at: Option<Hash>,
	) -> RpcResult<AccountReport>;

	/// Liens of an account in the series from `from` on.
	#[method(name = "dmex_liens")]
	fn liens(
		&self,
		who: AccountId,
		from: Option<SeriesId>,
		at: Option<Hash>,
	) -> RpcResult<LiensPage>;

	/// Withdrawals of an account, open and lately ended, newest first.
	#[method(name = "dmex_withdrawals")]
	fn withdrawals(&self, who: AccountId, at: Option<Hash>) -> RpcResult<Vec<WithdrawalView>>;

	/// Promised, network, measured, due, delivered, short and awarded, day by day.
	#[method(name = "dmex_holdersCheck")]
	fn holders_check(
		&self,
		scope: CheckScope,
		first_day: Day,
		last_day: Day,
		at: Option<Hash>,
	) -> RpcResult<Option<HoldersCheck>>;

	/// The open orders of a series, the best first.
	#[method(name = "dmex_orderBook")]
	fn order_book(&self, series: SeriesId, at: Option<Hash>) -> RpcResult<OrderBook>;

	/// Orders of a series by id from `from` on, at most `limit`.
	#[method(name = "dmex_orders")]
	fn orders(
		&self,
		series: SeriesId,
		from: Option<u32>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> RpcResult<OrdersPage>;

	/// What taking units of an order would do now, or the least next bid.
	#[method(name = "dmex_quote")]
	fn quote(
		&self,
		series: SeriesId,
		order: u32,
		units: Amount,
		at: Option<Hash>,
	) -> RpcResult<Quoted<TradeQuote>>;

	/// What selling units of a title to an offer would do now.
	#[method(name = "dmex_quoteOffer")]
	fn quote_offer(
		&self,
		series: SeriesId,
		order: u32,
		title: TitleId,
		units: Amount,
		at: Option<Hash>,
	) -> RpcResult<Quoted<TradeQuote>>;

	/// What staking a title would come to.
	#[method(name = "dmex_quoteStake")]
	fn quote_stake(
		&self,
		series: SeriesId,
		title: TitleId,
		at: Option<Hash>,
	) -> RpcResult<Quoted<StakeQuote>>;

	/// What a withdrawal would cost and when it could be accepted.
	#[method(name = "dmex_quoteWithdrawal")]
	fn quote_withdrawal(
		&self,
		asset: AssetId,
		who: AccountId,
		amount: Amount,
		at: Option<Hash>,
	) -> RpcResult<Option<WithdrawalQuote>>;

	/// Network, price and yield of a coin.
	#[method(name = "dmex_facts")]
	fn facts(&self, coin: CoinId, at: Option<Hash>) -> RpcResult<Option<FactsView>>;

	/// Agreed days of a pool account, oldest first.
	#[method(name = "dmex_accountDays")]
	fn account_days(
		&self,
		account: PoolAccountId,
		from: Day,
		to: Day,
		at: Option<Hash>,
	) -> RpcResult<Vec<DayView>>;

	/// The services that validators read.
	#[method(name = "dmex_sources")]
	fn sources(&self, at: Option<Hash>) -> RpcResult<Vec<SourceView>>;
}

/// Answers [`DmexApi`] from the runtime.
pub struct Dmex {
	client: Arc<FullClient>,
}

impl Dmex {
	/// Reads through `client`.
	pub fn new(client: Arc<FullClient>) -> Self {
		Self { client }
	}

	fn block(&self, at: Option<Hash>) -> Hash {
		at.unwrap_or_else(|| self.client.info().best_hash)
	}
}

impl DmexApiServer for Dmex {
	fn farm(&self, id: FarmId, at: Option<Hash>) -> RpcResult<Option<FarmView>> {
		self.client.runtime_api().farm(self.block(at), id).map_err(runtime_error)
	}

	fn lot(&self, id: LotId, at: Option<Hash>) -> RpcResult<Option<LotView>> {
		self.client.runtime_api().lot(self.block(at), id).map_err(runtime_error)
	}

	fn title(
		&self,
		series: SeriesId,
		id: TitleId,
		at: Option<Hash>,
	) -> RpcResult<Option<TitleView>> {
		self.client.runtime_api().title(self.block(at), series, id).map_err(runtime_error)
	}

	fn titles(
		&self,
		series: SeriesId,
		after: Option<TitleId>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> RpcResult<Vec<TitleView>> {
		let limit = limit.unwrap_or(dmex_runtime_api::MAX_TITLES);
		let api = self.client.runtime_api();
		api.titles(self.block(at), series, after, limit).map_err(runtime_error)
	}

	fn account(
		&self,
		who: AccountId,
		after: Option<TitleKey>,
		at: Option<Hash>,
	) -> RpcResult<AccountReport> {
		self.client.runtime_api().account(self.block(at), who, after).map_err(runtime_error)
	}

	fn liens(
		&self,
		who: AccountId,
		from: Option<SeriesId>,
		at: Option<Hash>,
	) -> RpcResult<LiensPage> {
		let from = from.unwrap_or_default();
		self.client.runtime_api().liens(self.block(at), who, from).map_err(runtime_error)
	}

	fn withdrawals(&self, who: AccountId, at: Option<Hash>) -> RpcResult<Vec<WithdrawalView>> {
		self.client.runtime_api().withdrawals(self.block(at), who).map_err(runtime_error)
	}

	fn holders_check(
		&self,
		scope: CheckScope,
		first_day: Day,
		last_day: Day,
		at: Option<Hash>,
	) -> RpcResult<Option<HoldersCheck>> {
		let api = self.client.runtime_api();
		api.holders_check(self.block(at), scope, first_day, last_day).map_err(runtime_error)
	}

	fn order_book(&self, series: SeriesId, at: Option<Hash>) -> RpcResult<OrderBook> {
		self.client.runtime_api().order_book(self.block(at), series).map_err(runtime_error)
	}

	fn orders(
		&self,
		series: SeriesId,
		from: Option<u32>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> RpcResult<OrdersPage> {
		let (from, limit) = (from.unwrap_or_default(), limit.unwrap_or(MAX_ORDERS));
		let api = self.client.runtime_api();
		api.orders(self.block(at), series, from, limit).map_err(runtime_error)
	}

	fn quote(
		&self,
		series: SeriesId,
		order: u32,
		units: Amount,
		at: Option<Hash>,
	) -> RpcResult<Quoted<TradeQuote>> {
		let api = self.client.runtime_api();
		api.quote(self.block(at), series, order, units.0).map_err(runtime_error)
	}

	fn quote_offer(
		&self,
		series: SeriesId,
		order: u32,
		title: TitleId,
		units: Amount,
		at: Option<Hash>,
	) -> RpcResult<Quoted<TradeQuote>> {
		let api = self.client.runtime_api();
		api.quote_offer(self.block(at), series, order, title, units.0).map_err(runtime_error)
	}

	fn quote_stake(
		&self,
		series: SeriesId,
		title: TitleId,
		at: Option<Hash>,
	) -> RpcResult<Quoted<StakeQuote>> {
		self.client.runtime_api().quote_stake(self.block(at), series, title).map_err(runtime_error)
	}

	fn quote_withdrawal(
		&self,
		asset: AssetId,
		who: AccountId,
		amount: Amount,
		at: Option<Hash>,
	) -> RpcResult<Option<WithdrawalQuote>> {
		let api = self.client.runtime_api();
		api.quote_withdrawal(self.block(at), asset, who, amount.0).map_err(runtime_error)
	}

	fn facts(&self, coin: CoinId, at: Option<Hash>) -> RpcResult<Option<FactsView>> {
		self.client.runtime_api().facts(self.block(at), coin).map_err(runtime_error)
	}

	fn account_days(
		&self,
		account: PoolAccountId,
		from: Day,
		to: Day,
		at: Option<Hash>,
	) -> RpcResult<Vec<DayView>> {
		let api = self.client.runtime_api();
		let days = api.account_days(self.block(at), account, from, to).map_err(runtime_error)?;
		Ok(days.into_iter().map(DayView::from).collect())
	}

	fn sources(&self, at: Option<Hash>) -> RpcResult<Vec<SourceView>> {
		self.client.runtime_api().sources(self.block(at)).map_err(runtime_error)
	}
}
