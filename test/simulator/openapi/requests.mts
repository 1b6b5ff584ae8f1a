import type { Endpoint } from '../endpoint.mts';
import { querySchema } from '../validation.mts';
import type { AnySchema, OpenApi, Operation } from './document.mts';

/** The properties of one member of a request; `required` comes from the parent object. */
interface MemberProperties {
	[name: string]: string | undefined;
}

type Members = Map<string, MemberProperties>;

const COMPARED_FORMATS = ['date-time', 'date', 'uuid'];

/** The differences between the documented requests and those that the simulator accepts. */
export function compareRequests(api: OpenApi, operation: Operation, endpoint: Endpoint): string[] {
	const query = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query');
	const documented: AnySchema = {
		type: 'object',
		properties: Object.fromEntries(query.map(({ name, schema }) => [name, schema])),
		required: query.filter(({ required }) => required).map(({ name }) => name),
	};
	const body = api.bodyOf(operation.requestBody);
	return [
		...compare('query', members(documented, api), members(querySchema(endpoint) as AnySchema, api)),
		...compare(
			'body',
			body === undefined ? new Map() : members(body, api),
			endpoint.body === undefined ? new Map() : members(endpoint.body as AnySchema, api),
		),
	];
}

function compare(part: string, documented: Members, simulated: Members): string[] {
	const differences: string[] = [];
	for (const [path, facts] of documented) {
		const ours = simulated.get(path);
		if (ours === undefined) {
			differences.push(`${part}${path} is not accepted`);
			continue;
		}
		for (const fact of new Set([...Object.keys(facts), ...Object.keys(ours)])) {
			if (facts[fact] !== ours[fact]) {
				differences.push(`${part}${path} ${fact}: ${facts[fact]}, simulator: ${ours[fact]}`);
			}
		}
	}
	for (const path of simulated.keys()) {
		if (!documented.has(path)) differences.push(`${part}${path} is accepted but undocumented`);
	}
	return differences;
}

function members(schema: AnySchema, api: OpenApi, path = '', required = false): Members {
	const {
		type,
		format,
		properties = {},
		items,
		additionalProperties,
		...rest
	} = api.resolve(schema);
	const facts: MemberProperties = {
		type: type ?? (rest.enum === undefined ? undefined : 'string'),
	};
	if (required) facts.required = 'true';
	if (COMPARED_FORMATS.includes(format ?? '')) facts.format = format;
	if (rest.enum !== undefined) facts.enum = [...rest.enum].sort().join(' ');
	for (const bound of ['maxLength', 'minLength', 'maximum', 'minimum', 'maxItems'] as const) {
		if (rest[bound]) facts[bound] = String(rest[bound]);
	}
	const result: Members = new Map([[path, facts]]);
	const add = (inner: AnySchema, name: string, isRequired = false) => {
		for (const entry of members(inner, api, path + name, isRequired)) result.set(...entry);
	};
	for (const [name, inner] of Object.entries(properties)) {
		add(inner, `.${name}`, rest.required?.includes(name));
	}
	if (items !== undefined) add(items, '[]');
	if (typeof additionalProperties === 'object') add(additionalProperties, '{}');
	return result;
}
