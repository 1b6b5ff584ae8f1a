import { ownerPages, getOwnerDirectory, type Owner } from '../../../api/owners';
import type { Query } from '../../../api/path';
import type { OwnerEntityType } from '../../../api/types';
import type { Item } from '../../../execution/item';
import { InvalidInputError } from '../../../common/errors';
import { toList } from '../../../common/coercion';
import { withoutCommas } from '../../shared/externalIds';
import { readTags } from '../../shared/tags';
import { WHO } from './complianceProperties';
import { readDaysAhead } from './filters';
import { readEntityType, unknownOwnerError } from './locators';

/** The parameters of one item. */
export interface ComplianceRequest {
	entityType: OwnerEntityType;
	/** IDs or names. */
	types: string[];
	who: (typeof WHO)[number];
	/** IDs or names of the tags, attribute values or owners to check; empty for all and for input items. */
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

/** @throws InvalidInputError if a parameter is missing or invalid */
export function readRequest(item: Item): ComplianceRequest {
	const entityType = readEntityType(item);
	const who = item.choice('who', 'Who', WHO);
	const { oneRowPerOwner, onlyActionNeeded } = item.collection('options');
	const hasAssetType = entityType === 'asset' && who !== 'list' && who !== 'items';
	const assetType = hasAssetType ? item.choice('assetType', 'Asset Type', ASSET_TYPES) : 'any';
	return {
		entityType,
		types: readRequired(item, { name: 'qualificationTypes', label: 'Required Types' }),
		who,
		selection: who === 'all' || who === 'items' ? [] : readSelection(item, who),
		assetType: assetType === 'any' ? undefined : assetType,
		withinDays: readDaysAhead(item.value('expiringWithinDays', undefined), 'Expiring Within Days'),
		oneRowPerOwner: oneRowPerOwner === true,
		onlyActionNeeded: onlyActionNeeded === true,
	};
}

/**
 * Returns the owners to check page by page, unless they come from input items.
 *
 * @throws InvalidInputError if a tag or an owner does not exist
 */
export async function* ownersToCheck(
	item: Item,
	request: ComplianceRequest,
): AsyncGenerator<Owner[]> {
	const { entityType, who, selection, assetType } = request;
	if (who === 'list') {
		const directory = await getOwnerDirectory(item.run, entityType);
		const found = await directory.find(selection);
		const unknown = selection.find((id) => !found.has(id));
		if (unknown !== undefined) throw unknownOwnerError('Owners', unknown, entityType);
		return yield selection.flatMap((id) => found.get(id) ?? []);
	}
	const query: Query = { type: assetType };
	if (who === 'tag') query.tagIds = await readTags(item.run, selection, 'Tags');
	if (who === 'attribute') query.attributeValueIds = selection;
	yield* ownerPages(item.run, entityType, query);
}

/** Only names of tags may contain commas. */
function readSelection(item: Item, who: keyof typeof SELECTION_PARAMETERS): string[] {
	const selection = readRequired(item, SELECTION_PARAMETERS[who]);
	return who === 'tag' ? selection : withoutCommas(selection, SELECTION_PARAMETERS[who].label);
}

function readRequired(item: Item, { name, label }: { name: string; label: string }): string[] {
	const values = toList(item.value(name, []));
	if (values.length > 0) return [...new Set(values)];
	throw new InvalidInputError(`'${label}' is empty`, `Choose at least one in '${label}'.`);
}
