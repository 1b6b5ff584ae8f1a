import type { INodeProperties } from 'n8n-workflow';
import { chunkIds } from '../../api/chunkIds';
import { collect } from '../../api/pagination';
import type { Asset, Attribute } from '../../api/types';
import { toList } from '../../common/coercion';
import { InvalidInputError } from '../../common/errors';
import type { Item } from '../../execution/item';
import type { ItemOperation } from '../../execution/operation';
import { INCLUDE_ALL } from '../shared/assetApi';
import { readAttribute } from '../shared/attributeApi';
import { filters } from '../shared/collections';
import { assetAdapter } from '../shared/entityAdapters';
import { entityOutput } from '../shared/entityOutput';
import { attributeFilters, readFilters, timeFilters } from '../shared/filters';
import { simplify } from '../shared/options';
import { pagination } from '../shared/pagination';
import { tagFilters } from '../shared/tags';
import { assetType } from './helpers/fields';

const externalIdFilter: INodeProperties = {
	displayName: 'External IDs',
	name: 'externalIds',
	type: 'string',
	default: '',
	placeholder: 'e.g. assetNumber:T-5301',
	description: 'Only return assets with one of these external IDs. Separate several by commas.',
};

const typeFilter: INodeProperties = {
	...assetType,
	default: 'vehicle',
	description: 'Only return assets of this type',
};

export const getAll: ItemOperation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many assets',
	description:
		'Get many assets of any type with their attribute values, filtered by type, tag, attribute, or external ID',
	properties: [
		...pagination,
		simplify,
		filters(
			...attributeFilters('asset'),
			externalIdFilter,
			...tagFilters,
			...timeFilters.filter(({ name }) => name === 'updatedAfterTime'),
			typeFilter,
		),
	],
	async execute(item) {
		return await entityOutput(item, assetAdapter, await readAssetList(item));
	},
};

/** @throws InvalidInputError for a filter that cannot be used */
async function readAssetList(item: Item): Promise<Asset[]> {
	const { type } = item.collection('filters');
	const limit = item.limit() ?? Infinity;
	const externalIds = readExternalIdFilter(item);
	const { query, keep, attributes } = await readFilters(item, 'asset', {
		values: false,
		dates: true,
		openBounds: true,
	});
	const listQuery = {
		...INCLUDE_ALL,
		...query,
		type: type === undefined ? undefined : item.choice(typeFilter, type),
	};
	const withoutAttributes = new Set<string>();
	const isKept =
		keep &&
		((asset: Asset) => {
			if (!asset.attributes) withoutAttributes.add(asset.id);
			return keep(asset);
		});
	const assets = new Map<string, Asset>();
	for (const chunk of externalIds.length > 0 ? chunkIds(externalIds) : [undefined]) {
		if (assets.size >= limit) break;
		const found = await collect<Asset>(
			item.run.client,
			'/assets',
			{ ...listQuery, externalIds: chunk },
			{ limit, keep: isKept, onPartial: item.onPartial },
		);
		for (const asset of found) assets.set(asset.id, asset);
	}
	await requireAttributes(item, attributes ?? [], withoutAttributes);
	return [...assets.values()].slice(0, limit);
}

/** @throws InvalidInputError for what is not an external ID */
function readExternalIdFilter(item: Item): string[] {
	const ids = [...new Set(toList(item.collection('filters').externalIds))];
	const invalid = ids.find((id) => !/^[^:\s]+:./.test(id) || id.includes(','));
	if (invalid === undefined) return ids;
	throw new InvalidInputError(
		`'External IDs' has '${invalid}', which is not an external ID`,
		'Enter the key and the value, e.g. assetNumber:T-5301. Neither can contain a comma.',
	);
}

/**
 * Conditions cannot be checked for assets that have an attribute, but are returned without it.
 *
 * @throws InvalidInputError if there are any
 */
async function requireAttributes(
	{ run }: Item,
	attributes: Attribute[],
	withoutAttributes: Set<string>,
): Promise<void> {
	if (withoutAttributes.size === 0) return;
	for (const { id = '', name } of attributes) {
		const { entities = [] } = await readAttribute(run, 'asset', id);
		if (!entities.some(({ entityId }) => withoutAttributes.has(String(entityId)))) continue;
		throw new InvalidInputError(
			`'Attribute Values' has a condition on '${name}', but Samsara returns assets without attributes`,
			"Use 'Attributes With Allowed Values', or the condition Is Between.",
		);
	}
}
