// The gateway of a DMEX chain, for one asset and one custodian, as a `Watcher` needs it.

/** Errors after which a vote is not needed any more. */
const DONE = new Set([
	'VotedAlready', 'DepositSeen', 'AcceptedAlready', 'UnknownWithdrawal',
]);
/** Errors that pass by themselves; the vote is cast again. */
const LATER = new Set(['RateExceeded', 'TooManyWaiting', 'TooManyOpenVotes']);

const hex = txid => `0x${txid}`;
const input = text => {
	const [of, index] = text.split(':');
	return { of: hex(of), index };
};

export class Chain {
	#api;
	#signer;
	#asset;
	#pause;

	constructor({ api, signer, asset, pause = 60_000 }) {
		this.#api = api;
		this.#signer = signer;
		this.#asset = asset;
		this.#pause = pause;
	}

	async isOurs(address) {
		const target = await this.#api.query.gateway.addresses(this.#asset, this.#hash(address));
		// Nothing: nobody posted it. Something without an owner: nobody has asked for it.
		return target.isSome && target.unwrap().isSome === true;
	}

	#hash(address) {
		return this.#api.registry.hash(new TextEncoder().encode(address));
	}

	async withdrawal(id) {
		const open = await this.#api.query.gateway.withdrawals(id);
		if (open.isNone) return undefined;
		const { address, amount, fee, stage } = open.unwrap();
		return {
			address: Buffer.from(address.toU8a(true)).toString(),
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
		for (;;) {
			const refused = await this.#send(call);
			if (!refused || DONE.has(refused)) return;
			if (!LATER.has(refused)) throw new Error(`${call.method.method}: ${refused}`);
			await new Promise(resolve => setTimeout(resolve, this.#pause));
		}
	}

	/** Resolves when the call is in a final block: to nothing, or to the name of its error. */
	#send(call) {
		return new Promise((resolve, reject) => {
			let stop = () => {};
			const end = act => {
				stop();
				act();
			};
			call.signAndSend(this.#signer, ({ status, dispatchError }) => {
				if (status.isFinalized) end(() => resolve(this.#nameOf(dispatchError)));
				else if (status.isInvalid || status.isDropped || status.isUsurped) {
					end(() => reject(new Error(`the transaction is ${status.type}`)));
				}
			}).then(unsubscribe => {
				stop = unsubscribe;
			}, reject);
		});
	}

	#nameOf(error) {
		if (!error) return undefined;
		return error.isModule ? this.#api.registry.findMetaError(error.asModule).name : error.toString();
	}
}
