// Reads final blocks in order and says on chain what is in them.

import { payments, spent } from './bitcoin.mjs';

/** What a program must not decide; everything else that is thrown passes, and is tried again. */
export class NeedsPerson extends Error {}

/** After so many blocks at the latest the memory is written. */
const BLOCKS_AT_ONCE = 100;

const INPUT = /^[0-9a-f]{64}:(0|[1-9][0-9]{0,9})$/;

/** Inputs as the chain orders them: by transaction, then by number. */
function ordered(inputs) {
	const apart = input => [input.slice(0, 64), Number(input.slice(65))];
	return [...new Set(inputs)].sort((one, other) => {
		const [[a, i], [b, j]] = [apart(one), apart(other)];
		return a < b ? -1 : a > b ? 1 : i - j;
	});
}

/**
 * One custodian's watch of one coin.
 *
 * `bitcoin` is a `Bitcoin`; `chain` has, for one asset:
 * - `ours(addresses)`: those of them that belong to a lot or an account,
 * - `leastDeposit()`: least amount of a deposit, which the chain refuses otherwise,
 * - `attest({ transaction, output, address, amount, height })`,
 * - `withdrawal(id)`: `{ address, net, stage: 'queued' | 'accepted' }`, or nothing when it has ended,
 * - `accept(id, inputs)`, `confirm(id, transaction, height)`, `fail(id, input, spentBy, height)`.
 * Each of the four votes is done when it resolves, and may be repeated: a vote that was cast or is
 * not needed any more resolves too. `NeedsPerson` says that it was refused for good.
 *
 * `memory` is `{ load(), save(state) }` for `{ next, last, orders }`: the next height to read, the
 * hash of the block before it, and the withdrawals that the custodian was told to pay. `say` is
 * told what was done, for people.
 */
export class Watcher {
	#bitcoin;
	#chain;
	#memory;
	#finality;
	#state;
	#say;

	constructor({ bitcoin, chain, memory, finality, from, say = () => {} }) {
		if (!(finality >= 1)) throw new Error('finality is at least one block');
		this.#bitcoin = bitcoin;
		this.#chain = chain;
		this.#memory = memory;
		this.#finality = finality;
		this.#say = say;
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
		const isOrder =
			Number.isSafeInteger(id) && /^[0-9a-f]{64}$/.test(transaction) &&
			Array.isArray(inputs) && inputs.length > 0 && inputs.every(one => INPUT.test(one));
		if (!isOrder) throw new NeedsPerson('an order is { id, transaction, inputs: ["txid:index"] }');
		const sorted = ordered(inputs);
		const known = this.#state.orders.find(order => order.id === id);
		if (known && known.transaction !== transaction) throw new NeedsPerson(`withdrawal ${id} has another order`);
		if (!known) this.#save({ orders: [...this.#state.orders, { id, transaction, inputs: sorted }] });
		await this.#chain.accept(id, sorted);
		this.#say(`accepted withdrawal ${id}, to be paid by ${transaction}`);
	}

	/** Reads the final blocks that were not read yet; answers how many. */
	async step() {
		const final = (await this.#bitcoin.height()) - this.#finality + 1;
		const first = this.#state.next;
		try {
			while (this.#state.next <= final) {
				await this.#read(this.#state.next);
				// Reading a block again is harmless, so not each is written down.
				if ((this.#state.next - first) % BLOCKS_AT_ONCE === 0) this.#save({});
			}
		} finally {
			if (this.#state.next > first) this.#save({});
		}
		return this.#state.next - first;
	}

	async #read(height) {
		const hash = await this.#bitcoin.hashAt(height);
		const block = await this.#bitcoin.block(hash);
		// A block that was final was replaced: nothing that follows may be said before people
		// have looked.
		if (this.#state.last && block.previousblockhash !== this.#state.last) {
			throw new NeedsPerson(`the final block below ${height} was replaced`);
		}
		await this.#attest(block.tx, height);
		for (const transaction of block.tx) await this.#settleOrders(transaction, height);
		// Only now: what was told twice is refused on chain, what was not told is lost.
		this.#state = { ...this.#state, next: height + 1, last: hash };
	}

	/** Attests all deposits of a block together: each takes some blocks of the chain to be final. */
	async #attest(transactions, height) {
		const outputs = transactions.flatMap(transaction =>
			payments(transaction).map(payment => ({ transaction: transaction.txid, height, ...payment })));
		const ours = new Set(await this.#chain.ours([...new Set(outputs.map(({ address }) => address))]));
		const deposits = outputs.filter(({ address }) => ours.has(address));
		const least = deposits.length > 0 ? await this.#chain.leastDeposit() : 0n;
		const attested = deposits.map(async deposit => {
			const { transaction, output, address, amount } = deposit;
			const seen = `${amount} to ${address} by ${transaction}:${output} in block ${height}`;
			if (amount < least) return this.#say(`left out ${seen}: the least is ${least}`);
			await this.#chain.attest(deposit);
			this.#say(`attested ${seen}`);
		});
		// The others end too before one that failed is told, or they would be cast twice at once.
		const failed = (await Promise.allSettled(attested)).find(({ status }) => status === 'rejected');
		if (failed) throw failed.reason;
	}

	async #settleOrders(transaction, height) {
		const paid = payments(transaction);
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
				this.#say(`confirmed withdrawal ${order.id}, paid by ${transaction}`);
			} else if (transaction !== order.transaction) {
				await this.#chain.fail(order.id, input, transaction, height);
				this.#say(`failed withdrawal ${order.id}: ${transaction} spent ${input}`);
			} else {
				// Our own transaction pays less than it should: for people, not for a program.
				throw new NeedsPerson(`${transaction} does not pay withdrawal ${order.id}`);
			}
		}
		this.#save({ orders: this.#state.orders.filter(one => one.id !== order.id) });
	}

	#save(change) {
		this.#state = { ...this.#state, ...change };
		this.#memory.save(this.#state);
	}
}
