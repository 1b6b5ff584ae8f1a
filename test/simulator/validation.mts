import { Ajv } from 'ajv';

import type { Endpoint } from './endpoint.mts';
import type { Schema } from './schemas/common.mts';
import { object } from './schemas/common.mts';
import { isDate, isDateTime } from './times.mts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The parts of an Ajv error that messages use. */
export interface Violation {
	keyword: string;
	instancePath: string;
	message?: string;
	params: Record<string, unknown>;
}

/** The validators. Values of the query are converted to numbers and booleans; those of bodies are not. */
export function compilers(): Record<'body' | 'query', Ajv> {
	const formats = { uuid: UUID, date: isDate, 'date-time': isDateTime };
	return {
		body: new Ajv({ strict: true, formats }),
		query: new Ajv({ strict: true, formats, coerceTypes: true }),
	};
}

/** The schema of an endpoint's query, which rejects undocumented parameters. */
export function querySchema({ query = {}, requiredQuery = [] }: Endpoint): Schema {
	return object(query, requiredQuery);
}

/** Splits comma-separated array parameters, and converts single values to arrays. */
export function spreadLists(
	{ query = {}, lists = [] }: Endpoint,
	input: Record<string, unknown>,
): void {
	for (const [name, schema] of Object.entries(query)) {
		const value = input[name];
		if (schema.type !== 'array' || value === undefined) continue;
		const values = Array.isArray(value) ? value.map(String) : [String(value)];
		input[name] = lists.includes(name)
			? values.flatMap((text) => text.split(',')).filter((text) => text !== '')
			: values;
	}
}

/** A message that names the member, e.g. `body.attributes[0].dateValues: unknown member`. */
export function describeViolation(part: string, violation: Violation): string {
	const { keyword, instancePath, params } = violation;
	const path = instancePath
		.split('/')
		.slice(1)
		.map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step.replaceAll('~1', '/')}`))
		.join('');
	const where = part === 'body' ? 'body' : 'query';
	if (keyword === 'additionalProperties') {
		return `${where}${path}.${String(params.additionalProperty)}: unknown member`;
	}
	if (keyword === 'required') return `${where}${path}.${String(params.missingProperty)}: required`;
	const allowed = keyword === 'enum' ? `: ${(params.allowedValues as unknown[]).join(', ')}` : '';
	return `${where}${path}: ${violation.message ?? keyword}${allowed}`;
}
