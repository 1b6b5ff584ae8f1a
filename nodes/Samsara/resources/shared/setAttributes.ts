import type { IDataObject } from 'n8n-workflow';
import { definitionsOf } from '../../api/attributes';
import type { SamsaraClient } from '../../api/client';
import { path } from '../../api/path';
import type { Attribute, AttributeValues } from '../../api/types';
import type { Item } from '../../execution/item';
import type { Output } from '../../execution/operation';
import { concurrency, each } from '../../execution/run';
import { mergedAttributes, type AttributeChange } from '../../fields/attributeMerge';
import { attributeChange } from './attributesForm';
import { addMissingValues } from './definitions';
import type { EntityAdapter, EntityWithAttributes } from './entityAdapters';
import { presentAttributes } from './presentAttributes';

/** How one resource names its entities and shows them. */
interface Kind<E extends EntityWithAttributes> extends EntityAdapter<E> {
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
	kind: Kind<E>,
): Promise<Array<Output | Error>> {
	const [{ n8n, samsara }] = items;
	const goOn = n8n.continueOnFail();
	const ids = await each(items, 1, goOn, async (item) => {
		const id = kind.idOf(item);
		// Refuses what is no ID before it stands in a list of IDs, where it would spoil the call for all.
		return path`/${id}` && id;
	});
	if (ids.every((id) => id instanceof Error)) return ids;
	const [definitions] = await each([kind], 1, true, async () =>
		definitionsOf(samsara, kind.entityType),
	);
	if (definitions instanceof Error) {
		return ids.map((id) => (id instanceof Error ? id : definitions));
	}
	const prepared = await each(items, 1, goOn, async (item): Promise<Job> => {
		const id = ids[item.index];
		if (id instanceof Error) throw id;
		return { item, id, change: attributeChange(item, definitions) };
	});
	const outputs: Array<Output | Error> = [];
	prepared.forEach((job, index) => {
		if (job instanceof Error) outputs[index] = job;
	});
	const jobs = prepared.filter((job): job is Job => !(job instanceof Error));

	const latest = new Map<string, EntityWithAttributes>();
	const size = kind.chunk ?? Math.max(jobs.length, 1);
	for (let from = 0; from < jobs.length; from += size) {
		if (!goOn && outputs.some((output) => output instanceof Error)) break;
		const chunk = jobs.slice(from, from + size);
		const read = await readAll(kind, samsara, chunk);
		const groups = new Map<string, Job[]>();
		for (const job of chunk) {
			const entity = read.get(job.id)!;
			if (entity instanceof Error) outputs[job.item.index] = entity;
			else {
				const id = entity.id ?? job.id;
				if (!latest.has(id)) latest.set(id, entity);
				groups.set(id, [...(groups.get(id) ?? []), job]);
			}
		}
		await each([...groups], concurrency(n8n), goOn, async ([id, group]) => {
			for (const { item, change } of group) {
				const [output] = await each([item], 1, true, async () => {
					const written = await writeAttributes(
						kind,
						samsara,
						latest.get(id)!,
						change,
						definitions,
					);
					latest.set(id, { ...written.entity, attributes: written.attributes });
					return item.flag('simplify', true) ? kind.row(written.entity) : written.entity;
				});
				outputs[item.index] = output;
				if (output instanceof Error && !goOn) throw output;
			}
		});
	}
	return outputs;
}

/**
 * Changes the attributes of one entity and keeps the others.
 *
 * @returns the answer, and the attributes that the entity now has, whether or not the answer tells them
 * @throws Refusal where attributes of the entity that are to stay cannot be read
 */
export async function writeAttributes<E extends EntityWithAttributes>(
	adapter: EntityAdapter<E>,
	samsara: SamsaraClient,
	entity: EntityWithAttributes,
	change: AttributeChange,
	definitions: Attribute[],
): Promise<{ entity: E; present: AttributeValues[]; attributes: AttributeValues[] }> {
	const { entityType, replaces } = adapter;
	const present = await presentAttributes(samsara, entityType, entity, definitions);
	const merged = (given: AttributeChange['given']) =>
		mergedAttributes(present, { ...change, given }, definitions, replaces);
	// First only to refuse what cannot be written, before a value is added to an attribute for it.
	merged(change.given);
	const sent = merged(await addMissingValues(samsara, entityType, change.given));
	const answer = await adapter.write(samsara, entity.id ?? '', sent);
	return { entity: answer, present, attributes: answer.attributes ?? sent };
}

/** Every ID's entity or what happened to it: together where several are wanted, and singly what is then left. */
async function readAll<E extends EntityWithAttributes>(
	kind: Kind<E>,
	samsara: SamsaraClient,
	jobs: Job[],
): Promise<Map<string, EntityWithAttributes | Error>> {
	const ids = [...new Set(jobs.map(({ id }) => id))];
	const read = new Map<string, EntityWithAttributes | Error>();
	if (ids.length > 1) {
		const [many] = await each([ids], 1, true, async () => await kind.readMany(samsara, ids));
		if (many instanceof Error) return new Map(ids.map((id) => [id, many]));
		for (const [id, entity] of many) read.set(id, entity);
	}
	const left = ids.filter((id) => !read.has(id));
	const singly = await each(
		left,
		concurrency(jobs[0].item.n8n),
		true,
		async (id) => await kind.readOne(samsara, id),
	);
	left.forEach((id, index) => read.set(id, singly[index]));
	return read;
}
