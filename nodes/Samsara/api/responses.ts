import type { Endpoint } from './endpoints';
import { isObject } from '../common/coercion';
import type { SamsaraApiError } from '../common/errors';
import type { HttpResponse } from './http';
import { unreadableFailure } from './errorMessages';

/** Endpoints that return nothing of use: Samsara documents an empty body, an empty object, or a name. */
const NO_CONTENT = /^DELETE|(archive|sign-out)$/;

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
		const body: unknown = JSON.parse(safe);
		return isObject(body) ? withoutNulls(body) : undefined;
	} catch {
		return undefined;
	}
}

/**
 * Removes nulls and repeated entries, because responses may have tens of thousands of members. What has none stays as it
 * is, and an object with nulls is copied: V8 makes objects slow and large from which members are deleted.
 */
function withoutNulls(value: unknown): unknown {
	if (Array.isArray(value)) {
		const list: unknown[] = value.includes(null) ? value.filter((entry) => entry !== null) : value;
		for (let i = 0; i < list.length; i++) {
			const entry = list[i];
			if (typeof entry === 'object') list[i] = withoutNulls(entry);
		}
		return withoutRepeats(list);
	}
	const members = value as Json;
	let hasNulls = false;
	for (const key in members) {
		const member = members[key];
		if (member === null) hasNulls = true;
		else if (typeof member === 'object') {
			const clean = withoutNulls(member);
			if (clean !== member) members[key] = clean;
		}
	}
	return hasNulls
		? Object.fromEntries(Object.entries(members).filter(([, member]) => member !== null))
		: members;
}

/** Drops repeated entries. Different entries with the same ID are kept, because each may have its own information. */
function withoutRepeats(list: unknown[]): unknown[] {
	if (!hasRepeatedId(list)) return list;
	const seen = new Set<string>();
	return list.filter((entry) => {
		const id = idOf(entry);
		if (id === undefined) return true;
		const { size } = seen;
		return seen.add(JSON.stringify(entry)).size > size;
	});
}

/** Up to this many IDs, comparing each with each is faster than a set. Nearly all lists are the fields of a record. */
const MAX_COMPARED = 8;

function hasRepeatedId(list: unknown[]): boolean {
	if (list.length < 2) return false;
	if (list.length > MAX_COMPARED) {
		const ids = list.map(idOf).filter((id) => id !== undefined);
		return new Set(ids).size < ids.length;
	}
	for (let i = 1; i < list.length; i++) {
		const id = idOf(list[i]);
		for (let j = 0; id !== undefined && j < i; j++) if (idOf(list[j]) === id) return true;
	}
	return false;
}

function idOf(entry: unknown): unknown {
	return isObject(entry) ? (entry.id ?? entry.entityId) : undefined;
}
