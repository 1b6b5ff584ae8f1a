import { InvalidInputError } from '../common/errors';

const MAX_ID_LENGTH = 512;

/** `encodeURIComponent` throws on half a character, which cut text from another system may end in. */
const LONE_SURROGATES = /[\ud800-\udfff]/gu;

/**
 * Builds a path in which every inserted id stays inside its own segment: ``path`/fleet/drivers/${id}` ``.
 * External ids (`payrollId:ABFS18600`) are encoded whole, the colon too, as the vendor's SDKs do.
 *
 * @throws InvalidInputError for an id that is empty, over 512 characters, or a step of a path (`.`, `..`), which no encoding
 * can keep in its segment: URL parsers resolve `%2e%2e` as well
 */
export function path(parts: TemplateStringsArray, ...ids: string[]): string {
	return parts.reduce((result, part, i) => `${result}${segment(ids[i - 1])}${part}`);
}

function segment(id: string): string {
	if (id.trim() === '' || /^\.{1,2}$/.test(id)) {
		throw new InvalidInputError(
			`'${id}' is not an ID`,
			'Give a Samsara ID or an external ID like payrollId:ABFS18600.',
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
 * The query string with its `?`, or nothing. Lists are comma-separated, the form that Samsara documents; members that
 * are undefined, empty or an empty list are left out.
 *
 * @throws InvalidInputError for an ID with a comma: encoded or not, Samsara would read two IDs and answer about another thing
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
	const id = ids.find((one) => one.includes(','));
	if (id === undefined) return;
	throw new InvalidInputError(
		`'${id}' is not an ID: an ID cannot contain a comma`,
		'Give each ID as an entry of its own. Check which field of the item is mapped here.',
	);
}
