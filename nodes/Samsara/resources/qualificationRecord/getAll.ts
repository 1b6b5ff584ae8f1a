import { isUuid } from '../../api/ids';
import { getOwnerDirectory } from '../../api/owners';
import { findRecords, qualificationTypes, type RecordSelection } from '../../api/qualifications';
import type { OwnerEntityType } from '../../api/types';
import type { Item } from '../../execution/item';
import type { ItemOperation } from '../../execution/operation';
import { toRfc3339 } from '../../fields/dates';
import { selectTypes } from '../../fields/qualification/selectTypes';
import { InvalidInputError } from '../../common/errors';
import { toList } from '../../common/toList';
import { withoutCommas } from '../shared/externalIds';
import { pagination, simplify } from '../shared/pagination';
import { options } from '../shared/options';
import { entityType } from './helpers/locators';
import { entityTypeOf } from './helpers/owner';
import { filters } from './helpers/filterProperties';
import { recordFilter } from './helpers/recordFilter';
import { daysOf, lookUpOwnerNames, recordRows } from './helpers/recordRows';

export const getAll: ItemOperation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many qualification records',
	description:
		'List qualification records, such as licences and medical cards, by type, owner, change, status and expiration',
	properties: [entityType, ...pagination, simplify, filters, options(lookUpOwnerNames)],
	async execute(item) {
		const limit = item.limit();
		const keep = recordFilter(item.collection('filters'), daysOf(item));
		const records = await findRecords(item.run, await readSelection(item), {
			limit,
			keep,
			onPartial: item.onPartial,
		});
		return item.boolean('simplify', true) ? await recordRows(item, records) : records;
	},
};

async function readSelection(item: Item): Promise<RecordSelection> {
	const ownerType = entityTypeOf(item);
	const filterValues = item.collection('filters');
	const [updatedAfter, updatedBefore] = (['updatedAfter', 'updatedBefore'] as const).map((name) =>
		filterValues[name]
			? toRfc3339(filterValues[name], LABELS[name], item.n8n.getTimezone())
			: undefined,
	);
	if (updatedAfter && updatedBefore && Date.parse(updatedAfter) >= Date.parse(updatedBefore)) {
		throw new InvalidInputError(
			"'Updated After' is not before 'Updated Before'",
			'Swap the two, or leave one out.',
		);
	}
	const owners = withoutCommas(toList(filterValues.owners), 'Owners');
	return {
		entityType: ownerType,
		updatedAfter,
		updatedBefore,
		typeIds: await typeIds(item, ownerType, toList(filterValues.qualificationTypes)),
		ownerIds: await ownerIds(item, ownerType, owners),
		includeDeleted: toList(filterValues.status).includes('deleted'),
	};
}

const LABELS = { updatedAfter: 'Updated After', updatedBefore: 'Updated Before' };

async function typeIds(
	item: Item,
	ownerType: OwnerEntityType,
	idsOrNames: string[],
): Promise<string[]> {
	if (idsOrNames.every(isUuid)) return idsOrNames;
	const types = await qualificationTypes(item.run, ownerType);
	return selectTypes(types, idsOrNames, 'Qualification Types').map(({ id }) => id);
}

/** The stream takes Samsara IDs only. */
async function ownerIds(item: Item, ownerType: OwnerEntityType, ids: string[]): Promise<string[]> {
	const external = ids.filter((id) => id.includes(':'));
	if (external.length === 0) return ids;
	const directory = await getOwnerDirectory(item.run, ownerType);
	const found = await directory.find(external);
	const samsaraIds = ids.map((id) => {
		if (!id.includes(':')) return id;
		const owner = found.get(id);
		if (owner) return owner.id;
		throw new InvalidInputError(
			`'Owners' names '${id}', which no ${ownerType === 'worker' ? 'driver' : 'asset'} has`,
			'Check the external ID, or pick the owner from the list.',
		);
	});
	return [...new Set(samsaraIds)];
}
