// A custodian that is alone: attests what a farm's pool paid to a lot's own address, day by day.

import { createHash } from 'node:crypto';
import { send, today } from './chain.mjs';

/** A number that a chain of coins could give a transaction. */
export const transactionId = (what) => `0x${createHash('sha256').update(what).digest('hex')}`;

export class Custodian {
	constructor(api, signer) {
		this.api = api;
		this.signer = signer;
		this.queue = Promise.resolve();
	}

	/** Sends a call of the custodian's account: one after the other, so that no nonce is used twice. */
	send(call) {
		const sent = this.queue.then(() => send(this.api, this.signer, call));
		this.queue = sent.catch(() => {});
		return sent;
	}

	attest(deposit) {
		return this.send(this.api.tx.gateway.attestDeposit(deposit));
	}

	/**
	 * From `day` on attests, once each day is over, all that `paidOn(day)` says was paid to an address.
	 * Answers what becomes of each day: {deposit, events} of the attestation.
	 */
	async follow({ asset, address, day: first, paidOn }, servers) {
		const days = new Map();
		let next = first;
		let over = false;
		const pay = async (day) => {
			const deposit = {
				asset,
				transaction: transactionId(`payout of day ${day} to ${address}`),
				output: 0,
				address,
				amount: await paidOn(day),
				height: 900_000 + 144 * (day - first),
			};
			const { events } = await this.attest(deposit);
			return { deposit, events };
		};
		const stop = await this.api.rpc.chain.subscribeNewHeads(async () => {
			const now = await today(this.api);
			for (; next < now && !over; next += 1) {
				const attested = pay(next);
				attested.catch(() => {});
				days.set(next, attested);
			}
		});
		servers.closers.push(async () => {
			over = true;
			stop();
			// What is on its way still needs the connection, and would keep the process waiting.
			await Promise.allSettled(days.values());
		});
		return days;
	}
}
