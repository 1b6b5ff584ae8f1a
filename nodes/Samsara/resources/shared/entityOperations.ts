import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { InvalidInputError } from '../../common/errors';
import type { Item } from '../../execution/item';
import type { ItemOperation } from '../../execution/operation';
import type { FieldSpecs } from '../../fields/fieldSpecs';
import { updateFields } from './collections';
import { dateFormat } from './dateFormat';
import type { EntityAdapter, EntityWithAttributes } from './entityAdapters';
import { entityOutput, writtenOutput } from './entityOutput';
import { clearFields, readFields, type EntityFields } from './entityFields';
import { externalIdsToClear, readExternalIdsToClear, updateEntity } from './externalIdChanges';
import { options, simplify } from './options';

/** What the operations of two resources call differently. */
export type OperationTexts = Pick<ItemOperation, 'action' | 'description'>;

/** The operation that reads one entity. */
export function getOperation<E extends EntityWithAttributes>(
	adapter: EntityAdapter<E>,
	texts: OperationTexts,
): ItemOperation {
	return {
		name: 'Get',
		value: 'get',
		...texts,
		properties: [adapter.idProperty, simplify],
		async execute(item) {
			const entity = await adapter.read(item.run, adapter.idOf(item));
			return await entityOutput(item, adapter, [entity]);
		},
	};
}

/** What an update does besides reading the fields. All throw InvalidInputError. */
interface UpdateSteps {
	/** Checks fields that do not go together. */
	validate?(fields: EntityFields): void;
	/** Adds fields that have no spec, and changes what was read. */
	complete?(
		item: Item,
		input: IDataObject,
		fields: EntityFields,
	): EntityFields | Promise<EntityFields>;
}

/** The operation that updates fields of one entity. */
export function updateOperation<E extends EntityWithAttributes>(
	adapter: EntityAdapter<E>,
	texts: OperationTexts,
	fields: INodeProperties[],
	specs: FieldSpecs,
	{ validate, complete }: UpdateSteps = {},
): ItemOperation {
	return {
		name: 'Update',
		value: 'update',
		...texts,
		properties: [
			...(adapter.updateNotice ? [adapter.updateNotice] : []),
			adapter.idProperty,
			simplify,
			updateFields(clearFields(specs), externalIdsToClear, ...fields),
			...(fields.some(({ type }) => type === 'dateTime') ? [options(dateFormat)] : []),
		],
		async execute(item) {
			const id = adapter.idOf(item);
			const read = await readFields(item, 'updateFields', specs);
			validate?.(read);
			const input = item.collection('updateFields');
			const changes = complete ? await complete(item, input, read) : read;
			const clearedKeys = readExternalIdsToClear(item, changes);
			if (Object.keys(changes).length + clearedKeys.length === 0) {
				throw new InvalidInputError(
					"'Update Fields' has nothing to change",
					"Add a field under 'Update Fields' and fill it in.",
				);
			}
			const entity = await updateEntity(item.run, adapter, id, changes, clearedKeys);
			return await writtenOutput(item, adapter, entity);
		},
	};
}
