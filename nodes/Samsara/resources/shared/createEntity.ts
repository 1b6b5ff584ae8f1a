import type { INodeProperties } from 'n8n-workflow';
import type { FindCreated } from '../../api/client';
import type { RunContext } from '../../api/runContext';
import type { AttributeValues, Data } from '../../api/types';
import { InvalidInputError } from '../../common/errors';
import { externalIdStrings } from '../../common/ids';
import type { ItemOperation } from '../../execution/operation';
import { readFieldValue, type FieldSpecs } from '../../fields/fieldSpecs';
import { addMissingOption, attributesMapper, readAttributes } from './attributeProperties';
import { additionalFields } from './collections';
import { dateFormat } from './dateFormat';
import type { EntityAdapter, EntityWithAttributes } from './entityAdapters';
import { readFields } from './entityFields';
import type { OperationTexts } from './entityOperations';
import { writtenOutput } from './entityOutput';
import { attributesToSend, isWritten, rememberWritten } from './existingAttributes';
import { updateEntity } from './externalIdChanges';
import { findByExternalIds } from './findByExternalIds';
import { hasWhatWasSent } from './hasWhatWasSent';
import { ifExists, options, readIfExists, simplify } from './options';

interface Creation<E> {
	/** As in 'a trailer'. */
	noun: string;
	nameInput: INodeProperties;
	/** A drop-down in the main form. */
	choice?: INodeProperties;
	fields: INodeProperties[];
	specs: FieldSpecs;
	create(run: RunContext, body: object, find?: FindCreated<Data<E>>): Promise<E>;
	/** @throws InvalidInputError if an entity that exists is not what the item describes */
	checkExisting?(existing: E, input: object): void;
}

/** The operation that creates a trailer or asset, which external IDs tell from existing ones. */
export function createOperation<E extends EntityWithAttributes>(
	adapter: EntityAdapter<E>,
	texts: OperationTexts,
	{ noun, nameInput, choice, fields, specs, create, checkExisting }: Creation<E>,
): ItemOperation {
	return {
		name: 'Create',
		value: 'create',
		...texts,
		properties: [
			...(choice ? [choice] : []),
			{ ...nameInput, required: true },
			attributesMapper(adapter.entityType),
			simplify,
			additionalFields(...fields),
			options(addMissingOption, dateFormat, {
				...ifExists,
				description: `What to do if ${noun} with one of the external IDs already exists`,
			}),
		],
		async execute(item) {
			const { run } = item;
			const { entityType } = adapter;
			const ifExistsAction = readIfExists(item);
			const name = String(readFieldValue(item.text('name', 'Name'), specs.name));
			const input = {
				name,
				...(choice && { [choice.name]: item.choice(choice) }),
				...(await readFields(item, 'additionalFields', specs)),
			};
			const externalIds = externalIdStrings(input.externalIds ?? {});
			if (ifExistsAction !== 'fail' && externalIds.length === 0) {
				throw new InvalidInputError(
					`'If It Exists' needs an external ID to find the ${noun.split(' ')[1]}`,
					"Add 'External IDs' under 'Additional Fields', or choose Fail.",
				);
			}
			const inputs = await readAttributes(item, entityType);
			const write = async (
				entity: EntityWithAttributes,
				send: (body: typeof input & { attributes?: AttributeValues[] }) => Promise<E>,
			) => {
				const attributes = await attributesToSend(run, adapter, entity, inputs);
				const written = await send(attributes ? { ...input, attributes } : input);
				if (attributes) rememberWritten(run, entityType, String(written.id), attributes);
				return written;
			};
			const findExisting = async () =>
				await findByExternalIds(run, adapter, input.externalIds ?? {});
			const findCreated = async (body: object) => {
				const entity = await findExisting();
				if (entity?.name !== name) return undefined;
				// With the other choices, there was none before.
				if (ifExistsAction === 'fail' && !hasWhatWasSent(entity, body))
					throw new Error('It may have existed before the request');
				return { data: entity };
			};
			const keys = externalIds.map((id) => `${noun} ${id}`);
			const entity = await run.locks.withLocks(keys, async () => {
				const existing = ifExistsAction === 'fail' ? undefined : await findExisting();
				if (existing === undefined) {
					return await write({ attributes: [] }, async (body) => {
						const find = async () => await findCreated(body);
						return await create(run, body, externalIds.length > 0 ? find : undefined);
					});
				}
				if (ifExistsAction === 'skip') return existing;
				checkExisting?.(existing, input);
				const id = String(existing.id);
				// Other items may name it by another external ID.
				return await run.locks.withLock(`attributes of ${id}`, async () => {
					const latest = isWritten(run, entityType, id) ? await adapter.read(run, id) : existing;
					return await write(
						latest,
						async (body) => await updateEntity(run, adapter, id, body, []),
					);
				});
			});
			return await writtenOutput(item, adapter, entity);
		},
	};
}
