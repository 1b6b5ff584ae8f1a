import type { Endpoint } from './endpoints';
import type { SamsaraApiError } from './samsaraApiError';
import type { HttpResponse } from './http';
import { unreadableFailure } from './errorMessages';

/** Endpoints that answer nothing: Samsara documents an empty body or an empty object. */
const NO_CONTENT = /^DELETE|archive$/;

/** Endpoints that answer a list; all others answer one object. */
const LIST = /^GET (?!\/me$).*[^}]$/;

/** `entityId` is an int64 in answers and a string in requests; beyond 2^53 a JavaScript number would change it. */
const NUMERIC_ENTITY_ID = /"entityId"\s*:\s*(\d+)/g;

type Json = Record<string, unknown>;

/**
 * The body of a 2xx answer. Null ends here: readers find a member with a value or no member at all, and `data` of a
 * list is always a list. A missing `stringValues` means that the values were not told; an empty one that there are none.
 *
 * @returns a failure of kind `unreadable` when `data` is not what the endpoint gives, because a caller that went on
 * without it might lose or double something
 */
export function parseResponse(endpoint: Endpoint, response: HttpResponse): Json | SamsaraApiError {
	if (NO_CONTENT.test(endpoint.name)) {
		// An HTML page comes from something in between, so the call may never have reached Samsara.
		return response.text.trimStart().startsWith('<') ? unreadableFailure(endpoint, response) : {};
	}
	const body = parse(endpoint, response.text);
	if (!isObject(body)) return unreadableFailure(endpoint, response);
	if (!LIST.test(endpoint.name)) {
		const isComplete = isObject(body.data) && (!endpoint.creates || body.data.id !== undefined);
		return isComplete ? body : unreadableFailure(endpoint, response, 'data is missing');
	}
	const isEmpty = Object.keys(body).every((key) => key === 'pagination');
	if (isEmpty) return { ...body, data: [] };
	return Array.isArray(body.data) ? body : unreadableFailure(endpoint, response, 'data is missing');
}

function parse(endpoint: Endpoint, text: string): unknown {
	const safe = endpoint.name.includes('/attributes')
		? text.replace(NUMERIC_ENTITY_ID, '"entityId":"$1"')
		: text;
	try {
		return withoutNulls(JSON.parse(safe));
	} catch {
		return undefined;
	}
}

/** Removes nulls and repeated entries, in place: answers may have tens of thousands of members. */
function withoutNulls(value: unknown): unknown {
	if (Array.isArray(value)) {
		return withoutRepeats(value.filter((entry) => entry !== null).map(withoutNulls));
	}
	if (!isObject(value)) return value;
	for (const key of Object.keys(value)) {
		const member = value[key];
		if (member === null) delete value[key];
		else if (typeof member === 'object') value[key] = withoutNulls(member);
	}
	return value;
}

/** Drops an entry that came before. Entries of one ID that differ stay: each may hold something of its own. */
function withoutRepeats(list: unknown[]): unknown[] {
	const seen = new Map<unknown, unknown[]>();
	return list.filter((entry) => {
		const id = isObject(entry) ? (entry.id ?? entry.entityId) : undefined;
		if (id === undefined) return true;
		const same = seen.get(id) ?? [];
		// Only entries with the same ID are compared, which costs nothing in a list without repeats.
		if (same.some((other) => JSON.stringify(other) === JSON.stringify(entry))) return false;
		seen.set(id, [...same, entry]);
		return true;
	});
}

function isObject(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
