import type { RunContext } from '../../../api/runContext';
import { idsOf } from '../../../common/ids';
import { collect } from '../../../api/pagination';
import type {
	Asset,
	Attribute,
	AttributeEntityType,
	AttributeValues,
	AttributeWithEntities,
} from '../../../api/types';
import { InvalidInputError } from '../../../common/errors';
import { settle, unless } from '../../../common/settle';
import type { Output } from '../../../execution/operation';
import { mapWithConcurrency } from '../../../execution/concurrency';
import { isValueOf, readableValues } from '../../../fields/attribute/attributeValueType';
import { attributeItem } from '../../../fields/attribute/attributeValues';
import { attributeText } from '../../../fields/entityRow';
import {
	assetAdapter,
	driverAdapter,
	equipmentAdapter,
	trailerAdapter,
	vehicleAdapter,
	type EntityAdapter,
	type EntityWithAttributes,
} from '../../shared/entityAdapters';
import { writeAttributes } from '../../shared/setAttributes';
import type { AssignmentRequest, Job } from './assignBatch';
import { readAttribute } from '../../shared/attributeApi';
import { keyOf, type EntityReference, type EntityValues } from './entities';

interface LocatedEntity {
	adapter: EntityAdapter;
	entity: EntityWithAttributes;
}

/**
 * Assigns an attribute by updating each entity. This is needed if the attribute does not show the values of its other
 * entities, because sending these entities could erase the values. If two jobs have the same entity, the last one applies.
 */
export async function assignOneByOne(
	attribute: Attribute,
	entityType: AttributeEntityType,
	jobs: Job[],
	continueOnFail: boolean,
): Promise<Map<AssignmentRequest, Output | Error>> {
	const { run } = jobs[0].request.item;
	const outcomes = new Map<AssignmentRequest, Output | Error>();
	const groups = new Map<string, Array<LocatedEntity & { job: Job }>>();
	await mapWithConcurrency(jobs, 1, continueOnFail, async (job) => {
		const located = await settle(async () => await locate(run, entityType, job.request.entity));
		if (located instanceof Error) {
			outcomes.set(job.request, located);
			throw located;
		}
		const id = located.entity.id ?? '';
		groups.set(id, [...(groups.get(id) ?? []), { ...located, job }]);
	});
	if (outcomes.size > 0 && !continueOnFail) return outcomes;
	await mapWithConcurrency([...groups.values()], 1, continueOnFail, async (group) => {
		const last = group[group.length - 1];
		const row = await settle(async () => await rowAfter(run, attribute, last, last.job.values));
		for (const { job } of group) outcomes.set(job.request, row);
		if (row instanceof Error) throw row;
	});
	return outcomes;
}

/** Does the same for the rows of 'Assign To'. @returns the updated attribute */
export async function changeOneByOne(
	run: RunContext,
	entityType: AttributeEntityType,
	attribute: Attribute,
	entities: EntityValues[],
): Promise<AttributeWithEntities> {
	for (const { entity, values } of entities) {
		await rowAfter(run, attribute, await locate(run, entityType, entity), values);
	}
	return await readAttribute(run, entityType, String(attribute.id));
}

async function rowAfter(
	run: RunContext,
	attribute: Attribute,
	{ adapter, entity }: LocatedEntity,
	values: Array<string | number>,
): Promise<object> {
	const hasValues = values.length > 0;
	const { existing, attributes } = await writeAttributes(adapter, run, entity, {
		inputs: hasValues ? [{ attribute, values, missing: [] }] : [],
		cleared: hasValues ? [] : [attribute],
		mode: 'merge',
	});
	const valueIn = (items: AttributeValues[]) => {
		const own = items.find((item) => isValueOf(item, attribute));
		return own ? readableValues(attribute, own) : [];
	};
	const textOf = (assigned: Array<string | number>) =>
		attributeText(attributeItem(attribute, assigned));
	const before = valueIn(existing);
	return {
		attributeId: attribute.id,
		attributeName: attribute.name,
		entityId: entity.id,
		entityName: entity.name,
		value: textOf(valueIn(attributes) ?? values) ?? null,
		...(before && { previousValue: textOf(before) ?? null }),
	};
}

/** Finds an entity and its adapter. @throws InvalidInputError if there is none whose attributes can be updated */
async function locate(
	run: RunContext,
	entityType: AttributeEntityType,
	reference: EntityReference,
): Promise<LocatedEntity> {
	const id = keyOf(reference);
	if (entityType === 'driver') {
		return { adapter: driverAdapter, entity: await driverAdapter.read(run, id) };
	}
	const query = { ids: [id], includeAttributes: true, includeExternalIds: true };
	const asset = await unless([400, 403, 404], async () =>
		(await collect<Asset>(run.client, '/assets', query)).find((candidate) =>
			idsOf(candidate).includes(id),
		),
	);
	const adapters: Record<string, EntityAdapter> = {
		vehicle: vehicleAdapter,
		trailer: trailerAdapter,
		equipment: equipmentAdapter,
	};
	if (asset && Array.isArray(asset.attributes))
		return { adapter: adapters[asset.type ?? ''] ?? assetAdapter, entity: asset };
	for (const [type, adapter] of Object.entries(adapters)) {
		if (asset?.type && asset.type !== type) continue;
		const key = asset ? String(asset.id) : id;
		const entity = await unless([403, 404], async () => await adapter.readWithAttributes(run, key));
		if (entity) return { adapter, entity };
	}
	if (asset) return { adapter: assetAdapter, entity: asset };
	throw new InvalidInputError(
		`'Driver or Asset' is ${id}, which is not an asset that can be updated`,
		"Check the ID, and that the API token has the scopes 'Read Assets', 'Read Vehicles', 'Read Trailers' and 'Read Equipment'.",
	);
}
