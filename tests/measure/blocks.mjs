// What blocks hold and what they weigh, and many transactions of one account.

import { DMEX } from '../helpers/chain.mjs';

/** Most a block may weigh, picoseconds. */
export const limitOf = (api) => api.consts.system.blockWeights.maxBlock.refTime.toNumber();

/** Number, extrinsics and weight by class of a block, and its events. */
export async function blockAt(api, hash) {
	const at = await api.at(hash);
	const [weight, events, { block }, now] = await Promise.all([
		at.query.system.blockWeight(),
		at.query.system.events(),
		api.rpc.chain.getBlock(hash),
		at.query.timestamp.now(),
	]);
	const time = (part) => part.refTime.toNumber();
	return {
		number: block.header.number.toNumber(),
		extrinsics: block.extrinsics.length,
		normal: time(weight.normal),
		mandatory: time(weight.mandatory),
		events: events.map(({ event }) => event),
		now: now.toNumber(),
	};
}

export const countOf = ({ events }, section, method) =>
	events.filter((event) => event.section === section && event.method === method).length;

/** Signs calls for ever, one after the other from nonce `first`: no request for each. */
export function signAll(api, signer, calls, first) {
	const { genesisHash, runtimeVersion } = api;
	return calls.map((call, place) =>
		call.sign(signer, { nonce: first + place, era: 0, blockHash: genesisHash, genesisHash, runtimeVersion }));
}

/** Submits signed transactions in order, with at most `most` waiting at the node. */
export async function submitAll(api, signed, most = 4_000) {
	for (let from = 0; from < signed.length; from += 500) {
		while ((await api.rpc.author.pendingExtrinsics()).length > most) await new Promise((resolve) => setTimeout(resolve, 500));
		await Promise.all(signed.slice(from, from + 500).map((one) => api.rpc.author.submitExtrinsic(one)));
	}
}

/** Parts of `calls`, each as one batch that stops at nothing. */
export function batches(api, calls, size) {
	const made = [];
	for (let from = 0; from < calls.length; from += size) made.push(api.tx.utility.batchAll(calls.slice(from, from + size)));
	return made;
}

/**
 * Calls that split a title of `count × units` into `count` titles of `units`, and their ids: a title
 * ends with each split, so ids follow from the next one, as long as nobody else makes any.
 */
export function splits(api, series, title, next, count, units) {
	const calls = [];
	const ids = [];
	let [parent, left, id] = [title, count, next];
	while (left > 1) {
		const singles = Math.min(15, left - 1);
		const rest = left - singles;
		calls.push(api.tx.titles.split(series, parent, [...Array(singles).fill(units), BigInt(rest) * units]));
		for (let i = 0; i < singles; i += 1) ids.push(id++);
		parent = id++;
		left = rest;
	}
	ids.push(parent);
	return { calls, ids };
}

/** An endowment that pays deposits of any number of titles. */
export const PLENTY = 10_000_000n * DMEX;

export const mean = (numbers) => numbers.reduce((sum, one) => sum + one, 0) / Math.max(1, numbers.length);
export const percent = (part) => `${(100 * part).toFixed(1)} %`;
