import { createHash } from 'crypto';

/** As many bits of a hash as a JavaScript number holds exactly, rounded down to whole bytes. */
export const FULL_BITS = 48;

/** Base64url: six bits per character. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** A hash of `FULL_BITS` bits. */
export function hashOf(text: string): number {
	return createHash('sha256')
		.update(text)
		.digest()
		.readUIntBE(0, FULL_BITS / 8);
}

/** The first bits of a hash. */
export function shorten(hash: number, bitsLess: number): number {
	return Math.floor(hash / 2 ** bitsLess);
}

/** @param bits text of 0 and 1 */
export function packBits(bits: string): string {
	return bits.replace(/.{1,6}/g, (six) => ALPHABET[parseInt(six.padEnd(6, '0'), 2)]);
}

/** The bits that were packed, with up to five zeros after them. */
export function unpackBits(data: string): string {
	return data.replace(/./g, (character) =>
		ALPHABET.indexOf(character).toString(2).padStart(6, '0'),
	);
}
