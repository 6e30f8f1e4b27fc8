// Servers of a test: started on free ports of 127.0.0.1, ended by their process id, each with a log
// of its own under tests/logs.

import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(dirname(fileURLToPath(import.meta.url)));
const logs = join(here, 'logs');

/** A built binary. `./test` says where they are. */
export function binary(name) {
	const folder = process.env.DMEX_BINARIES ?? join(process.env.HOME, '.cache/dmex/target/release');
	return join(folder, name);
}

/** A port that nobody listens on now. */
export function freePort() {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const { port } = server.address();
			server.close(() => resolve(port));
		});
	});
}

/** A folder that is gone when `Servers.stop` is through. */
export function temporaryFolder(servers) {
	const folder = mkdtempSync(join(tmpdir(), 'dmex-test-'));
	servers.folders.push(folder);
	return folder;
}

/** What a test started. */
export class Servers {
	constructor(test) {
		this.logs = join(logs, test);
		rmSync(this.logs, { recursive: true, force: true });
		mkdirSync(this.logs, { recursive: true });
		this.running = [];
		this.folders = [];
		this.closers = [];
		// A test file that dies still ends what it started.
		process.once('exit', () => this.running.forEach(({ child }) => child.kill('SIGKILL')));
	}

	/** Starts a built program, or one by its whole path; `name` names its log. */
	start(name, program, options) {
		const path = join(this.logs, `${name}.log`);
		const log = openSync(path, 'a');
		const child = spawn(isAbsolute(program) ? program : binary(program), options, { stdio: ['ignore', log, log] });
		closeSync(log);
		const server = { name, child, path, failed: undefined };
		child.once('error', (error) => (server.failed = error));
		this.running.push(server);
		return server;
	}

	/** Ends one server: asks, waits, insists. */
	async end(server) {
		this.running = this.running.filter((other) => other !== server);
		const { child } = server;
		if (child.exitCode !== null || child.signalCode !== null || server.failed) return;
		const ended = new Promise((resolve) => child.once('exit', resolve));
		child.kill('SIGTERM');
		const insist = setTimeout(() => child.kill('SIGKILL'), 20_000);
		await ended;
		clearTimeout(insist);
	}

	/** Ends everything, the last started first. */
	async stop() {
		for (const close of this.closers.reverse()) await close();
		for (const server of [...this.running].reverse()) await this.end(server);
		for (const folder of this.folders) rmSync(folder, { recursive: true, force: true });
	}
}

/** The last lines of a server's log. */
export function tail(server, lines = 20) {
	return readFileSync(server.path, 'utf8').split('\n').slice(-lines).join('\n');
}

/** Asks until `attempt` gives something, at most `seconds`; fails at once if the server ends. */
export async function untilUp(server, seconds, attempt) {
	const end = Date.now() + seconds * 1000;
	let last;
	while (Date.now() < end) {
		if (server.failed) throw server.failed;
		if (server.child.exitCode !== null) break;
		try {
			const up = await attempt();
			if (up !== undefined) return up;
		} catch (error) {
			last = error;
		}
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
	throw new Error(`${server.name} is not up (${last?.message ?? 'no answer'}):\n${tail(server)}`);
}
