import { readDefinitions } from '../../api/attributes';
import type { RunContext } from '../../api/runContext';
import { path } from '../../api/path';
import type { Attribute, AttributeValues } from '../../api/types';
import { settle, succeeded, unless } from '../../common/settle';
import type { Item } from '../../execution/item';
import type { BatchOperation, Output } from '../../execution/operation';
import { concurrency, mapWithConcurrency } from '../../execution/concurrency';
import type { AttributeChange } from '../../fields/attribute/attributeMerge';
import {
	addMissingOption,
	attributeChangeProperties,
	readAttributeChange,
} from './attributeProperties';
import { dateFormat } from './dateFormat';
import type { EntityAdapter, EntityWithAttributes } from './entityAdapters';
import type { OperationTexts } from './entityOperations';
import { writtenOutput } from './entityOutput';
import { mergeWithExisting, rememberWritten } from './existingAttributes';
import { options, simplify } from './options';

interface Job {
	item: Item;
	id: string;
	change: AttributeChange;
}

/** The operation that sets attributes of entities and keeps the others. */
export function setAttributesOperation<E extends EntityWithAttributes>(
	adapter: EntityAdapter<E>,
	texts: OperationTexts,
): BatchOperation {
	return {
		name: 'Set Attributes',
		value: 'setAttributes',
		...texts,
		properties: [
			...(adapter.updateNotice ? [adapter.updateNotice] : []),
			adapter.idProperty,
			...attributeChangeProperties(adapter.entityType),
			simplify,
			options(addMissingOption, dateFormat),
		],
		executeAll: async (items) => await setAttributesOf(items, adapter),
	};
}

/**
 * Sets attributes of many entities: reads them together and writes each. Items for the same entity, by any of its IDs, are
 * processed in order, each based on the previous response, so that none overwrites another's values.
 */
async function setAttributesOf<E extends EntityWithAttributes>(
	items: Item[],
	adapter: EntityAdapter<E>,
): Promise<Array<Output | Error>> {
	const [{ n8n, run }] = items;
	const continueOnFail = n8n.continueOnFail();
	// Read once, and only if an item needs them. If that fails, it fails for all items.
	let reading: Promise<Attribute[]> | undefined;
	const prepared = await mapWithConcurrency(
		items,
		1,
		continueOnFail,
		async (item): Promise<Job> => {
			const ownId = adapter.idOf(item);
			// An invalid ID in a list of IDs would make the request fail for all of them, so it is refused here.
			const id = path`/${ownId}` && ownId;
			const definitions = await (reading ??= readDefinitions(run, adapter.entityType));
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
					const updated = await writeAttributes(adapter, run, latest.get(id)!, change);
					latest.set(id, { ...updated.entity, id, attributes: updated.attributes });
					return await writtenOutput(item, adapter, updated.entity);
				});
				outputs[item.index] = output;
				if (output instanceof Error && !continueOnFail) throw output;
			}
		});
	}
	return outputs;
}

/**
 * Changes attributes of one entity and keeps the others.
 *
 * @returns the response, the attributes before and those after, even if the response does not show them
 * @throws InvalidInputError if attributes that stay cannot be read
 */
export async function writeAttributes<E extends EntityWithAttributes>(
	adapter: EntityAdapter<E>,
	run: RunContext,
	entity: EntityWithAttributes,
	change: AttributeChange,
): Promise<{ entity: E; existing: AttributeValues[]; attributes: AttributeValues[] }> {
	const merged = await mergeWithExisting(run, adapter, entity, change);
	const { id = '' } = entity;
	const updated = await adapter.update(run, id, { attributes: merged.attributes });
	rememberWritten(run, adapter.entityType, id, merged.attributes);
	return {
		entity: updated,
		existing: merged.existing,
		attributes: updated.attributes ?? merged.attributes,
	};
}

/** Reads the entity of each ID, or why it failed: several IDs together first, then the remaining ones one by one. */
async function readAll<E extends EntityWithAttributes>(
	adapter: EntityAdapter<E>,
	run: RunContext,
	jobs: Job[],
): Promise<Map<string, EntityWithAttributes | Error>> {
	const ids = [...new Set(jobs.map(({ id }) => id))];
	const entities = new Map<string, EntityWithAttributes | Error>();
	if (ids.length > 1) {
		// One bad ID may make Samsara refuse all of them.
		const batch = await settle(
			async () => await unless([400, 404], async () => await adapter.readMany(run, ids)),
		);
		if (batch instanceof Error) return new Map(ids.map((id) => [id, batch]));
		for (const [id, entity] of batch ?? []) entities.set(id, entity);
	}
	const remaining = ids.filter((id) => !entities.has(id));
	const single = await mapWithConcurrency(
		remaining,
		concurrency(jobs[0].item.n8n),
		true,
		async (id) => await adapter.readWithAttributes(run, id),
	);
	remaining.forEach((id, index) => entities.set(id, single[index]));
	return entities;
}
