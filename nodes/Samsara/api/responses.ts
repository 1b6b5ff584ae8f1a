import type { Endpoint } from './endpoints';
import { isObject } from '../common/coercion';
import type { SamsaraApiError } from '../common/errors';
import type { HttpResponse } from './http';
import { unreadableFailure } from './errorMessages';

/** Endpoints that return no data: Samsara documents an empty body or an empty object. */
const NO_CONTENT = /^DELETE|archive$/;

/** Endpoints that return a list; all others return one object. */
const LIST = /^GET (?!\/me$).*[^}]$/;

/** `entityId` is an int64 in responses and a string in requests. As a JavaScript number, it would change beyond 2^53. */
const NUMERIC_ENTITY_ID = /"entityId"\s*:\s*(\d+)/g;

type Json = Record<string, unknown>;

/**
 * The body of a 2xx response. Nulls are removed, so that a member either has a value or is missing, and `data` of a list
 * is always a list. Missing `stringValues` means that the values are unknown; empty means that there are none.
 *
 * @returns a failure with the reason `unreadable` if `data` is not what the endpoint returns, because continuing without
 * it might lose or duplicate something
 */
export function parseResponse(endpoint: Endpoint, response: HttpResponse): Json | SamsaraApiError {
	if (NO_CONTENT.test(endpoint.name)) {
		// An HTML page comes from a proxy, so the call may not have reached Samsara.
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

/** Removes nulls and repeated entries, in place, because responses may have tens of thousands of members. */
function withoutNulls(value: unknown): unknown {
	if (Array.isArray(value)) {
		const list: unknown[] = value.includes(null) ? value.filter((entry) => entry !== null) : value;
		for (let i = 0; i < list.length; i++) list[i] = withoutNulls(list[i]);
		return withoutRepeats(list);
	}
	if (!isObject(value)) return value;
	for (const key in value) {
		const member = value[key];
		if (member === null) delete value[key];
		else if (typeof member === 'object') value[key] = withoutNulls(member);
	}
	return value;
}

/** Drops repeated entries. Different entries with the same ID are kept, because each may have its own information. */
function withoutRepeats(list: unknown[]): unknown[] {
	const ids = list.map(idOf).filter((id) => id !== undefined);
	if (new Set(ids).size === ids.length) return list;
	const seen = new Set<string>();
	return list.filter((entry) => {
		const id = idOf(entry);
		if (id === undefined) return true;
		const { size } = seen;
		return seen.add(JSON.stringify(entry)).size > size;
	});
}

function idOf(entry: unknown): unknown {
	return isObject(entry) ? (entry.id ?? entry.entityId) : undefined;
}
