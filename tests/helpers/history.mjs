// Everything that happens on the chain while a test runs, as an indexer sees it: events, in order.

import { connect } from './node.mjs';

/** Records the events of every block from now on. */
export async function recordHistory(api, servers) {
	const history = new History(api, servers);
	const stop = await api.rpc.chain.subscribeNewHeads((header) => history.reach(header.number.toNumber()));
	servers.closers.push(() => {
		history.over = true;
		stop();
	});
	return history;
}

class History {
	constructor(api, servers) {
		this.api = api;
		this.servers = servers;
		this.url = api._rpcCore.provider.endpoint;
		/** {block, byItself, section, method, data}: `byItself` is what no transaction caused. */
		this.events = [];
		this.waiting = new Set();
		this.work = Promise.resolve();
		this.over = false;
	}

	/** Reads the blocks up to this one that were not read yet. */
	reach(block) {
		this.read ??= block - 1;
		while (this.read < block) {
			this.read += 1;
			const next = this.read;
			this.work = this.work.then(() => this.add(next)).catch((error) => (this.failed ??= error));
		}
	}

	async add(block) {
		if (this.over) return;
		for (const { phase, event } of await this.eventsOf(block)) {
			const { section, method, data } = event;
			this.events.push({ block, byItself: !phase.isApplyExtrinsic, section, method, data });
		}
		for (const look of this.waiting) look();
	}

	/**
	 * Events of a block. A client that was connected while a new runtime came can mix the types of the
	 * two (@polkadot/api 16.5.6): a new connection does not.
	 */
	async eventsOf(block) {
		for (let attempt = 1; ; attempt += 1) {
			const hash = await this.api.rpc.chain.getBlockHash(block);
			try {
				return await (await this.api.at(hash)).query.system.events();
			} catch (error) {
				if (attempt === 3) throw new Error(`block ${block}: ${error.message}`);
				this.api = await connect(this.servers, this.url);
			}
		}
	}

	/** Events `section.method` for which `fits(data, entry)`. */
	all(section, method, fits = () => true) {
		return this.events.filter(
			(entry) => entry.section === section && entry.method === method && fits(entry.data, entry),
		);
	}

	/** The first such event, past or within `seconds`. */
	first(seconds, section, method, fits) {
		return new Promise((resolve, reject) => {
			const finish = (settle, value) => {
				this.waiting.delete(look);
				clearTimeout(timer);
				settle(value);
			};
			const look = () => {
				const [found] = this.all(section, method, fits);
				if (found) finish(resolve, found);
			};
			const late = () => {
				const why = this.failed ? `: ${this.failed.message}` : '';
				finish(reject, new Error(`no ${section}.${method} within ${seconds} s${why}`));
			};
			const timer = setTimeout(late, seconds * 1000);
			this.waiting.add(look);
			look();
		});
	}
}
