// A Bitcoin regtest network of one node, in memory, behind the JSON-RPC of Bitcoin Core.

import { createServer } from 'node:http';
import { createRequire } from 'node:module';

// Before it is loaded: no native code.
process.env.NODE_BACKEND = 'js';
const bcoin = createRequire(import.meta.url)('bcoin');
const { FullNode, KeyRing, MTX, Coin } = bcoin;

export async function regtest() {
	const node = new FullNode({ network: 'regtest', db: 'memory', memory: true, workers: false });
	node.http = null;
	await node.chain.open();
	await node.mempool.open();
	await node.miner.open();
	const ring = KeyRing.generate('regtest');
	const own = ring.getAddress();
	let coinbases = [];

	const server = createServer(async (request, response) => {
		let body = '';
		for await (const part of request) body += part;
		const { id, method, params } = JSON.parse(body);
		// Core's verbosity 2 is here: verbose, with details.
		const spelled = method === 'getblock' ? [params[0], true, params[1] === 2] : params;
		const reply = await node.rpc.call({ id, method, params: spelled });
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify(reply));
	});
	await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));

	const mine = async (count = 1) => {
		for (let n = 0; n < count; n += 1) {
			const block = await node.miner.mineBlock(node.chain.tip, own);
			await node.chain.add(block);
			coinbases.push({ tx: block.txs[0], height: node.chain.height });
		}
	};

	/** Spends a mature coinbase, or the given one, to an address; into the mempool if it is valid there. */
	const pay = async (address, satoshi, from = coinbases.shift(), { publish = true } = {}) => {
		const mtx = new MTX();
		const coin = Coin.fromTX(from.tx, 0, from.height);
		mtx.addOutput({ address, value: Number(satoshi) });
		mtx.addOutput({ address: own, value: coin.value - Number(satoshi) - 1_000 });
		mtx.addCoin(coin);
		mtx.sign(ring);
		const tx = mtx.toTX();
		if (publish) await node.mempool.addTX(tx);
		return { txid: tx.txid(), inputs: [`${from.tx.txid()}:0`], from };
	};

	return {
		url: `http://127.0.0.1:${server.address().port}`,
		mine,
		pay,
		height: () => node.chain.height,
		/** Takes back blocks down to a height, with what was in them. */
		reset: async height => {
			await node.chain.reset(height);
			coinbases = coinbases.filter(coinbase => coinbase.height <= height);
		},
		address: () => KeyRing.generate('regtest').getAddress().toString('regtest'),
		close: async () => {
			await new Promise(resolve => server.close(resolve));
			await node.miner.close();
			await node.mempool.close();
			await node.chain.close();
		},
	};
}
