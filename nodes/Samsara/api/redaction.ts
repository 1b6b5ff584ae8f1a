const REDACTED = '[API token]';

/** The length of the shortest piece of a token that is hidden. Shorter pieces, such as `samsara_api_`, reveal nothing. */
const MIN_PIECE = 16;

/** The token is cut into parts of this length. Any piece of twice the length contains at least one complete part. */
const PART = MIN_PIECE / 2;

/** Hides a token in a response: a host or proxy may quote the request in full, truncated, or encoded. */
export function redactToken(text: string, token: string): string {
	const forms = [...new Set([token, encodeURIComponent(token), ...base64Forms(token)])];
	return mayHavePiece(text, forms) ? forms.reduce(withoutPieces, text) : text;
}

/**
 * A quick test, because searching a page of records for every part takes longer than parsing it. A piece is at least twice
 * as long as a part, so it has a whole one at a position that is a multiple of the part's length.
 */
function mayHavePiece(text: string, forms: string[]): boolean {
	if (forms.some((form) => form.length < MIN_PIECE)) return true;
	const parts = new Set<string>();
	const pairs = new Uint8Array(PAIRS);
	for (const form of forms) {
		for (let at = 0; at + PART <= form.length; at++) parts.add(form.slice(at, at + PART));
		for (let at = 0; at + 1 < form.length; at++) pairs[pairAt(form, at)] = 1;
	}
	for (let at = 0; at + PART <= text.length; at += PART) {
		if (pairs[pairAt(text, at)] === 0 || pairs[pairAt(text, at + PART - 2)] === 0) continue;
		if (parts.has(text.slice(at, at + PART))) return true;
	}
	return false;
}

const PAIRS = 1 << 14;

/** A number for two characters, which others outside ASCII may share. */
function pairAt(text: string, at: number): number {
	return ((text.charCodeAt(at) & 127) << 7) | (text.charCodeAt(at + 1) & 127);
}

/** The base64 forms of the token at any position in a longer text, e.g. after `user:` or `Bearer `. */
function base64Forms(token: string): string[] {
	return [0, 1, 2].map((shift) => {
		const whole = Buffer.from(`${' '.repeat(shift)}${token}`).toString('base64');
		// The first and last characters also depend on the surrounding text.
		return whole.slice(shift === 0 ? 0 : shift + 1, -4);
	});
}

function withoutPieces(text: string, secret: string): string {
	let result = text;
	for (let part = 0; part + PART <= secret.length; part += PART) {
		const needle = secret.slice(part, part + PART);
		for (let at = result.indexOf(needle); at >= 0; at = result.indexOf(needle, at + 1)) {
			let before = 0;
			while (before < part && result[at - before - 1] === secret[part - before - 1]) before++;
			let length = PART;
			while (part + length < secret.length && result[at + length] === secret[part + length])
				length++;
			if (before + length < Math.min(MIN_PIECE, secret.length)) continue;
			result = `${result.slice(0, at - before)}${REDACTED}${result.slice(at + length)}`;
			at -= before;
		}
	}
	return result;
}
