//! `dmex_…`: the composed reads of `DmexApi` over JSON-RPC.
//!
//! Each takes the hash of a block as its last, optional parameter; without it, the best block.
//! Numbers that need not fit a double are decimal strings.

use super::runtime_error;
use crate::service::FullClient;
use dmex_primitives::{CoinId, Day, FarmId, LotId, PoolAccountId, SeriesId, TitleId};
use dmex_runtime::Hash;
use dmex_runtime_api::{
	DayView, DmexApi as _, FactsView, FarmView, LotView, SourceView, TitleView,
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

	/// A living title.
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
