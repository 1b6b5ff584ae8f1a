import type { IDataObject } from 'n8n-workflow';
import { readDefinitions } from '../../api/attributes';
import type { RunContext } from '../../api/runContext';
import { path } from '../../api/path';
import type { Attribute, AttributeValues } from '../../api/types';
import { settle, succeeded } from '../../common/settle';
import type { Item } from '../../execution/item';
import type { Output } from '../../execution/operation';
import { concurrency, mapWithConcurrency } from '../../execution/run';
import { mergeAttributes, type AttributeChange } from '../../fields/attribute/attributeMerge';
import { readAttributeChange } from './attributeProperties';
import { addMissingValues } from './addMissingValues';
import type { EntityAdapter, EntityWithAttributes } from './entityAdapters';
import { readExistingAttributes } from './existingAttributes';

/** How one resource names its entities and shows them. */
interface ResourceAdapter<E extends EntityWithAttributes> extends EntityAdapter<E> {
	idOf(item: Item): string;
	row(entity: E): IDataObject;
}

interface Job {
	item: Item;
	id: string;
	change: AttributeChange;
}

/**
 * Sets attributes on many entities: reads them together, writes each. Items for one entity, whatever ID names it, are
 * worked on one after another, each from the last answer, so that none overwrites another's values.
 */
export async function setAttributesOf<E extends EntityWithAttributes>(
	items: Item[],
	adapter: ResourceAdapter<E>,
): Promise<Array<Output | Error>> {
	const [{ n8n, run }] = items;
	const continueOnFail = n8n.continueOnFail();
	const ids = await mapWithConcurrency(items, 1, continueOnFail, async (item) => {
		const id = adapter.idOf(item);
		// Refuses what is no ID before it stands in a list of IDs, where it would spoil the call for all.
		return path`/${id}` && id;
	});
	if (ids.every((id) => id instanceof Error)) return ids;
	const definitions = await settle(async () => await readDefinitions(run, adapter.entityType));
	if (definitions instanceof Error) {
		return ids.map((id) => (id instanceof Error ? id : definitions));
	}
	const prepared = await mapWithConcurrency(
		items,
		1,
		continueOnFail,
		async (item): Promise<Job> => {
			const id = ids[item.index];
			if (id instanceof Error) throw id;
			return { item, id, change: readAttributeChange(item, definitions) };
		},
	);
	const outputs: Array<Output | Error> = [];
	prepared.forEach((job, index) => {
		if (job instanceof Error) outputs[index] = job;
	});
	const jobs = succeeded(prepared);

	const latest = new Map<string, EntityWithAttributes>();
	const chunkSize = adapter.chunkSize ?? Math.max(jobs.length, 1);
	for (let from = 0; from < jobs.length; from += chunkSize) {
		if (!continueOnFail && outputs.some((output) => output instanceof Error)) break;
		const chunk = jobs.slice(from, from + chunkSize);
		const entities = await readAll(adapter, run, chunk);
		const groups = new Map<string, Job[]>();
		for (const job of chunk) {
			const entity = entities.get(job.id)!;
			if (entity instanceof Error) outputs[job.item.index] = entity;
			else {
				const id = entity.id ?? job.id;
				if (!latest.has(id)) latest.set(id, entity);
				groups.set(id, [...(groups.get(id) ?? []), job]);
			}
		}
		await mapWithConcurrency([...groups], concurrency(n8n), continueOnFail, async ([id, group]) => {
			for (const { item, change } of group) {
				const output = await settle(async () => {
					const updated = await writeAttributes(adapter, run, latest.get(id)!, change, definitions);
					latest.set(id, { ...updated.entity, attributes: updated.attributes });
					return item.boolean('simplify', true) ? adapter.row(updated.entity) : updated.entity;
				});
				outputs[item.index] = output;
				if (output instanceof Error && !continueOnFail) throw output;
			}
		});
	}
	return outputs;
}

/**
 * Changes the attributes of one entity and keeps the others.
 *
 * @returns the answer, and the attributes that the entity now has, whether or not the answer tells them
 * @throws InvalidInputError where attributes of the entity that are to stay cannot be read
 */
export async function writeAttributes<E extends EntityWithAttributes>(
	adapter: EntityAdapter<E>,
	run: RunContext,
	entity: EntityWithAttributes,
	change: AttributeChange,
	definitions: Attribute[],
): Promise<{ entity: E; present: AttributeValues[]; attributes: AttributeValues[] }> {
	const { entityType, replaces } = adapter;
	const existing = await readExistingAttributes(run, entityType, entity, definitions);
	const mergeWith = (inputs: AttributeChange['inputs']) =>
		mergeAttributes(existing, { ...change, inputs }, definitions, replaces);
	// First only to refuse what cannot be written, before a value is added to an attribute for it.
	mergeWith(change.inputs);
	const sent = mergeWith(await addMissingValues(run, entityType, change.inputs));
	const response = await adapter.write(run, entity.id ?? '', sent);
	return { entity: response, present: existing, attributes: response.attributes ?? sent };
}

/** Every ID's entity or what happened to it: together where several are wanted, and singly what is then left. */
async function readAll<E extends EntityWithAttributes>(
	adapter: ResourceAdapter<E>,
	run: RunContext,
	jobs: Job[],
): Promise<Map<string, EntityWithAttributes | Error>> {
	const ids = [...new Set(jobs.map(({ id }) => id))];
	const entities = new Map<string, EntityWithAttributes | Error>();
	if (ids.length > 1) {
		const batch = await settle(async () => await adapter.readMany(run, ids));
		if (batch instanceof Error) return new Map(ids.map((id) => [id, batch]));
		for (const [id, entity] of batch) entities.set(id, entity);
	}
	const remaining = ids.filter((id) => !entities.has(id));
	const single = await mapWithConcurrency(
		remaining,
		concurrency(jobs[0].item.n8n),
		true,
		async (id) => await adapter.readOne(run, id),
	);
	remaining.forEach((id, index) => entities.set(id, single[index]));
	return entities;
}
