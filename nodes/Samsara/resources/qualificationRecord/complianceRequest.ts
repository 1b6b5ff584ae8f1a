import { ownerPages, ownersOf, type Owner } from '../../api/owners';
import type { Query } from '../../api/path';
import type { OwnerEntityType } from '../../api/types';
import type { Item } from '../../execution/item';
import { Refusal } from '../../refusal';
import { toList } from '../../toList';
import { withoutCommas } from '../shared/externalIds';
import { readTags } from '../shared/tags';
import { WHO } from './complianceForm';
import { entityTypeOf } from './owner';
import { daysAhead } from './recordFilter';

/** What one item asks to be checked. */
export interface Request {
	entityType: OwnerEntityType;
	/** IDs or names. */
	types: string[];
	who: (typeof WHO)[number];
	/** IDs or names of what `who` is about: tags, attribute values or owners. Empty for input items. */
	chosen: string[];
	assetType?: string;
	within: number;
	oneRowPerOwner: boolean;
	onlyActionNeeded: boolean;
}

const ASSET_TYPES = ['any', 'equipment', 'trailer', 'unpowered', 'vehicle'] as const;

const CHOSEN = {
	attribute: { name: 'attributeValueIds', label: 'Attribute Values' },
	list: { name: 'owners', label: 'Owners' },
	tag: { name: 'tagIds', label: 'Tags' },
};

/** @throws Refusal for what is missing or cannot be used */
export function readRequest(item: Item): Request {
	const entityType = entityTypeOf(item);
	const who = item.choice('who', 'Who', WHO);
	const { oneRowPerOwner, onlyActionNeeded } = item.collection('options');
	const narrowed = entityType === 'asset' && who !== 'list' && who !== 'items';
	const assetType = narrowed ? item.choice('assetType', 'Asset Type', ASSET_TYPES) : 'any';
	return {
		entityType,
		types: required(item, { name: 'qualificationTypes', label: 'Required Types' }),
		who,
		chosen: who === 'all' || who === 'items' ? [] : chosenOf(item, who),
		assetType: assetType === 'any' ? undefined : assetType,
		within: daysAhead(item.value('expiringWithinDays', undefined), 'Expiring Within Days'),
		oneRowPerOwner: oneRowPerOwner === true,
		onlyActionNeeded: onlyActionNeeded === true,
	};
}

/**
 * Everybody whom a request is about; not for input items.
 *
 * @throws Refusal for a tag or an owner that does not exist
 */
export async function readOwners(item: Item, request: Request): Promise<Owner[]> {
	const { entityType, who, chosen, assetType } = request;
	if (who === 'list') {
		const directory = await ownersOf(item.samsara, entityType);
		const found = await directory.find(chosen);
		return [...new Set(chosen.map((id) => found.get(id) ?? unknown(id, entityType, 'Owners')))];
	}
	const query: Query = { type: assetType };
	if (who === 'tag') query.tagIds = await readTags(item.samsara, chosen, 'Tags');
	if (who === 'attribute') query.attributeValueIds = chosen;
	const owners = new Map<string, Owner>();
	for await (const page of ownerPages(item.samsara, entityType, query))
		for (const owner of page) owners.set(owner.id, owner);
	return [...owners.values()];
}

/** @throws Refusal */
export function unknown(id: string, entityType: OwnerEntityType, label: string): never {
	const kind = entityType === 'worker' ? 'driver' : 'asset';
	throw new Refusal(
		`'${label}' names '${id}', which is no ${kind} in Samsara`,
		"Check 'Entity Type', and that the ID or external ID belongs to this organization.",
	);
}

/** Tags may be given by name, which may hold a comma. */
function chosenOf(item: Item, who: keyof typeof CHOSEN): string[] {
	const chosen = required(item, CHOSEN[who]);
	return who === 'tag' ? chosen : withoutCommas(chosen, CHOSEN[who].label);
}

function required(item: Item, { name, label }: { name: string; label: string }): string[] {
	const given = toList(item.value(name, []));
	if (given.length > 0) return [...new Set(given)];
	throw new Refusal(`'${label}' is empty`, `Choose at least one in '${label}'.`);
}
