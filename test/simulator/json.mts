import type { Json } from './types.mts';

const { rawJSON, isRawJSON } = JSON as unknown as {
	rawJSON(text: string): object;
	isRawJSON(value: unknown): boolean;
};

/**
 * A JSON number with exactly these decimal digits, for ids that a double cannot hold (the API
 * answers `entityId` as an int64). Anything that is not a whole number is left a string.
 */
export function integer(digits: string): Json {
	return /^(0|[1-9]\d*)$/.test(digits) ? (rawJSON(digits) as Json) : digits;
}

/** Whether a value was made by `integer`: to be answered as it is, not looked into. */
export function isExactNumber(value: unknown): boolean {
	return isRawJSON(value);
}

/** The object without the members that are undefined; JSON has no undefined. */
export function present(members: Record<string, Json | undefined>): { [member: string]: Json } {
	const result: { [member: string]: Json } = {};
	for (const [name, value] of Object.entries(members)) {
		if (value !== undefined) result[name] = value;
	}
	return result;
}
