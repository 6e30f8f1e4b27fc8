// How long full blocks take: built by one validator, sent, imported by the others. Pre-signed
// transfers fill blocks for a while; the figures come from the nodes' own metrics.
//
//   node tests/measure/full-blocks.mjs [transfers=30000] [validators=2]

import { Keyring } from '@polkadot/api';
import { people } from '../helpers/chain.mjs';
import { startPools } from '../helpers/pools.mjs';
import { Servers } from '../helpers/processes.mjs';
import { histogram, sleep, specification, spread, startNetwork } from './network.mjs';

const [transfers = 30_000, validators = 2] = process.argv.slice(2).map(Number);
const NAMES = ['alice', 'bob', 'charlie', 'dave'].slice(0, validators);
const SENDERS = 300;
const BUILT = 'substrate_proposer_block_constructed';
const IMPORTED = 'substrate_block_verification_and_import_time';

const servers = new Servers('full-blocks');
const pools = await startPools(servers);
const keyring = new Keyring({ type: 'sr25519' });
const senders = Array.from({ length: SENDERS }, (_, i) => keyring.addFromUri(`//Sender//${i}`));
const chain = specification(servers, {
	pools: pools.url,
	change: (genesis) => {
		genesis.balances.balances.push(...senders.map(({ address }) => [address, 10 ** 15]));
		// Only those that run: the others would leave every other slot empty.
		genesis.validators.validators = genesis.validators.validators.slice(0, validators);
		genesis.session.keys = genesis.session.keys.slice(0, validators);
	},
});
const nodes = await startNetwork(servers, { chain, names: NAMES });
const { api } = nodes[0];
await sleep(8_000);

const { bob } = people();
const genesisHash = api.genesisHash;
const signed = [];
for (let nonce = 0; nonce < Math.ceil(transfers / SENDERS); nonce += 1) {
	for (const sender of senders) {
		const call = api.tx.balances.transferKeepAlive(bob.address, 10n ** 9n);
		signed.push(call.sign(sender, { nonce, era: 0, blockHash: genesisHash, genesisHash, runtimeVersion: api.runtimeVersion }));
	}
}
console.log(`${signed.length} transfers are signed`);

const before = await Promise.all(nodes.map(async (node) => [await histogram(node, BUILT), await histogram(node, IMPORTED)]));
const { normal } = api.consts.system.blockWeights.perClass;
const limit = normal.maxTotal.unwrap().refTime.toNumber();
const blocks = [];
let busy = Promise.resolve();
const stop = await api.rpc.chain.subscribeNewHeads((header) => {
	const seen = Date.now();
	busy = busy.then(async () => {
		const at = await api.at(header.hash);
		const weight = (await at.query.system.blockWeight()).normal.refTime.toNumber();
		const count = (await api.rpc.chain.getBlock(header.hash)).block.extrinsics.length;
		const slot = (await at.query.timestamp.now()).toNumber();
		blocks.push({ number: header.number.toNumber(), count, fill: weight / limit, late: seen - slot });
	});
});
const feeders = [0, 1, 2, 3].map(async (worker) => {
	for (let i = worker; i < signed.length; i += 4) {
		await api.rpc.author.submitExtrinsic(signed[i]).catch((error) => console.log(error.message));
	}
});
await Promise.all(feeders);
// Until the pool is empty.
while ((await api.rpc.author.pendingExtrinsics()).length > 0) await sleep(3_000);
await sleep(6_000);
stop();
await busy;

const full = blocks.filter(({ fill }) => fill > 0.9);
console.log(`${blocks.length} blocks, ${full.length} of them more than nine tenths full`);
console.log('transactions of a full block:', spread(full.map(({ count }) => count)));
console.log('from the slot to the block being best at the first node, ms, full blocks:', spread(full.map(({ late }) => late)));
console.log('the same, the other blocks:', spread(blocks.filter(({ fill }) => fill <= 0.9).map(({ late }) => late)));
for (const [index, node] of nodes.entries()) {
	for (const [which, name] of [BUILT, IMPORTED].entries()) {
		const now = await histogram(node, name);
		const was = before[index][which];
		console.log(`${node.name} ${which === 0 ? 'built   ' : 'imported'} ${now.count - was.count} blocks, mean ${((now.sum - was.sum) / (now.count - was.count) * 1000).toFixed(0)} ms`);
	}
}
for (const [index, block] of blocks.entries()) {
	if (index > 0 && block.number !== blocks[index - 1].number + 1) console.log('gap or fork before', block.number);
}
await servers.stop();
