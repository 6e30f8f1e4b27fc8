// Transactions that are included or explained, and waiting with a limit.

import assert from 'node:assert/strict';
import { Keyring } from '@polkadot/api';

/** Accounts by name; without names those that test networks begin with. */
export function people(...chosen) {
	const keyring = new Keyring({ type: 'sr25519' });
	const names = chosen.length > 0 ? chosen : ['Alice', 'Bob', 'Charlie', 'Dave', 'Eve', 'Ferdie'];
	return Object.fromEntries(names.map((name) => [name.toLowerCase(), keyring.addFromUri(`//${name}`)]));
}

/** One DMEX in its smallest unit. */
export const DMEX = 10n ** 12n;

/** A transaction that the chain refused: `pallet.Error`, or what its pool said. */
export class Refused extends Error {
	constructor(name) {
		super(`refused: ${name}`);
		this.reason = name;
	}
}

function reasonOf(api, error) {
	if (!error.isModule) return error.toString();
	const { section, name } = api.registry.findMetaError(error.asModule);
	return `${section}.${name}`;
}

/**
 * Signs and sends a call and waits until a block holds it. Answers the block and the events of the
 * call; throws `Refused` with the reason if the chain did not do it.
 */
export function send(api, signer, call, { seconds = 60, nonce = -1 } = {}) {
	return new Promise((resolve, reject) => {
		let unsubscribe;
		const finish = (settle, value) => {
			clearTimeout(timer);
			unsubscribe?.();
			settle(value);
		};
		const { section, method } = call.method;
		const late = () => finish(reject, new Error(`${section}.${method} is in no block after ${seconds} s`));
		const timer = setTimeout(late, seconds * 1000);
		call
			.signAndSend(signer, { nonce }, ({ status, events, dispatchError }) => {
				if (status.isInvalid || status.isDropped || status.isUsurped) {
					finish(reject, new Refused(status.type));
				}
				if (!status.isInBlock) return;
				if (dispatchError) finish(reject, new Refused(reasonOf(api, dispatchError)));
				else finish(resolve, { block: status.asInBlock.toHex(), events: events.map(({ event }) => event) });
			})
			.then((stop) => (unsubscribe = stop))
			.catch((error) => finish(reject, new Refused(error.message)));
	});
}

/** The reason for which the chain refuses a call. */
export async function reasonFor(sending) {
	try {
		await sending;
	} catch (error) {
		if (error instanceof Refused) return error.reason;
		throw error;
	}
	return 'nothing: it was accepted';
}

/**
 * Sends calls of one account together, in this order, mostly into one block. Answers for each what
 * `send` answers, or the reason for which it was refused.
 */
export async function sendTogether(api, signer, calls) {
	const first = (await api.rpc.system.accountNextIndex(signer.address)).toNumber();
	const outcome = async (call, place) => {
		try {
			return await send(api, signer, call, { nonce: first + place });
		} catch (error) {
			if (error instanceof Refused) return error.reason;
			throw error;
		}
	};
	return Promise.all(calls.map(outcome));
}

/** Sends calls that the chain is to refuse, each with its reason. */
export async function assertRefused(api, signer, expected) {
	const outcomes = await sendTogether(api, signer, expected.map(([call]) => call));
	const told = outcomes.map((outcome) => (typeof outcome === 'string' ? outcome : 'nothing: it was accepted'));
	assert.deepEqual(told, expected.map(([, reason]) => reason));
}

/** The data of the one event `section.method`. */
export function eventData(events, section, method) {
	const found = events.filter((event) => event.section === section && event.method === method);
	if (found.length !== 1) {
		const all = events.map((event) => `${event.section}.${event.method}`).join(', ');
		throw new Error(`${found.length} events ${section}.${method} among: ${all}`);
	}
	return found[0].data;
}

/**
 * Asks at each new block until `attempt` answers something; fails after `seconds`, and says what it
 * waited for and what it saw last.
 */
export function atSomeBlock(api, what, seconds, attempt) {
	return new Promise((resolve, reject) => {
		let unsubscribe;
		let seen;
		let busy = false;
		let over = false;
		const finish = (settle, value) => {
			if (over) return;
			over = true;
			clearTimeout(timer);
			unsubscribe?.();
			settle(value);
		};
		const timer = setTimeout(() => {
			finish(reject, new Error(`waited ${seconds} s for ${what}; last seen: ${JSON.stringify(seen)}`));
		}, seconds * 1000);
		const ask = async (header) => {
			if (busy || over) return;
			busy = true;
			try {
				const answer = await attempt((value) => (seen = value), header);
				if (answer !== undefined) finish(resolve, answer);
			} catch (error) {
				finish(reject, error);
			}
			busy = false;
		};
		api.rpc.chain
			.subscribeNewHeads(ask)
			.then((stop) => (over ? stop() : (unsubscribe = stop)))
			.catch((error) => finish(reject, error));
	});
}

/** The chain's day now. */
export async function today(api) {
	const now = (await api.query.timestamp.now()).toNumber();
	return Math.floor(now / 60_000);
}

/** A method that polkadot.js does not know. */
export function rpc(api, method, ...params) {
	return api._rpcCore.provider.send(method, params);
}
