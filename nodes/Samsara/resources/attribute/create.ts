import type { ItemOperation } from '../../execution/operation';
import { attributeRow } from '../../fields/attribute/attributeRow';
import { dateFormat, dateSettings } from '../shared/dateFormat';
import { simplify, options } from '../shared/options';
import {
	createAttribute,
	readAttributeInput,
	requireUniqueName,
	requireValues,
	attributeLockKey,
} from './helpers/attributeInput';
import { entities, readEntities } from './helpers/entities';
import { definition } from './helpers/properties';

export const create: ItemOperation = {
	name: 'Create',
	value: 'create',
	action: 'Create attribute',
	description:
		'Create an attribute for drivers or assets, and optionally assign it to some of them',
	properties: [...definition, entities, simplify, options(dateFormat)],
	async execute(item) {
		const { run } = item;
		const input = readAttributeInput(item);
		requireValues(input);
		const assignments = readEntities(
			input,
			item.value<unknown>('entities', {}),
			dateSettings(item),
		);
		const created = await run.locks.withLock(attributeLockKey(input), async () => {
			await requireUniqueName(run, input.entityType, input.name);
			return await createAttribute(run, input, assignments);
		});
		return item.boolean('simplify', true) ? attributeRow(created) : created;
	},
};
