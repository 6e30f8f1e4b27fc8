// A Bitcoin node, by JSON-RPC.

/** Satoshi of an amount as nodes write it. Exact: 21 million coins have fewer than 2^53 satoshi. */
export function satoshi(coins) {
	return BigInt(Math.round(coins * 1e8));
}

export class Bitcoin {
	#url;
	#headers;
	#timeout;

	/** `url` may carry user and password. */
	constructor(url, { timeout = 30_000 } = {}) {
		const { origin, pathname, username, password } = new URL(url);
		this.#url = origin + pathname;
		this.#headers = { 'content-type': 'application/json' };
		if (username || password) {
			const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
			this.#headers.authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
		}
		this.#timeout = timeout;
	}

	async #call(method, ...params) {
		const reply = await fetch(this.#url, {
			method: 'POST',
			headers: this.#headers,
			body: JSON.stringify({ jsonrpc: '1.0', id: 1, method, params }),
			signal: AbortSignal.timeout(this.#timeout),
		});
		const { result, error } = await reply.json();
		if (error) throw new Error(`${method}: ${error.message}`);
		return result;
	}

	/** Height of the newest block. */
	height() {
		return this.#call('getblockcount');
	}

	/** Hash of the block at a height of the best chain. */
	hashAt(height) {
		return this.#call('getblockhash', height);
	}

	/** A block with its transactions. */
	block(hash) {
		return this.#call('getblock', hash, 2);
	}
}

/** What a transaction pays: `{ output, address, amount }`. Outputs without an address are left out. */
export function payments(transaction) {
	return transaction.vout.flatMap(({ n, value, scriptPubKey }) => {
		const address = scriptPubKey.address ?? scriptPubKey.addresses?.[0];
		return address ? [{ output: n, address, amount: satoshi(value) }] : [];
	});
}

/** What a transaction spends: `txid:index`. */
export function spent(transaction) {
	return transaction.vin.flatMap(({ txid, vout }) => (txid ? [`${txid}:${vout}`] : []));
}
