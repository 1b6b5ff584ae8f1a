/** A small deterministic random generator, so that the same seed creates the same fleet on every run. */
export class Random {
	private state: number;

	constructor(seed: number) {
		this.state = seed >>> 0;
	}

	/** A number from 0 (inclusive) to 1 (exclusive), by mulberry32. */
	next(): number {
		this.state = (this.state + 0x6d2b79f5) >>> 0;
		let mixed = this.state;
		mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	}

	/** An integer from `from` to `to`, both inclusive. */
	whole(from: number, to: number): number {
		return from + Math.floor(this.next() * (to - from + 1));
	}

	/** One of the values. */
	pick<Value>(values: readonly Value[]): Value {
		return values[Math.floor(this.next() * values.length)];
	}

	/** A string of random characters from an alphabet. */
	text(length: number, alphabet: string): string {
		let result = '';
		for (let index = 0; index < length; index += 1) result += this.pick([...alphabet]);
		return result;
	}

	/** A version 4 UUID. */
	uuid(): string {
		const hex = (length: number) =>
			Math.floor(this.next() * 16 ** length)
				.toString(16)
				.padStart(length, '0');
		return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(8)}${hex(4)}`;
	}
}
