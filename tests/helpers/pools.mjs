// The simulated mine, and what can be done to it.

import { freePort, untilUp } from './processes.mjs';

/** Length of a day of the development chain, milliseconds. */
export const DAY_MS = 60_000;

/** Starts a simulated mine and answers how to talk to it. */
export async function startPools(servers, { name = 'pool-sim', dayMs = DAY_MS, options = [] } = {}) {
	const port = await freePort();
	const url = `http://127.0.0.1:${port}`;
	const server = servers.start(name, 'dmex-pool-sim', [
		'--listen', `127.0.0.1:${port}`, '--day-ms', `${dayMs}`, ...options,
	]);
	const pools = new Pools(url, server);
	await untilUp(server, 20, () => pools.state());
	return pools;
}

export class Pools {
	constructor(url, server) {
		this.url = url;
		this.server = server;
	}

	async call(method, path, body) {
		const response = await fetch(`${this.url}${path}`, {
			method,
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const answer = await response.json();
		if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
		return answer;
	}

	state() {
		return this.call('GET', '/sim/state');
	}

	/** State of a network at a height, as its own nodes tell it. */
	async network(symbol, height) {
		const json = async (path, body) => {
			const options = body && { method: 'POST', body: JSON.stringify({ jsonrpc: '2.0', id: 1, ...body }) };
			return (await fetch(`${this.url}${path}`, options)).json();
		};
		if (symbol === 'FIL') {
			const rpc = (method, params) => json('/lotus/rpc/v1', { method: `Filecoin.${method}`, params });
			const { result: tipset } = await rpc('ChainGetTipSetByHeight', [height, null]);
			const { result } = await rpc('StateReadState', ['f04', tipset.Cids]);
			return { totalPower: result.State.ThisEpochQualityAdjPower };
		}
		const path = `/bitcoin-core/${symbol.toLowerCase()}/`;
		const { result: hash } = await json(path, { method: 'getblockhash', params: [height] });
		const { result: header } = await json(path, { method: 'getblockheader', params: [hash] });
		return { bits: Number.parseInt(header.bits, 16) };
	}

	/** Counts of requests, by service. */
	stats() {
		return this.call('GET', '/sim/stats');
	}

	/** What a farm did on a day and what its pool says of it, in the pool's units. */
	async day(service, account, day) {
		const told = await this.call('GET', `/sim/day?service=${service}&account=${account}&day=${day}`);
		return { done: BigInt(told.done), measured: BigInt(told.measured), paid: BigInt(told.paid) };
	}

	/** Sets where a farm's pool pays it, as a miner does there. */
	payTo(service, account, address) {
		return this.call('POST', '/sim/payout', { service, account, address });
	}

	/** Addresses of a wallet that custodians can post. */
	addresses(coin, count) {
		return this.call('GET', `/sim/addresses?coin=${coin}&count=${count}`);
	}

	/** Addresses that were set and the newest payments on the coins' networks, newest first. */
	payouts() {
		return this.call('GET', '/sim/payouts');
	}

	/** A payment on a coin's network, in its next block; with `publish: false` only its id and inputs. */
	pay(order) {
		return this.call('POST', '/sim/transactions', order);
	}

	/** Where a coin's node answers as Bitcoin Core does. */
	node(symbol) {
		return `${this.url}/bitcoin-core/${symbol.toLowerCase()}/`;
	}

	/** Switches a fault on; the answer switches it off. */
	async fault(fault) {
		const { id } = await this.call('POST', '/sim/faults', fault);
		return () => this.call('DELETE', `/sim/faults/${id}`);
	}

	/** Switches all faults off. */
	noFaults() {
		return this.call('DELETE', '/sim/faults');
	}
}

/** The token of a simulated farm, one for each validator. */
export function tokenOf(service, account, validator) {
	return `sim-${service}-${account}-${validator}`;
}
