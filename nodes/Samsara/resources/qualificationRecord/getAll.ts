import { getOwnerDirectory } from '../../api/owners';
import { findRecords, type RecordSelection } from '../../api/qualifications';
import type { OwnerEntityType } from '../../api/types';
import type { Item } from '../../execution/item';
import type { ItemOperation } from '../../execution/operation';
import { InvalidInputError } from '../../common/errors';
import { isExternalId } from '../../common/ids';
import { toList } from '../../common/coercion';
import { withoutCommas } from '../shared/externalIds';
import { filterTime } from '../shared/filters';
import { pagination } from '../shared/pagination';
import { simplify, options } from '../shared/options';
import { qualificationTypesFilter } from '../shared/qualificationTypes';
import { expiration } from './helpers/expiration';
import { recordFilter, recordFilters } from './helpers/filters';
import { entityType, readEntityType, unknownOwnerError } from './helpers/locators';
import { daysOf } from './helpers/output';
import { addOwners, lookUpOwnerNames, rowMaker } from './helpers/recordRows';
import { typeIds } from './helpers/typeIds';

export const getAll: ItemOperation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many qualification records',
	description:
		'List qualification records, such as licenses and medical cards, by type, owner, last change, status, or expiration',
	properties: [
		entityType,
		qualificationTypesFilter,
		...expiration,
		...pagination,
		simplify,
		recordFilters,
		options(lookUpOwnerNames),
	],
	async execute(item) {
		const options = {
			limit: item.limit(),
			keep: recordFilter(item, daysOf(item)),
			onPartial: item.onPartial,
		};
		const selection = await readSelection(item);
		if (!item.boolean('simplify', true)) return await findRecords(item.run, selection, options);
		const convert = rowMaker(item);
		return await addOwners(item, await findRecords(item.run, selection, { ...options, convert }));
	},
};

async function readSelection(item: Item): Promise<RecordSelection> {
	const ownerType = readEntityType(item);
	const filterValues = item.collection('filters');
	const updatedAfter = filterTime(item, 'updatedAfter', 'Updated After');
	const updatedBefore = filterTime(item, 'updatedBefore', 'Updated Before');
	if (updatedAfter && updatedBefore && Date.parse(updatedAfter) >= Date.parse(updatedBefore)) {
		throw new InvalidInputError(
			"'Updated After' is not before 'Updated Before'",
			'Swap the two, or remove one of them.',
		);
	}
	const owners = withoutCommas(toList(filterValues.owners), 'Owners');
	const types = toList(item.value('qualificationTypes', []));
	return {
		entityType: ownerType,
		updatedAfter,
		updatedBefore,
		typeIds: await typeIds(
			item.run,
			ownerType,
			types.length > 0 ? types : toList(filterValues.qualificationTypes),
		),
		ownerIds: await ownerIds(item, ownerType, owners),
		includeDeleted: toList(filterValues.status).includes('deleted'),
	};
}

/** Replaces external IDs, because Samsara filters records by Samsara IDs only. */
async function ownerIds(item: Item, ownerType: OwnerEntityType, ids: string[]): Promise<string[]> {
	const external = ids.filter(isExternalId);
	if (external.length === 0) return ids;
	const directory = await getOwnerDirectory(item.run, ownerType);
	const found = await directory.find(external);
	const samsaraIds = ids.map((id) => {
		if (!isExternalId(id)) return id;
		const owner = found.get(id);
		if (owner) return owner.id;
		throw unknownOwnerError('Owners', id, ownerType);
	});
	return [...new Set(samsaraIds)];
}
