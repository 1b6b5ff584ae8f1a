import type { ItemOperation } from '../../execution/operation';
import { attributeRow } from '../../fields/attribute/attributeRow';
import { dateFormat, dateSettings } from '../shared/dateFormat';
import { InvalidInputError } from '../../common/errors';
import { updateFields } from '../shared/collections';
import { simplify, options } from '../shared/options';
import { attributeId, resolveAttribute } from './helpers/attributeId';
import { updateAttribute, type AttributeUpdate } from './helpers/updateAttribute';
import { attributePath } from '../shared/attributeApi';
import { readName, requireUniqueName } from './helpers/attributeInput';
import { entities } from './helpers/entities';
import { entityType, entityTypeOf } from './helpers/entityType';
import { changedQuantity } from './helpers/properties';

const fields = updateFields(
	{
		displayName: 'Add Values',
		name: 'addValues',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		placeholder: 'e.g. Class D',
		description:
			'Values to allow in addition to the current ones: one per line, separated by commas, or a list from an expression',
	},
	{
		...entities,
		description:
			'Drivers or assets that get a value. All others keep theirs. For many at once, use the operation Assign with one item for each.',
	},
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		placeholder: 'e.g. License Certifications',
		description: 'The new name. At most 190 characters, and different from all other attributes.',
	},
	{
		displayName: 'Replace Values',
		name: 'values',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		placeholder: 'e.g. Class A, Class B',
		description:
			'All values to allow from now on. Drivers and assets lose any other value. To only add values, use Add Values.',
	},
	changedQuantity,
);

export const update: ItemOperation = {
	name: 'Update',
	value: 'update',
	action: 'Update attribute',
	description:
		'Rename an attribute, add allowed values, or allow several values per driver or asset',
	properties: [entityType, attributeId, simplify, fields, options(dateFormat)],
	async execute(item) {
		const { run } = item;
		const type = entityTypeOf(item);
		const input = item.collection('updateFields');
		const change: AttributeUpdate = {
			...input,
			name: input.name === undefined ? undefined : readName(input.name),
		};
		if (Object.values(change).every((value) => value === undefined)) {
			throw new InvalidInputError(
				"'Update Fields' is empty",
				"Add the fields to change under 'Update Fields'.",
			);
		}
		const { id } = await resolveAttribute(item, type);
		const changed = await run.locks.withLock(attributePath(id), async () => {
			if (change.name) await requireUniqueName(run, type, change.name, id);
			return await updateAttribute(
				run,
				type,
				await resolveAttribute(item, type),
				change,
				dateSettings(item),
			);
		});
		return item.boolean('simplify', true) ? attributeRow(changed) : changed;
	},
};
