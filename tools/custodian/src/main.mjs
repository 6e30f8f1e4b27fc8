#!/usr/bin/env node
// usage: dmex-custodian <config.json>
//
// config: {
//   "chain": "ws://127.0.0.1:9944",             a node of the chain
//   "keyFile": "key",                           the custodian's secret phrase and nothing else
//   "bitcoin": "http://user:password@127.0.0.1:8332",
//   "asset": 1,                                 what the coin is called on the chain
//   "finality": 6,                              blocks until a payment counts
//   "from": 800000,                             first height to read, when there is no memory yet
//   "memory": "state.json",
//   "everySeconds": 60,
//   "addresses": ["bc1…"],                      to post, where they are not posted yet; may be left out
//   "orders": "orders"                          folder where orders are put; may be left out
// }
// order: { "id": 7, "transaction": "<txid>", "inputs": ["<txid>:<index>"] }
//
// Paths are relative to the folder of the config.

import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ApiPromise, Keyring, WsProvider } from '@polkadot/api';
import { Bitcoin } from './bitcoin.mjs';
import { Chain } from './chain.mjs';
import { fileMemory } from './memory.mjs';
import { takeOrders } from './orders.mjs';
import { NeedsPerson, Watcher } from './watcher.mjs';

const [configPath] = process.argv.slice(2);
if (!configPath) {
	console.error('usage: dmex-custodian <config.json>');
	process.exit(2);
}
const config = JSON.parse(readFileSync(configPath, 'utf8'));
const path = name => resolve(dirname(configPath), name);
const say = (...what) => console.log(new Date().toISOString(), ...what);

const api = await ApiPromise.create({
	provider: new WsProvider(config.chain),
	noInitWarn: true,
	// Only validators' votes carry it.
	signedExtensions: { AuthorizeCall: { extrinsic: {}, payload: {} } },
});
const phrase = readFileSync(path(config.keyFile), 'utf8').trim();
const signer = new Keyring({ type: 'sr25519' }).addFromUri(phrase);
const chain = new Chain({ api, signer, asset: config.asset });
const watcher = new Watcher({
	bitcoin: new Bitcoin(config.bitcoin),
	chain,
	memory: fileMemory(path(config.memory)),
	finality: config.finality,
	from: config.from,
	say,
});
say(`custodian ${signer.address}, asset ${config.asset}, next block ${watcher.next}`);

const post = async () => {
	const posted = await chain.post(config.addresses ?? []);
	if (posted) say(`posted ${posted} addresses`);
};
const steps = [
	// Once; what fails is tried again.
	{ run: post, once: true },
	...(config.orders ? [{ run: () => takeOrders(path(config.orders), watcher, say) }] : []),
	{ run: () => watcher.step() },
];
for (;;) {
	for (const step of steps) {
		if (step.done) continue;
		try {
			await step.run();
			step.done = step.once;
		} catch (error) {
			say(`${error instanceof NeedsPerson ? 'a person must look' : 'again later'}: ${error.message}`);
			if (error instanceof NeedsPerson) process.exit(1);
		}
	}
	await new Promise(next => setTimeout(next, config.everySeconds * 1000));
}
