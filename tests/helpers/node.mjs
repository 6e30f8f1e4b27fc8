// A node of the development chain that reads a simulated mine of this test.

import { ApiPromise, WsProvider } from '@polkadot/api';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { binary, freePort, temporaryFolder, untilUp } from './processes.mjs';

/** Where the presets expect the simulated mine. */
const PRESET_POOLS = 'http://127.0.0.1:8090';

/**
 * A chain specification whose sources are at `poolsUrl`. Everything else is the preset.
 */
export function specification(servers, preset, poolsUrl) {
	const file = join(temporaryFolder(servers), `${preset}.json`);
	const options = ['export-chain-spec', '--chain', preset];
	const text = execFileSync(binary('dmex-node'), options, {
		encoding: 'utf8',
		maxBuffer: 256 << 20,
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const parts = text.split(PRESET_POOLS);
	if (parts.length < 2) throw new Error(`the preset ${preset} does not name ${PRESET_POOLS}`);
	writeFileSync(file, parts.join(poolsUrl));
	return file;
}

/** Makes the X25519 secret that opens sealed tokens; answers its file and the public key. */
export function tokenKey(servers) {
	const file = join(temporaryFolder(servers), 'token-key');
	const options = ['token-key', 'generate', '--file', file];
	const publicKey = execFileSync(binary('dmex-node'), options, { encoding: 'utf8' }).trim();
	return { file, publicKey };
}

/** Writes a node's own tokens to a file that only its owner may read. */
export function tokenFile(servers, tokens) {
	const file = join(temporaryFolder(servers), 'pool-tokens.json');
	writeFileSync(file, JSON.stringify(tokens), { mode: 0o600 });
	return file;
}

/** Starts a validator and connects to it. */
export async function startNode(servers, { pools, validator = 'alice', preset = 'development', options = [] }) {
	const [rpc, p2p, prometheus] = [await freePort(), await freePort(), await freePort()];
	const server = servers.start(validator, 'dmex-node', [
		'--chain', specification(servers, preset, pools.url),
		`--${validator}`, '--validator',
		'--base-path', temporaryFolder(servers),
		'--rpc-port', `${rpc}`,
		'--prometheus-port', `${prometheus}`,
		'--listen-addr', `/ip4/127.0.0.1/tcp/${p2p}`,
		'--node-key', '1'.padStart(64, '0'),
		'--no-telemetry', '--no-mdns',
		...options,
	]);
	const url = `ws://127.0.0.1:${rpc}`;
	// Seconds on an idle machine; the first thing that all test files do at once is to start nodes.
	await untilUp(server, 240, async () => (await fetch(`http://127.0.0.1:${rpc}/health`)).ok || undefined);
	const api = await connect(servers, url);
	return { api, server, url, metrics: `http://127.0.0.1:${prometheus}/metrics` };
}

/** A connection that is closed with the test. */
export async function connect(servers, url) {
	const api = await ApiPromise.create({
		provider: new WsProvider(url),
		noInitWarn: true,
		// Only votes carry it, and they are no business of a client.
		signedExtensions: { AuthorizeCall: { extrinsic: {}, payload: {} } },
	});
	servers.closers.push(() => api.disconnect());
	return api;
}

/** Everything that a server wrote. */
export function logOf(server) {
	return readFileSync(server.path, 'utf8');
}
