// The gateway of a DMEX chain, for one asset and one custodian, as a `Watcher` needs it.

import { NeedsPerson } from './watcher.mjs';

/** Errors after which a vote is not needed any more. */
const DONE = new Set([
	'VotedAlready', 'DepositSeen', 'AcceptedAlready', 'UnknownWithdrawal', 'AddressPostedAlready',
	// Of a deposit, when the least was raised a moment ago.
	'BelowLeast',
]);
/** Errors that pass by themselves; the vote is cast again. */
const LATER = new Set(['RateExceeded', 'TooManyOpenVotes', 'TooManyFreeAddresses']);

/** Most addresses that are posted at once. */
const BATCH = 64;
/** Most addresses that are asked for at once. */
const QUERY = 512;

const hex = txid => `0x${txid}`;
const input = text => {
	const [of, index] = text.split(':');
	return { of: hex(of), index: Number(index) };
};

export class Chain {
	#api;
	#signer;
	#asset;
	#timeout;
	/** One transaction is signed at a time, so that no nonce is used twice. */
	#submitting = Promise.resolve();
	/** Transactions that are not final yet, and the nonce after theirs. */
	#open = 0;
	#nextNonce = 0;

	constructor({ api, signer, asset, timeout = 300_000 }) {
		this.#api = api;
		this.#signer = signer;
		this.#asset = asset;
		this.#timeout = timeout;
	}

	async ours(addresses) {
		const targets = await this.#targets(addresses);
		// Nothing: nobody posted it. Something without an owner: nobody has asked for it.
		const isOurs = target => target.isSome && target.unwrap().isSome;
		return addresses.filter((_, place) => isOurs(targets[place]));
	}

	async leastDeposit() {
		const gate = await this.#api.query.gateway.gates(this.#asset);
		return gate.unwrap().terms.leastDeposit.toBigInt();
	}

	/** Posts those of the addresses that were not posted yet; answers how many. */
	async post(addresses) {
		const sorted = [...new Set(addresses)].sort();
		const targets = await this.#targets(sorted);
		const missing = sorted.filter((_, place) => targets[place].isNone);
		for (let from = 0; from < missing.length; from += BATCH) {
			const batch = missing.slice(from, from + BATCH);
			await this.#vote(this.#api.tx.gateway.postAddresses(this.#asset, batch));
		}
		return missing.length;
	}

	/** Whose each address is; a block of bitcoin's names thousands. */
	async #targets(addresses) {
		const hash = address => this.#api.registry.hash(new TextEncoder().encode(address));
		const keys = addresses.map(address => [this.#asset, hash(address)]);
		const targets = [];
		for (let from = 0; from < keys.length; from += QUERY) {
			targets.push(...await this.#api.query.gateway.addresses.multi(keys.slice(from, from + QUERY)));
		}
		return targets;
	}

	async withdrawal(id) {
		const open = await this.#api.query.gateway.withdrawals(id);
		if (open.isNone) return undefined;
		const { address, amount, fee, stage } = open.unwrap();
		return {
			address: address.toUtf8(),
			net: amount.toBigInt() - fee.toBigInt(),
			stage: stage.type.toLowerCase(),
		};
	}

	attest({ transaction, output, address, amount, height }) {
		const asset = this.#asset;
		const deposit = { asset, transaction: hex(transaction), output, address, amount, height };
		return this.#vote(this.#api.tx.gateway.attestDeposit(deposit));
	}

	accept(id, inputs) {
		return this.#vote(this.#api.tx.gateway.acceptWithdrawal(id, inputs.map(input)));
	}

	confirm(id, transaction, height) {
		return this.#vote(this.#api.tx.gateway.confirmWithdrawal(id, hex(transaction), height));
	}

	fail(id, spentInput, spentBy, height) {
		const by = hex(spentBy);
		return this.#vote(this.#api.tx.gateway.failWithdrawal(id, input(spentInput), by, height));
	}

	async #vote(call) {
		const refused = await this.#send(call);
		if (!refused || DONE.has(refused)) return;
		const said = `${call.method.section}.${call.method.method}: ${refused}`;
		throw LATER.has(refused) ? new Error(said) : new NeedsPerson(said);
	}

	/** Signs and submits a call. The node may not count yet what it was sent a moment ago. */
	async #submit(call, heard) {
		const told = (await this.#api.rpc.system.accountNextIndex(this.#signer.address)).toNumber();
		const nonce = this.#open > 0 ? Math.max(told, this.#nextNonce) : told;
		const stop = await call.signAndSend(this.#signer, { nonce }, heard);
		this.#nextNonce = nonce + 1;
		return stop;
	}

	/** Resolves when the call is in a final block: to nothing, or to the name of its error. */
	#send(call) {
		const { section, method } = call.method;
		return new Promise((resolve, reject) => {
			let stop = () => {};
			let submitted = false;
			let over = false;
			const end = (settle, value) => {
				if (over) return;
				over = true;
				if (submitted) this.#open -= 1;
				clearTimeout(timer);
				stop();
				settle(value);
			};
			const late = () => end(reject, new Error(`${section}.${method} is in no final block yet`));
			const timer = setTimeout(late, this.#timeout);
			const heard = ({ status, dispatchError }) => {
				if (status.isFinalized) end(resolve, this.#nameOf(dispatchError));
				else if (status.isInvalid || status.isDropped || status.isUsurped || status.isFinalityTimeout) {
					end(reject, new Error(`${section}.${method} is ${status.type}`));
				}
			};
			const submission = this.#submitting.then(() => this.#submit(call, heard));
			this.#submitting = submission.then(unsubscribe => {
				if (over) return unsubscribe();
				stop = unsubscribe;
				submitted = true;
				this.#open += 1;
			}, error => end(reject, error));
		});
	}

	#nameOf(error) {
		if (!error) return undefined;
		return error.isModule ? this.#api.registry.findMetaError(error.asModule).name : error.toString();
	}
}
