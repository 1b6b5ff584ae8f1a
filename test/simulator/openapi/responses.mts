import { isDate, isDateTime } from '../times.mts';
import type { AnySchema, OpenApi } from './document.mts';

/** The result of comparing the responses of one endpoint. */
export interface ComparedResponses {
	/** The unique differences. */
	differences: Set<string>;
	/** The paths of all members in the responses. */
	paths: Set<string>;
}

/** Compares a response with its documented schema. */
export function compareResponse(
	api: OpenApi,
	schema: AnySchema,
	body: unknown,
	seen: ComparedResponses,
): void {
	walk(api, schema, body, 'response', seen);
}

/** The documented members that no response contained. */
export function missingMembers(
	api: OpenApi,
	schema: AnySchema,
	{ paths }: ComparedResponses,
): string[] {
	const missing: string[] = [];
	const visit = (input: AnySchema, path: string): void => {
		if (!paths.has(path)) {
			missing.push(`${path} is never returned`);
			return;
		}
		const { properties = {}, items } = api.resolve(input);
		for (const [name, inner] of Object.entries(properties)) visit(inner, `${path}.${name}`);
		if (items !== undefined && paths.has(`${path}[]`)) visit(items, `${path}[]`);
	};
	visit(schema, 'response');
	return missing;
}

function walk(
	api: OpenApi,
	input: AnySchema,
	value: unknown,
	path: string,
	seen: ComparedResponses,
): void {
	const schema = api.resolve(input);
	const { properties = {}, additionalProperties, required = [] } = schema;
	seen.paths.add(path);
	const problem = mismatch(schema, value);
	if (problem !== undefined) {
		seen.differences.add(`${path} ${problem}`);
		return;
	}
	if (Array.isArray(value)) {
		for (const entry of value) walk(api, schema.items ?? {}, entry, `${path}[]`, seen);
	} else if (typeof value === 'object' && value !== null) {
		for (const name of required) {
			if (!(name in value)) seen.differences.add(`${path}.${name} is required but missing`);
		}
		for (const [name, inner] of Object.entries(value)) {
			const existing = properties[name];
			if (existing !== undefined) walk(api, existing, inner, `${path}.${name}`, seen);
			else if (typeof additionalProperties === 'object') {
				walk(api, additionalProperties, inner, `${path}{}`, seen);
			} else if (Object.keys(properties).length > 0) {
				seen.differences.add(`${path}.${name} is undocumented`);
			}
		}
	}
}

function mismatch(schema: AnySchema, value: unknown): string | undefined {
	const type = typeOf(value);
	const expected = schema.type ?? (schema.properties === undefined ? type : 'object');
	if (type !== expected && !(type === 'integer' && expected === 'number')) {
		return `is ${type}, documented as ${expected}`;
	}
	if (schema.enum !== undefined && !schema.enum.includes(value)) {
		return `is ${String(value)}, not one of ${schema.enum.join(' ')}`;
	}
	const text = String(value);
	if (schema.format === 'date-time' && !isDateTime(text)) return `is ${text}, not a date-time`;
	if (schema.format === 'date' && !isDate(text)) return `is ${text}, not a date`;
	if (schema.maxLength !== undefined && text.length > schema.maxLength) return `is too long`;
	return undefined;
}

function typeOf(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'array';
	if (typeof value === 'number' && Number.isInteger(value)) return 'integer';
	return typeof value;
}
