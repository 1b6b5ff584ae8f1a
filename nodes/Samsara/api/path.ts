import { InvalidInputError } from '../common/errors';
import { isPathStep, MAX_ID_LENGTH } from '../common/ids';

/** `encodeURIComponent` throws on half a surrogate pair, which truncated text from other systems may contain. */
const LONE_SURROGATES = /[\ud800-\udfff]/gu;

/**
 * Builds a path in which each inserted ID is one segment: ``path`/fleet/drivers/${id}` ``. External IDs
 * (`payrollId:ABFS18600`) are encoded including the colon, as in the vendor's SDKs.
 *
 * @throws InvalidInputError for an ID that is empty, longer than 512 characters, or a path step (`.` or `..`)
 */
export function path(parts: TemplateStringsArray, ...ids: string[]): string {
	return parts.reduce((result, part, i) => `${result}${segment(ids[i - 1])}${part}`);
}

function segment(id: string): string {
	if (id.trim() === '' || isPathStep(id)) {
		throw new InvalidInputError(
			`'${id}' is not a valid ID`,
			'Enter a Samsara ID or an external ID like payrollId:ABFS18600.',
		);
	}
	if (id.length > MAX_ID_LENGTH) {
		throw new InvalidInputError(
			`An ID of ${id.length} characters is too long`,
			`Samsara's IDs have fewer than ${MAX_ID_LENGTH} characters. Check which field of the item is mapped here.`,
		);
	}
	return encode(id);
}

export type Query = Record<string, string | number | boolean | string[] | undefined>;

/**
 * The query string with its `?`, or empty text. Lists are comma-separated, as Samsara documents. Undefined and empty values
 * are left out.
 *
 * @throws InvalidInputError for an ID with a comma: encoded or not, Samsara would read it as two IDs
 */
export function queryString(query: Query): string {
	const pairs = Object.entries(query).flatMap(([name, value]) => {
		if (Array.isArray(value) && /ids$/i.test(name)) requireNoCommas(value);
		const text = Array.isArray(value) ? value.map(encode).join(',') : encode(value ?? '');
		return text === '' ? [] : [`${name}=${text}`];
	});
	return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

function encode(value: string | number | boolean): string {
	return encodeURIComponent(String(value).replace(LONE_SURROGATES, '\ufffd'));
}

function requireNoCommas(ids: string[]): void {
	const id = ids.find((candidate) => candidate.includes(','));
	if (id === undefined) return;
	throw new InvalidInputError(
		`'${id}' is not a valid ID, because it contains a comma`,
		'Enter each ID separately. Check which field of the item is mapped here.',
	);
}
