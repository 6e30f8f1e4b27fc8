// A network of real nodes from a changed preset, for measurements.

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '../helpers/node.mjs';
import { binary, freePort, temporaryFolder, untilUp } from '../helpers/processes.mjs';

/** The preset `local` or another, with its sources at `pools` and its genesis changed by `change`. */
export function specification(servers, { pools, change, preset = 'local' }) {
	const text = execFileSync(binary('dmex-node'), ['export-chain-spec', '--chain', preset], {
		encoding: 'utf8',
		maxBuffer: 256 << 20,
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	// Amounts beyond what a number of JavaScript holds pass through as strings.
	const long = text.replaceAll('http://127.0.0.1:8090', pools).replace(/(?<=[[:,]\s*)\d{16,}(?=\s*[,\]}])/g, '"integer:$&"');
	const spec = JSON.parse(long);
	change(spec.genesis.runtimeGenesis.patch);
	const file = join(temporaryFolder(servers), 'measure.json');
	writeFileSync(file, JSON.stringify(spec).replace(/"integer:(\d+)"/g, '$1'));
	return file;
}

/** An amount of any size for a changed genesis. */
export const integer = (amount) => `integer:${amount}`;

/** Starts validators that know each other; each has the files and options that `options` answers. */
export async function startNetwork(servers, { chain, names, options = () => [] }) {
	const first = await freePort();
	const nodes = [];
	for (const [index, name] of names.entries()) {
		const [rpc, prometheus] = [await freePort(), await freePort()];
		const p2p = index === 0 ? first : await freePort();
		const server = servers.start(name, 'dmex-node', [
			'--chain', chain, `--${name}`, '--validator',
			'--base-path', temporaryFolder(servers),
			'--rpc-port', `${rpc}`, '--prometheus-port', `${prometheus}`,
			'--listen-addr', `/ip4/127.0.0.1/tcp/${p2p}`,
			'--node-key', `${index + 1}`.padStart(64, '0'),
			// The peer id of the first one's node key.
			...(index === 0 ? [] : ['--bootnodes', `/ip4/127.0.0.1/tcp/${first}/p2p/12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp`]),
			'--no-telemetry', '--no-mdns', '--pool-limit', '65536', '--pool-kbytes', '65536',
			...options(name),
		]);
		nodes.push({ name, server, url: `ws://127.0.0.1:${rpc}`, http: `http://127.0.0.1:${rpc}`, metrics: `http://127.0.0.1:${prometheus}/metrics` });
	}
	for (const node of nodes) {
		await untilUp(node.server, 60, async () => (await fetch(`${node.http}/health`)).ok || undefined);
	}
	for (const node of nodes) node.api = await connect(servers, node.url);
	return nodes;
}

/** Memory that a process holds now, MiB. */
export function memoryOf({ server }) {
	const status = readFileSync(`/proc/${server.child.pid}/status`, 'utf8');
	return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024);
}

/** Sum and count of a histogram of a node's metrics, over all labels. */
export async function histogram({ metrics }, name) {
	const text = await (await fetch(metrics)).text();
	const total = (suffix) =>
		text.split('\n').filter((line) => line.startsWith(`${name}_${suffix}`))
			.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
	return { sum: total('sum'), count: total('count') };
}

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** The largest and some others of numbers, for a report. */
export function spread(numbers) {
	const sorted = [...numbers].sort((a, b) => a - b);
	const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
	return { least: sorted[0], median: at(0.5), p95: at(0.95), most: sorted.at(-1), of: sorted.length };
}
