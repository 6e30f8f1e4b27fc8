// Reads final blocks in order and says on chain what is in them.

import { payments, spent } from './bitcoin.mjs';

/**
 * One custodian's watch of one coin.
 *
 * `bitcoin` is a `Bitcoin`; `chain` has, for one asset:
 * - `isOurs(address)`: whether the address belongs to a lot or an account,
 * - `attest({ transaction, output, address, amount, height })`,
 * - `withdrawal(id)`: `{ address, net, stage: 'queued' | 'accepted' }`, or nothing when it has ended,
 * - `accept(id, inputs)`, `confirm(id, transaction, height)`, `fail(id, input, spentBy, height)`.
 * Each of the four votes is done when it resolves, and may be repeated: a vote that was cast or is
 * not needed any more resolves too.
 *
 * `memory` is `{ load(), save(state) }` for `{ next, last, orders }`: the next height to read, the
 * hash of the block before it, and the withdrawals that the custodian was told to pay.
 */
export class Watcher {
	#bitcoin;
	#chain;
	#memory;
	#finality;
	#state;

	constructor({ bitcoin, chain, memory, finality, from }) {
		if (!(finality >= 1)) throw new Error('finality is at least one block');
		this.#bitcoin = bitcoin;
		this.#chain = chain;
		this.#memory = memory;
		this.#finality = finality;
		this.#state = memory.load() ?? { next: from, last: null, orders: [] };
	}

	/** The next height that will be read. */
	get next() {
		return this.#state.next;
	}

	/**
	 * Accepts a withdrawal that the custodians agreed, off this chain, to pay by a transaction.
	 * `inputs` are `txid:index`. The transaction may be published when the chain says `accepted`.
	 */
	async order({ id, transaction, inputs }) {
		const sorted = [...new Set(inputs)].sort();
		const known = this.#state.orders.find(order => order.id === id);
		if (known && known.transaction !== transaction) throw new Error(`${id} has another order`);
		if (!known) this.#save({ orders: [...this.#state.orders, { id, transaction, inputs: sorted }] });
		await this.#chain.accept(id, sorted);
	}

	/** Reads the final blocks that were not read yet; answers how many. */
	async step() {
		const final = (await this.#bitcoin.height()) - this.#finality + 1;
		let read = 0;
		while (this.#state.next <= final) {
			const height = this.#state.next;
			const hash = await this.#bitcoin.hashAt(height);
			const block = await this.#bitcoin.block(hash);
			// A block that was final was replaced: nothing that follows may be said before people
			// have looked.
			if (this.#state.last && block.previousblockhash !== this.#state.last) {
				throw new Error(`the final block below ${height} was replaced`);
			}
			for (const transaction of block.tx) await this.#tell(transaction, height);
			// Only now: what was told twice is refused on chain, what was not told is lost.
			this.#save({ next: height + 1, last: hash });
			read += 1;
		}
		return read;
	}

	async #tell(transaction, height) {
		const paid = payments(transaction);
		for (const payment of paid) {
			if (await this.#chain.isOurs(payment.address)) {
				await this.#chain.attest({ transaction: transaction.txid, height, ...payment });
			}
		}
		const inputs = new Set(spent(transaction));
		for (const order of this.#state.orders) {
			const input = order.inputs.find(input => inputs.has(input));
			if (input) await this.#settle(order, input, transaction.txid, paid, height);
		}
	}

	/** A transaction that spends an order's input is final: it is the order's own, or the order failed. */
	async #settle(order, input, transaction, paid, height) {
		const withdrawal = await this.#chain.withdrawal(order.id);
		if (withdrawal?.stage === 'accepted') {
			const { address, net } = withdrawal;
			const pays = paid.some(one => one.address === address && one.amount >= net);
			if (transaction === order.transaction && pays) {
				await this.#chain.confirm(order.id, transaction, height);
			} else if (transaction !== order.transaction) {
				await this.#chain.fail(order.id, input, transaction, height);
			} else {
				// Our own transaction pays less than it should: for people, not for a program.
				throw new Error(`${transaction} does not pay withdrawal ${order.id}`);
			}
		}
		this.#save({ orders: this.#state.orders.filter(one => one.id !== order.id) });
	}

	#save(change) {
		this.#state = { ...this.#state, ...change };
		this.#memory.save(this.#state);
	}
}
