import { ownerPages, getOwnerDirectory, type Owner } from '../../../api/owners';
import type { Query } from '../../../api/path';
import type { OwnerEntityType } from '../../../api/types';
import type { Item } from '../../../execution/item';
import { InvalidInputError } from '../../../common/errors';
import { toList } from '../../../common/toList';
import { withoutCommas } from '../../shared/externalIds';
import { readTags } from '../../shared/tags';
import { WHO } from './complianceProperties';
import { entityTypeOf } from './owner';
import { readDaysAhead } from './recordFilter';

/** What one item asks to be checked. */
export interface ComplianceRequest {
	entityType: OwnerEntityType;
	/** IDs or names. */
	types: string[];
	who: (typeof WHO)[number];
	/** IDs or names of what `who` is about: tags, attribute values or owners. Empty for input items. */
	selection: string[];
	assetType?: string;
	withinDays: number;
	oneRowPerOwner: boolean;
	onlyActionNeeded: boolean;
}

const ASSET_TYPES = ['any', 'equipment', 'trailer', 'unpowered', 'vehicle'] as const;

const SELECTION_PARAMETERS = {
	attribute: { name: 'attributeValueIds', label: 'Attribute Values' },
	list: { name: 'owners', label: 'Owners' },
	tag: { name: 'tagIds', label: 'Tags' },
};

/** @throws InvalidInputError for what is missing or cannot be used */
export function readRequest(item: Item): ComplianceRequest {
	const entityType = entityTypeOf(item);
	const who = item.choice('who', 'Who', WHO);
	const { oneRowPerOwner, onlyActionNeeded } = item.collection('options');
	const hasAssetType = entityType === 'asset' && who !== 'list' && who !== 'items';
	const assetType = hasAssetType ? item.choice('assetType', 'Asset Type', ASSET_TYPES) : 'any';
	return {
		entityType,
		types: readRequired(item, { name: 'qualificationTypes', label: 'Required Types' }),
		who,
		selection: who === 'all' || who === 'items' ? [] : chosenOf(item, who),
		assetType: assetType === 'any' ? undefined : assetType,
		withinDays: readDaysAhead(item.value('expiringWithinDays', undefined), 'Expiring Within Days'),
		oneRowPerOwner: oneRowPerOwner === true,
		onlyActionNeeded: onlyActionNeeded === true,
	};
}

/**
 * Everybody whom a request is about; not for input items.
 *
 * @throws InvalidInputError for a tag or an owner that does not exist
 */
export async function readOwners(item: Item, request: ComplianceRequest): Promise<Owner[]> {
	const { entityType, who, selection, assetType } = request;
	if (who === 'list') {
		const directory = await getOwnerDirectory(item.run, entityType);
		const found = await directory.find(selection);
		return [
			...new Set(
				selection.map((id) => found.get(id) ?? throwUnknownOwner(id, entityType, 'Owners')),
			),
		];
	}
	const query: Query = { type: assetType };
	if (who === 'tag') query.tagIds = await readTags(item.run, selection, 'Tags');
	if (who === 'attribute') query.attributeValueIds = selection;
	const owners = new Map<string, Owner>();
	for await (const page of ownerPages(item.run, entityType, query))
		for (const owner of page) owners.set(owner.id, owner);
	return [...owners.values()];
}

/** @throws InvalidInputError */
export function throwUnknownOwner(id: string, entityType: OwnerEntityType, label: string): never {
	const entityLabel = entityType === 'worker' ? 'driver' : 'asset';
	throw new InvalidInputError(
		`'${label}' names '${id}', which is no ${entityLabel} in Samsara`,
		"Check 'Entity Type', and that the ID or external ID belongs to this organization.",
	);
}

/** Tags may be given by name, which may hold a comma. */
function chosenOf(item: Item, who: keyof typeof SELECTION_PARAMETERS): string[] {
	const selection = readRequired(item, SELECTION_PARAMETERS[who]);
	return who === 'tag' ? selection : withoutCommas(selection, SELECTION_PARAMETERS[who].label);
}

function readRequired(item: Item, { name, label }: { name: string; label: string }): string[] {
	const values = toList(item.value(name, []));
	if (values.length > 0) return [...new Set(values)];
	throw new InvalidInputError(`'${label}' is empty`, `Choose at least one in '${label}'.`);
}
