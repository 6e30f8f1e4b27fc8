import type { SubstrateEvent } from '@subql/types';

/**
 * The fields of an event by their names. One that is missing, or is not what is asked for, is an
 * error: an index must stop rather than guess when the chain's events have changed.
 */
export class Fields {
	/** Height of the block. */
	readonly block: number;
	/** Names the event: the block and its place there. */
	readonly id: string;
	private readonly data: Record<string, unknown>;

	constructor(event: SubstrateEvent) {
		this.block = event.block.block.header.number.toNumber();
		this.id = `${this.block}-${event.idx}`;
		this.data = event.event.data.toHuman(true) as Record<string, unknown>;
	}

	/** A whole number that may be larger than numbers of JavaScript are exact. */
	big(name: string): bigint {
		return big(this.value(name), name);
	}

	/** A small number: an id, a day. */
	int(name: string): number {
		return int(this.value(name), name);
	}

	/** An account. */
	text(name: string): string {
		const value = this.value(name);
		if (typeof value !== 'string') throw new Error(`${name} is no text: ${JSON.stringify(value)}`);
		return value;
	}

	/** A number, or nothing where the chain says that there is none. */
	maybeBig(name: string): bigint | undefined {
		const value = this.data[name];
		return value === null || value === undefined ? undefined : big(value, name);
	}

	/** A list. */
	list(name: string): unknown[] {
		const value = this.value(name);
		if (!Array.isArray(value)) throw new Error(`${name} is no list: ${JSON.stringify(value)}`);
		return value;
	}

	/** Anything, as it is written. */
	value(name: string): unknown {
		const value = this.data[name];
		if (value === undefined || value === null) throw new Error(`there is no field ${name}`);
		return value;
	}
}

/** A whole number as the chain's types write it: digits in groups. */
export function big(value: unknown, name: string): bigint {
	const digits = String(value).replaceAll(',', '');
	if (!/^\d+$/.test(digits)) throw new Error(`${name} is no number: ${JSON.stringify(value)}`);
	return BigInt(digits);
}

/** A whole number that fits a number of JavaScript. */
export function int(value: unknown, name: string): number {
	const number = Number(big(value, name));
	if (!Number.isSafeInteger(number)) throw new Error(`${name} is too large: ${number}`);
	return number;
}

/** The id of a title's entity. */
export function titleId(series: number, title: number): string {
	return `${series}-${title}`;
}
