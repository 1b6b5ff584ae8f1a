import { definitionsOf } from '../../api/attributes';
import type { SamsaraClient } from '../../api/client';
import { idsOf } from '../../api/ids';
import { collect } from '../../api/pages';
import type {
	Asset,
	Attribute,
	AttributeEntityType,
	AttributeValues,
	AttributeWithEntities,
} from '../../api/types';
import type { Output } from '../../execution/operation';
import { each } from '../../execution/run';
import { toldValues } from '../../fields/attributeKind';
import { attributeItem } from '../../fields/attributeValues';
import { attributeText } from '../../fields/entityRow';
import { Refusal } from '../../refusal';
import {
	driverAdapter,
	equipmentAdapter,
	trailerAdapter,
	vehicleAdapter,
	type EntityAdapter,
	type EntityWithAttributes,
} from '../shared/entityAdapters';
import { unless } from '../shared/lookUp';
import { writeAttributes } from '../shared/setAttributes';
import type { Job } from './assigning';
import { readAttribute } from './definitions';
import { keyOf, type EntityReference, type EntityValues } from './entities';

interface Located {
	adapter: EntityAdapter;
	entity: EntityWithAttributes;
}

/**
 * Gives an attribute to entities by changing each of them: the way that is left where the attribute does not tell what
 * its other entities have, and sending them could erase it. Of two jobs on one entity the later counts.
 */
export async function assignSingly(
	attribute: Attribute,
	entityType: AttributeEntityType,
	jobs: Job[],
	goOn: boolean,
): Promise<Map<Job, Output | Error>> {
	const [{ wish }] = jobs;
	const { samsara } = wish.item;
	const located = await each(
		jobs,
		1,
		goOn,
		async (job) => await locate(samsara, entityType, job.wish.entity),
	);
	const groups = new Map<string, Job[]>();
	const outcomes = new Map<Job, Output | Error>();
	jobs.forEach((job, n) => {
		const found = located[n];
		if (found instanceof Error) outcomes.set(job, found);
		else if (found) {
			const id = found.entity.id ?? '';
			groups.set(id, [...(groups.get(id) ?? []), job]);
		}
	});
	if (outcomes.size > 0 && !goOn) return outcomes;
	const foundBy = new Map(jobs.map((job, n) => [job, located[n] as Located]));
	await each([...groups.values()], 1, goOn, async (group) => {
		const last = group[group.length - 1];
		const [row] = await each([last], 1, true, async () =>
			rowAfter(samsara, attribute, foundBy.get(last)!, last.values),
		);
		for (const job of group) outcomes.set(job, row);
		if (row instanceof Error) throw row;
	});
	return outcomes;
}

/** The same for the rows of 'Assign To'. @returns the attribute as it is then */
export async function changeSingly(
	samsara: SamsaraClient,
	entityType: AttributeEntityType,
	attribute: Attribute,
	entities: EntityValues[],
): Promise<AttributeWithEntities> {
	for (const entity of entities) {
		const { stringValues, numberValues, dateValues } = entity;
		const values = stringValues ?? numberValues ?? dateValues ?? [];
		await rowAfter(samsara, attribute, await locate(samsara, entityType, entity), values);
	}
	return await readAttribute(samsara, entityType, String(attribute.id));
}

async function rowAfter(
	samsara: SamsaraClient,
	attribute: Attribute,
	{ adapter, entity }: Located,
	values: Array<string | number>,
): Promise<object> {
	const { entityType } = adapter;
	const sets = values.length > 0;
	const { present, attributes } = await writeAttributes(
		adapter,
		samsara,
		entity,
		{
			given: sets ? [{ attribute, values, missing: [] }] : [],
			cleared: sets ? [] : [attribute],
			mode: 'merge',
		},
		await definitionsOf(samsara, entityType),
	);
	const valueIn = (items: AttributeValues[]) => {
		const own = items.find(({ id, name }) => (id ? id === attribute.id : name === attribute.name));
		return own ? toldValues(attribute, own) : [];
	};
	const textOf = (held: Array<string | number>) => attributeText(attributeItem(attribute, held));
	const before = valueIn(present);
	return {
		attributeId: attribute.id,
		attributeName: attribute.name,
		entityId: entity.id,
		entityName: entity.name,
		value: textOf(valueIn(attributes) ?? values) ?? null,
		...(before && { previousValue: textOf(before) ?? null }),
	};
}

/** @throws Refusal where there is no such entity, or its attributes cannot be changed */
async function locate(
	samsara: SamsaraClient,
	entityType: AttributeEntityType,
	reference: EntityReference,
): Promise<Located> {
	const id = keyOf(reference);
	if (entityType === 'driver') {
		return { adapter: driverAdapter, entity: await driverAdapter.readOne(samsara, id) };
	}
	const query = { ids: [id], includeAttributes: true, includeExternalIds: true };
	const asset = await unless([400, 403, 404], async () =>
		(await collect<Asset>(samsara, '/assets', query)).find(({ id: own, externalIds }) =>
			idsOf({ id: own, externalIds }).includes(id),
		),
	);
	const adapters: Record<string, EntityAdapter> = {
		vehicle: vehicleAdapter,
		trailer: trailerAdapter,
		equipment: equipmentAdapter,
	};
	for (const [type, adapter] of Object.entries(adapters)) {
		if (asset && asset.type !== type) continue;
		if (asset && Array.isArray(asset.attributes)) return { adapter, entity: asset };
		const key = asset ? String(asset.id) : id;
		const entity = await unless([403, 404], async () => await adapter.readOne(samsara, key));
		if (entity) return { adapter, entity };
	}
	throw new Refusal(
		`'Driver or Asset' is ${id}, which is not a vehicle, trailer or piece of equipment that can be changed`,
		"Check the ID, and that the API token has the scopes 'Read Assets', 'Read Vehicles', 'Read Trailers' and 'Read Equipment'.",
	);
}
