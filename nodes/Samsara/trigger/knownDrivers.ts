import type { Driver } from '../api/types';
import { InvalidInputError } from '../common/errors';
import { FULL_BITS, hashOf, packBits, shorten, unpackBits } from './bits';
import { DRIVER_PARTS, partsOf, type DriverPart } from './driverParts';

/**
 * The bits of the hashes that are stored of each driver: of the whole driver, and of each part. The more drivers there are,
 * the fewer bits fit. With 8 bits, one change in 256 is not noticed until the driver changes again.
 */
const HASH_BITS = [
	[24, 12],
	[20, 8],
	[20, 0],
	[12, 0],
	[8, 0],
] as const;

/** Keys of numeric IDs, which are the IDs themselves, are smaller than those of other IDs. */
const NUMERIC_ID = /^\d{1,15}$/;
const OTHER_KEYS = 2 ** 52;

/** The drivers by key: the gap to the key before, as an exponential Golomb code with `low` low bits, and the hashes. */
export interface StoredDrivers {
	count: number;
	firstKey: number;
	low: number;
	/** Of the whole driver, and of each part. */
	bits: number[];
	data: string;
}

/** How a driver differs from what is remembered of it. */
export interface DriverChange {
	isKnown: boolean;
	isChanged: boolean;
	/** Which parts; undefined if that is not remembered. Other members may have changed as well. */
	parts?: DriverPart[];
}

/** Remembers the last version of every driver in a few bytes each. Drivers that a reading missed stay remembered. */
export class KnownDrivers {
	/** By key: the hash of the whole driver, and those of its parts. */
	private readonly hashes = new Map<number, number[]>();

	/** The index in `HASH_BITS`. */
	private level = 0;

	/** Restores what is stored. */
	static from(stored?: StoredDrivers): KnownDrivers {
		const known = new KnownDrivers();
		if (!stored) return known;
		known.level = Math.max(
			0,
			HASH_BITS.findIndex((bits) => bits.join() === stored.bits.join()),
		);
		for (const [key, hashes] of decode(stored)) known.hashes.set(key, hashes);
		return known;
	}

	compare(driver: Driver): DriverChange {
		const stored = this.hashes.get(keyOf(driver));
		if (!stored) return { isKnown: false, isChanged: false };
		const texts = textsOf(driver);
		if (this.wholeHash(driver, texts) === stored[0]) return { isKnown: true, isChanged: false };
		const parts = this.partHashes(texts);
		return {
			isKnown: true,
			isChanged: true,
			parts:
				parts.length === 0
					? undefined
					: DRIVER_PARTS.filter((_part, i) => parts[i] !== stored[i + 1]),
		};
	}

	remember(driver: Driver): void {
		const texts = textsOf(driver);
		this.hashes.set(keyOf(driver), [this.wholeHash(driver, texts), ...this.partHashes(texts)]);
	}

	/** The stored form. @throws InvalidInputError for more drivers than fit into `maxChars` characters */
	store(maxChars: number): StoredDrivers {
		const sorted = [...this.hashes].sort(([a], [b]) => a - b);
		for (let level = this.level; level < HASH_BITS.length; level++) {
			const stored = encode(sorted, HASH_BITS[this.level], HASH_BITS[level]);
			if (stored.data.length <= maxChars) return stored;
		}
		throw new InvalidInputError(
			`Samsara has ${sorted.length} drivers, more than this trigger can remember`,
			"Read the drivers with the operation 'Get Many' and its filter 'Updated After' instead, in a workflow that starts on a schedule.",
		);
	}

	private wholeHash({ updatedAtTime }: Driver, texts: string[]): number {
		const [bits] = HASH_BITS[this.level];
		return shorten(hashOf(JSON.stringify([...texts, updatedAtTime])), FULL_BITS - bits);
	}

	private partHashes(texts: string[]): number[] {
		const [, bits] = HASH_BITS[this.level];
		return bits === 0 ? [] : texts.map((text) => shorten(hashOf(text), FULL_BITS - bits));
	}
}

function textsOf(driver: Driver): string[] {
	const parts = partsOf(driver);
	return DRIVER_PARTS.map((part) => parts[part]);
}

function keyOf({ id }: Driver): number {
	const text = String(id);
	return NUMERIC_ID.test(text) ? Number(text) : OTHER_KEYS + hashOf(text);
}

function widths([whole, part]: readonly number[]): number[] {
	return part === 0 ? [whole] : [whole, ...DRIVER_PARTS.map(() => part)];
}

function toBits(value: number, width: number): string {
	return width === 0 ? '' : value.toString(2).padStart(width, '0');
}

function encode(
	sorted: Array<[key: number, hashes: number[]]>,
	bits: readonly number[],
	storedBits: readonly number[],
): StoredDrivers {
	const gaps = sorted.map(([key], i) => (i === 0 ? 0 : key - sorted[i - 1][0]));
	const median = [...gaps].sort((a, b) => a - b)[gaps.length >> 1] ?? 0;
	const low = Math.floor(Math.log2(Math.max(1, median)));
	const [from, to] = [widths(bits), widths(storedBits)];
	const codes = sorted.map(([, hashes], i) => {
		const high = (Math.floor(gaps[i] / 2 ** low) + 1).toString(2);
		const kept = to.map((width, j) => toBits(shorten(hashes[j], from[j] - width), width));
		return `${'0'.repeat(high.length - 1)}${high}${toBits(gaps[i] % 2 ** low, low)}${kept.join('')}`;
	});
	return {
		count: sorted.length,
		firstKey: sorted[0]?.[0] ?? 0,
		low,
		bits: [...storedBits],
		data: packBits(codes.join('')),
	};
}

function decode({ count, firstKey, low, bits, data }: StoredDrivers): Array<[number, number[]]> {
	const text = unpackBits(data);
	let at = 0;
	const read = (width: number) => parseInt(`0${text.slice(at, (at += width))}`, 2);
	let key = firstKey;
	return Array.from({ length: count }, () => {
		const zeros = text.indexOf('1', at) - at;
		at += zeros;
		key += (read(zeros + 1) - 1) * 2 ** low + read(low);
		return [key, widths(bits).map(read)];
	});
}
