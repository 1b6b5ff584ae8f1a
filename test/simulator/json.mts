import type { Json } from './types.mts';

const { rawJSON, isRawJSON } = JSON as unknown as {
	rawJSON(text: string): object;
	isRawJSON(value: unknown): boolean;
};

/**
 * A JSON number with exactly these digits, for IDs that exceed the precision of a double (`entityId` is an int64 in the API).
 * Anything but an integer stays a string.
 */
export function integer(digits: string): Json {
	return /^(0|[1-9]\d*)$/.test(digits) ? (rawJSON(digits) as Json) : digits;
}

/** Whether a value was created by `integer`. */
export function isExactNumber(value: unknown): boolean {
	return isRawJSON(value);
}

/** Removes undefined members, since JSON has no undefined. */
export function withoutUndefined(members: Record<string, Json | undefined>): {
	[member: string]: Json;
} {
	const result: { [member: string]: Json } = {};
	for (const [name, value] of Object.entries(members)) {
		if (value !== undefined) result[name] = value;
	}
	return result;
}
