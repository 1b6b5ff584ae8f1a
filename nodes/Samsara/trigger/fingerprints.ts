import { FULL_BITS, hashOf, packBits, shorten, unpackBits } from './bits';

/** A stored set: the gaps between its sorted hashes of `bits` bits, Rice-coded with `rice` low bits. */
export interface StoredFingerprints {
	count: number;
	bits: number;
	rice: number;
	data: string;
}

/**
 * A set of texts that stores only their hashes, because the state of a trigger must stay small even with 100,000
 * records. Up to about 30,000 texts, each hash has 48 bits, and one text in ten billion is mistaken for another. Larger
 * sets store shorter hashes: 25 bits at 100,000, where one text in 300 is. Hashes of a fixed length would take 400,000
 * characters for that, instead of 170,000.
 */
export class Fingerprints {
	private readonly hashes = new Set<number>();

	private bits = FULL_BITS;

	/** Restores a stored set; without one, the set is empty. */
	static from(stored?: StoredFingerprints): Fingerprints {
		const set = new Fingerprints();
		if (!stored) return set;
		set.bits = stored.bits;
		for (const hash of decode(stored)) set.hashes.add(hash);
		return set;
	}

	get size(): number {
		return this.hashes.size;
	}

	/** True for every text that was added, and very rarely for one that was not. */
	has(text: string): boolean {
		return this.hashes.has(this.hash(text));
	}

	add(text: string): void {
		this.hashes.add(this.hash(text));
	}

	/** Removes a text, and with it any other text that has the same hash. */
	delete(text: string): void {
		this.hashes.delete(this.hash(text));
	}

	/** The stored form, with the longest hashes that fit into `maxChars` characters. */
	store(maxChars: number): StoredFingerprints {
		for (let bits = Math.min(this.bits, maxBits(this.size, maxChars)); ; bits--) {
			const hashes = new Set([...this.hashes].map((hash) => shorten(hash, this.bits - bits)));
			const stored = encode(
				[...hashes].sort((a, b) => a - b),
				bits,
			);
			if (stored.data.length <= maxChars || bits <= 1) return stored;
		}
	}

	private hash(text: string): number {
		return shorten(hashOf(text), FULL_BITS - this.bits);
	}
}

/** An upper estimate: a coded hash takes its low bits and about two more. */
function maxBits(count: number, maxChars: number): number {
	const perHash = (maxChars * 6) / Math.max(1, count);
	return Math.ceil(perHash - 2 + Math.log2(Math.max(1, count))) + 1;
}

function encode(sorted: number[], bits: number): StoredFingerprints {
	const meanGap = 2 ** bits / Math.max(1, sorted.length);
	const rice = Math.max(0, Math.floor(Math.log2(meanGap)));
	const divisor = 2 ** rice;
	const codes = sorted.map((hash, i) => {
		const gap = hash - (sorted[i - 1] ?? 0);
		const low = (divisor + (gap % divisor)).toString(2).slice(1);
		return `${'1'.repeat(Math.floor(gap / divisor))}0${low}`;
	});
	return { count: sorted.length, bits, rice, data: packBits(codes.join('')) };
}

function decode({ count, rice, data }: StoredFingerprints): number[] {
	const codes = [...unpackBits(data).matchAll(new RegExp(`(1*)0([01]{${rice}})`, 'g'))].slice(
		0,
		count,
	);
	let hash = 0;
	return codes.map(([, high, low]) => {
		hash += high.length * 2 ** rice + parseInt(`0${low}`, 2);
		return hash;
	});
}
