import { createHash } from 'crypto';

/** Bits of a hash that a JavaScript number holds exactly, less some room. */
const FULL_BITS = 48;

/** Six bits a character, so that the set is plain text in JSON. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** A set as stored: sorted hashes of `bits` bits, their gaps Rice-coded with `rice` low bits. */
export interface StoredFingerprints {
	count: number;
	bits: number;
	rice: number;
	data: string;
}

/**
 * A set of texts that remembers only hashes of them, because the state of a trigger must stay small with 100,000
 * records. Up to some 30,000 texts keep 48 bits each (one in ten billion is taken for another); beyond, the hashes
 * get shorter: at 100,000 they have 25 to 30 bits.
 */
export class Fingerprints {
	private readonly hashes = new Set<number>();

	private bits = FULL_BITS;

	/** Rebuilds a set from its stored form; anything else gives an empty set. */
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

	/** True for every text that was added, and by chance for one in very many that was not. */
	has(text: string): boolean {
		return this.hashes.has(shorten(hash48(text), this.bits));
	}

	/** Adds a text; its fingerprint alone is kept. */
	add(text: string): void {
		this.hashes.add(shorten(hash48(text), this.bits));
	}

	/** Takes a text out, and with it one that has the same fingerprint. */
	delete(text: string): void {
		this.hashes.delete(shorten(hash48(text), this.bits));
	}

	/** The stored form, with hashes as long as `maxChars` allows, in characters. */
	store(maxChars: number): StoredFingerprints {
		for (let bits = Math.min(this.bits, maxBits(this.hashes.size, maxChars)); ; bits--) {
			const shorter = [...this.hashes].map((hash) => Math.floor(hash / 2 ** (this.bits - bits)));
			const stored = encode(
				[...new Set(shorter)].sort((a, b) => a - b),
				bits,
			);
			if (stored.data.length <= maxChars || bits <= 1) return stored;
		}
	}
}

/** About how long hashes may be: a gap takes its low bits, two bits on average for the rest, six bits a character. */
function maxBits(count: number, maxChars: number): number {
	const perHash = (maxChars * 6) / Math.max(1, count);
	return Math.ceil(perHash - 2 + Math.log2(Math.max(1, count))) + 1;
}

/** The first 48 bits of SHA-256. */
function hash48(text: string): number {
	return createHash('sha256').update(text).digest().readUIntBE(0, 6);
}

function shorten(hash: number, bits: number): number {
	return Math.floor(hash / 2 ** (FULL_BITS - bits));
}

function encode(sorted: number[], bits: number): StoredFingerprints {
	const meanGap = 2 ** bits / Math.max(1, sorted.length);
	const rice = Math.max(0, Math.floor(Math.log2(meanGap)));
	const writer = new BitWriter();
	let last = 0;
	for (const hash of sorted) {
		const gap = hash - last;
		last = hash;
		for (let ones = Math.floor(gap / 2 ** rice); ones > 0; ones--) writer.write(1);
		writer.write(0);
		for (let bit = rice - 1; bit >= 0; bit--) writer.write(Math.floor(gap / 2 ** bit) % 2);
	}
	return { count: sorted.length, bits, rice, data: writer.text() };
}

function decode({ count, rice, data }: StoredFingerprints): number[] {
	const read = bitReader(data);
	const hashes: number[] = [];
	let last = 0;
	for (let i = 0; i < count; i++) {
		let high = 0;
		while (read() === 1) high++;
		let low = 0;
		for (let bit = 0; bit < rice; bit++) low = low * 2 + read();
		last += high * 2 ** rice + low;
		hashes.push(last);
	}
	return hashes;
}

class BitWriter {
	private readonly characters: string[] = [];

	private pending = 0;

	private filled = 0;

	write(bit: number): void {
		this.pending = this.pending * 2 + bit;
		if (++this.filled === 6) this.flush();
	}

	text(): string {
		while (this.filled > 0) this.write(0);
		return this.characters.join('');
	}

	private flush(): void {
		this.characters.push(ALPHABET[this.pending]);
		this.pending = 0;
		this.filled = 0;
	}
}

const VALUES = new Map([...ALPHABET].map((character, value) => [character, value]));

/** Bits of a text one after another; zeros after its end. */
function bitReader(text: string): () => number {
	let position = 0;
	return () => {
		const value = VALUES.get(text[Math.floor(position / 6)] ?? '') ?? 0;
		const bit = (value >> (5 - (position % 6))) & 1;
		position++;
		return bit;
	};
}
