// Orders are files in a folder, so that a watch that runs can be told.

import { readFileSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { NeedsPerson } from './watcher.mjs';

/**
 * Takes each `*.json` of the folder as an order. What the chain has accepted is renamed to
 * `*.accepted`, what is no order or was refused for good to `*.refused`; the others stay.
 */
export async function takeOrders(folder, watcher, say) {
	for (const name of readdirSync(folder).filter(name => name.endsWith('.json')).sort()) {
		const file = join(folder, name);
		let outcome = 'accepted';
		try {
			await watcher.order(read(file));
		} catch (error) {
			if (!(error instanceof NeedsPerson)) throw error;
			outcome = 'refused';
			say(`${name}: ${error.message}`);
		}
		renameSync(file, `${file.slice(0, -'.json'.length)}.${outcome}`);
		say(`order ${name} is ${outcome}`);
	}
}

function read(file) {
	try {
		return JSON.parse(readFileSync(file, 'utf8'));
	} catch (error) {
		throw new NeedsPerson(error.message);
	}
}
