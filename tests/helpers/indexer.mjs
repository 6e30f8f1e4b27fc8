// What the sample indexer reads of events, from its sources: without installing it.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const folder = join(root, 'tools/indexer');

/** Types that each way of reading a field takes. */
const READERS = {
	int: /^u(8|16|32)$/,
	big: /^u(8|16|32|64|128)$/,
	maybeBig: /^Option<u(8|16|32|64|128)>$/,
	text: /^AccountId32$/,
	list: /^Vec<.*>$/,
	value: /./,
};

/** The events that its project asks for: {section, method, handler}. */
export function subscribed() {
	const text = readFileSync(join(folder, 'project.ts'), 'utf8');
	const lines = [...text.matchAll(/\bon\('(\w+)', '(\w+)', '(\w+)'\)/g)];
	return lines.map(([, section, method, handler]) => ({ section, method, handler }));
}

/** The fields that each of its functions reads, itself or through functions beside it: {name, how}. */
export function fieldsRead() {
	const functions = new Map();
	const mappings = join(folder, 'src/mappings');
	for (const file of readdirSync(mappings)) {
		const text = readFileSync(join(mappings, file), 'utf8');
		const parts = text.split(/^(?:export )?(?:async )?function (\w+)/m);
		for (let place = 1; place < parts.length; place += 2) functions.set(`${file} ${parts[place]}`, parts[place + 1]);
	}
	const read = (file, name, seen) => {
		const body = functions.get(`${file} ${name}`);
		if (body === undefined || seen.has(name)) return [];
		seen.add(name);
		const own = [...body.matchAll(/\bof\.(\w+)\('(\w+)'\)/g)].map(([, how, field]) => ({ name: field, how }));
		const called = [...body.matchAll(/\b(\w+)\(of\b/g)].map(([, other]) => other);
		return [...own, ...called.flatMap((other) => read(file, other, seen))];
	};
	const answer = new Map();
	for (const key of functions.keys()) {
		const [file, name] = key.split(' ');
		answer.set(name, read(file, name, new Set()));
	}
	return answer;
}

/** What does not fit: `events` answers the fields of an event, {name: type}, if there is such a one. */
export function misfits(events, handlers, fields) {
	const found = [];
	for (const { section, method, handler } of handlers) {
		const event = `${section}.${method}`;
		const present = events(section, method);
		const asked = fields.get(handler);
		if (present === undefined) found.push(`there is no ${event}`);
		else if (asked === undefined || asked.length === 0) found.push(`${handler} reads nothing of ${event}`);
		else {
			for (const { name, how } of asked) {
				const type = present[name];
				if (type === undefined) found.push(`${event} has no ${name}`);
				else if (!READERS[how]?.test(type)) found.push(`${event}: ${name} is ${type}, and is read as ${how}`);
			}
		}
	}
	return found;
}

/** Events that a page of the documentation names, as `section.Method`. */
export function eventsNamedIn(page) {
	const text = readFileSync(join(root, 'docs', page), 'utf8');
	const named = new Set();
	for (const [, section, methods] of text.matchAll(/`(\w+)\.([A-Z]\w*(?:`, `[A-Z]\w*)*)`/g)) {
		for (const method of methods.split('`, `')) named.add(`${section}.${method}`);
	}
	return [...named];
}
