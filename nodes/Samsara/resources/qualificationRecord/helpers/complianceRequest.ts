import { ownerPages, getOwnerDirectory, type Owner } from '../../../api/owners';
import type { Query } from '../../../api/path';
import type { OwnerEntityType } from '../../../api/types';
import type { Item } from '../../../execution/item';
import { InvalidInputError } from '../../../common/errors';
import { toList } from '../../../common/coercion';
import { withoutCommas } from '../../shared/externalIds';
import { readTags } from '../../../api/tags';
import { assetType, show, who } from './complianceProperties';
import { readDaysAhead } from './expiration';
import { readEntityType, unknownOwnerError } from './locators';

/** The parameters of one item. */
export interface ComplianceRequest {
	entityType: OwnerEntityType;
	/** IDs or names. */
	types: string[];
	who: 'all' | 'attribute' | 'items' | 'list' | 'tag';
	/** IDs or names of the tags, attribute values or owners to check; empty for all and for input items. */
	selection: string[];
	assetType?: string;
	withinDays: number;
	show: 'all' | 'actionNeeded' | 'missing';
	oneRowPerOwner: boolean;
}

const SELECTION_PARAMETERS = {
	attribute: { name: 'attributeValueIds', label: 'Attribute Values' },
	list: { name: 'owners', label: 'Owners' },
	tag: { name: 'tagIds', label: 'Tags' },
};

/** @throws InvalidInputError if a parameter is missing or invalid */
export function readRequest(item: Item): ComplianceRequest {
	const entityType = readEntityType(item);
	const chosen = item.choice<ComplianceRequest['who']>(who);
	const shown = item.choice<ComplianceRequest['show']>(show);
	const stored = item.collection('options');
	const hasAssetType = entityType === 'asset' && chosen !== 'list' && chosen !== 'items';
	const chosenType = hasAssetType ? item.choice(assetType) : 'any';
	return {
		entityType,
		types: readRequired(item, {
			name: 'qualificationTypes',
			label: 'Qualification Types',
		}),
		who: chosen,
		selection: chosen === 'all' || chosen === 'items' ? [] : readSelection(item, chosen),
		assetType: chosenType === 'any' ? undefined : chosenType,
		withinDays: readDaysAhead(item.value('expiringWithinDays', undefined), 'Expiring Within Days'),
		show: shown === 'all' && stored.onlyActionNeeded === true ? 'actionNeeded' : shown,
		oneRowPerOwner: item.boolean('oneRowPerOwner') || stored.oneRowPerOwner === true,
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
	const { entityType, selection } = request;
	if (request.who === 'list') {
		const directory = await getOwnerDirectory(item.run, entityType);
		const found = await directory.find(selection);
		const unknown = selection.find((id) => !found.has(id));
		if (unknown !== undefined) throw unknownOwnerError('Owners', unknown, entityType);
		return yield selection.flatMap((id) => found.get(id) ?? []);
	}
	const query: Query = { type: request.assetType };
	if (request.who === 'tag') query.tagIds = await readTags(item.run, selection, 'Tags');
	if (request.who === 'attribute') query.attributeValueIds = selection;
	yield* ownerPages(item.run, entityType, query);
}

/** Only names of tags may contain commas. */
function readSelection(item: Item, by: keyof typeof SELECTION_PARAMETERS): string[] {
	const selection = readRequired(item, SELECTION_PARAMETERS[by]);
	return by === 'tag' ? selection : withoutCommas(selection, SELECTION_PARAMETERS[by].label);
}

function readRequired(item: Item, { name, label }: { name: string; label: string }): string[] {
	const values = toList(item.value(name, []));
	if (values.length > 0) return [...new Set(values)];
	throw new InvalidInputError(`'${label}' is empty`, `Choose at least one in '${label}'.`);
}
