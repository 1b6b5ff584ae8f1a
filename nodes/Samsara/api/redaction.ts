const REDACTED = '[API token]';

/** The length of the shortest piece of a token that is hidden. Shorter pieces, such as `samsara_api_`, reveal nothing. */
const MIN_PIECE = 16;

/** The token is cut into parts of this length. Any piece of twice the length contains at least one complete part. */
const PART = MIN_PIECE / 2;

/** Hides a token in a response: a host or proxy may quote the request in full, truncated, or encoded. */
export function redactToken(text: string, token: string): string {
	const forms = [...new Set([token, encodeURIComponent(token), ...base64Forms(token)])];
	return forms.reduce(withoutPieces, text);
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
