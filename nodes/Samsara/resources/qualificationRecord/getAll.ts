import { isUuid } from '../../api/ids';
import { ownersOf } from '../../api/owners';
import { findRecords, qualificationTypes, type Selection } from '../../api/qualifications';
import type { OwnerEntityType } from '../../api/types';
import type { Item } from '../../execution/item';
import type { ItemOperation } from '../../execution/operation';
import { toRfc3339 } from '../../fields/dates';
import { chooseTypes } from '../../fields/qualification/typeChoice';
import { Refusal } from '../../refusal';
import { toList } from '../../toList';
import { withoutCommas } from '../shared/externalIds';
import { listing, simplify } from '../shared/listing';
import { options } from '../shared/options';
import { entityType } from './locators';
import { entityTypeOf } from './owner';
import { filters } from './getAllFilters';
import { recordFilter } from './recordFilter';
import { daysOf, lookUpOwnerNames, recordRows } from './recordRows';

export const getAll: ItemOperation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many qualification records',
	description:
		'List qualification records, such as licences and medical cards, by type, owner, change, status and expiration',
	properties: [entityType, ...listing, simplify, filters, options(lookUpOwnerNames)],
	async execute(item) {
		const limit = item.limit();
		const keep = recordFilter(item.collection('filters'), daysOf(item));
		const records = await findRecords(item.samsara, await selection(item), {
			limit,
			keep,
			broken: item.broken,
		});
		return item.flag('simplify', true) ? await recordRows(item, records) : records;
	},
};

async function selection(item: Item): Promise<Selection> {
	const kind = entityTypeOf(item);
	const chosen = item.collection('filters');
	const [updatedAfter, updatedBefore] = (['updatedAfter', 'updatedBefore'] as const).map((name) =>
		chosen[name] ? toRfc3339(chosen[name], LABELS[name], item.n8n.getTimezone()) : undefined,
	);
	if (updatedAfter && updatedBefore && Date.parse(updatedAfter) >= Date.parse(updatedBefore)) {
		throw new Refusal(
			"'Updated After' is not before 'Updated Before'",
			'Swap the two, or leave one out.',
		);
	}
	const owners = withoutCommas(toList(chosen.owners), 'Owners');
	return {
		entityType: kind,
		updatedAfter,
		updatedBefore,
		typeIds: await typeIds(item, kind, toList(chosen.qualificationTypes)),
		ownerIds: await ownerIds(item, kind, owners),
		includeDeleted: toList(chosen.status).includes('deleted'),
	};
}

const LABELS = { updatedAfter: 'Updated After', updatedBefore: 'Updated Before' };

async function typeIds(item: Item, kind: OwnerEntityType, given: string[]): Promise<string[]> {
	if (given.every(isUuid)) return given;
	const types = await qualificationTypes(item.samsara, kind);
	return chooseTypes(types, given, 'Qualification Types').map(({ id }) => id);
}

/** The stream takes Samsara IDs only. */
async function ownerIds(item: Item, kind: OwnerEntityType, given: string[]): Promise<string[]> {
	const external = given.filter((id) => id.includes(':'));
	if (external.length === 0) return given;
	const directory = await ownersOf(item.samsara, kind);
	const found = await directory.find(external);
	const ids = given.map((id) => {
		if (!id.includes(':')) return id;
		const owner = found.get(id);
		if (owner) return owner.id;
		throw new Refusal(
			`'Owners' names '${id}', which no ${kind === 'worker' ? 'driver' : 'asset'} has`,
			'Check the external ID, or pick the owner from the list.',
		);
	});
	return [...new Set(ids)];
}
