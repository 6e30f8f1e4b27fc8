// What survives a restart, in a file that is never half written.

import { readFileSync, renameSync, writeFileSync } from 'node:fs';

export function fileMemory(path) {
	return {
		load() {
			try {
				return JSON.parse(readFileSync(path, 'utf8'));
			} catch (error) {
				if (error.code === 'ENOENT') return null;
				throw error;
			}
		},
		save(state) {
			writeFileSync(`${path}.new`, JSON.stringify(state, null, '\t'));
			renameSync(`${path}.new`, path);
		},
	};
}
