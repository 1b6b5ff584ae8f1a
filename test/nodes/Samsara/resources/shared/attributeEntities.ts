import type { INode } from 'n8n-workflow';
import { locator, rowsOf, runSamsara } from '../../../../samsara';
import type { Asset, Attribute, Driver, Simulator } from '../../../../simulator/index.mts';

type Options = Parameters<typeof runSamsara>[2];

/** The resources whose entities have attributes. An asset is a vehicle, trailer, piece of equipment or other asset. */
export const ATTRIBUTE_ENTITIES = ['driver', 'vehicle', 'trailer', 'equipment', 'asset'] as const;

export type AttributeEntityName = (typeof ATTRIBUTE_ENTITIES)[number];

/** Runs an operation that must succeed, and returns its rows. */
export async function rowsFrom(
	sim: Simulator,
	resource: AttributeEntityName,
	operation: string,
	parameters: INode['parameters'] = {},
	options?: Options,
) {
	return await rowsOf(sim, { resource, operation, ...parameters }, options);
}

/** Runs an operation. */
export async function run(
	sim: Simulator,
	resource: AttributeEntityName,
	operation: string,
	parameters: INode['parameters'] = {},
	options?: Options,
) {
	return await runSamsara(sim, { resource, operation, ...parameters }, options);
}

/** The simulator's drivers, vehicles, trailers, pieces of equipment or all assets. */
export function entitiesOf(sim: Simulator, resource: AttributeEntityName): Array<Driver | Asset> {
	const { state } = sim;
	if (resource === 'driver') return [...state.drivers.values()];
	if (resource === 'asset') return state.allAssets();
	return [...state.assetsOf(resource).values()];
}

/** The entity type of the resource's attributes. */
function entityTypeOf(resource: AttributeEntityName) {
	return resource === 'driver' ? ('driver' as const) : ('asset' as const);
}

/** The attribute with this name. */
export function attributeNamed(
	sim: Simulator,
	resource: AttributeEntityName,
	name: string,
): Attribute {
	const found = sim.state.attributeNamed(entityTypeOf(resource), name);
	if (!found) throw new Error(`There is no attribute ${name}`);
	return found;
}

/** The values of an entity, by attribute name. */
export function attributesOf(
	sim: Simulator,
	resource: AttributeEntityName,
	id: string,
): Record<string, Array<string | number>> {
	const entity = sim.state.entity(entityTypeOf(resource), id);
	return Object.fromEntries(
		(entity?.attributes ?? []).map(({ attributeId, stringValues, numberValues, dateValues }) => [
			sim.state.attributes.get(attributeId)?.name ?? attributeId,
			stringValues ?? numberValues ?? dateValues ?? [],
		]),
	);
}

/** The attributes form, filled in by attribute name. */
export function form(
	sim: Simulator,
	resource: AttributeEntityName,
	values: Record<string, INode['parameters'][string]>,
) {
	const entries = Object.entries(values).map(([name, value]) => [
		attributeNamed(sim, resource, name).id,
		value,
	]);
	return { mappingMode: 'defineBelow', value: Object.fromEntries(entries), schema: [] };
}

/** The form in automatic mapping mode. */
export const automatic = { mappingMode: 'autoMapInputData', value: null, schema: [] };

/** The parameter that picks an entity of the resource, set to an ID. */
export function pick(resource: AttributeEntityName, id: string) {
	return { [`${resource}Id`]: locator(id) };
}

/** The requests so far as `METHOD path?query`, decoded. */
export function calls(sim: Simulator): string[] {
	return sim.requests.map(({ method, path, query }) =>
		decodeURIComponent(`${method} ${path}${query ? `?${query}` : ''}`),
	);
}

/** What `GET /assets` needs to return everything, as in the requests of the vendor's SDK, which lacks `includeAttributes`. */
export const sdkIncludes = { includeExternalIds: true, includeTags: true };

/** Requests without `includeAttributes`. */
export function withoutIncludeAttributes<T extends { query: Record<string, string> }>(
	requests: T[],
): T[] {
	return requests.map((request) => {
		const query = Object.entries(request.query).filter(([name]) => name !== 'includeAttributes');
		return { ...request, query: Object.fromEntries(query) };
	});
}
