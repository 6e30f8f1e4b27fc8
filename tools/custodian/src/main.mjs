#!/usr/bin/env node
// usage: dmex-custodian <config.json>            watch and attest
//        dmex-custodian <config.json> <order.json>   accept a withdrawal first
//
// config: { "chain": "ws://…", "keyFile": "…", "bitcoin": "http://user:password@…", "asset": 1,
//           "finality": 6, "from": 800000, "memory": "state.json", "everySeconds": 60 }
// order:  { "id": 7, "transaction": "<txid>", "inputs": ["<txid>:<index>"] }
//
// `keyFile` holds the custodian's secret phrase and nothing else.

import { readFileSync } from 'node:fs';
import { ApiPromise, Keyring, WsProvider } from '@polkadot/api';
import { Bitcoin } from './bitcoin.mjs';
import { Chain } from './chain.mjs';
import { fileMemory } from './memory.mjs';
import { Watcher } from './watcher.mjs';

const read = path => JSON.parse(readFileSync(path, 'utf8'));

const [configPath, orderPath] = process.argv.slice(2);
if (!configPath) {
	console.error('usage: dmex-custodian <config.json> [<order.json>]');
	process.exit(2);
}
const config = read(configPath);
const api = await ApiPromise.create({ provider: new WsProvider(config.chain), noInitWarn: true });
const phrase = readFileSync(config.keyFile, 'utf8').trim();
const signer = new Keyring({ type: 'sr25519' }).addFromUri(phrase);
const watcher = new Watcher({
	bitcoin: new Bitcoin(config.bitcoin),
	chain: new Chain({ api, signer, asset: config.asset }),
	memory: fileMemory(config.memory),
	finality: config.finality,
	from: config.from,
});
if (orderPath) await watcher.order(read(orderPath));
for (;;) {
	const blocks = await watcher.step();
	if (blocks) console.log(`${new Date().toISOString()} read ${blocks} blocks, next ${watcher.next}`);
	await new Promise(resolve => setTimeout(resolve, config.everySeconds * 1000));
}
