import type { INodeProperties } from 'n8n-workflow';
import { readDefinitions } from '../../api/attributes';
import type { Query } from '../../api/path';
import type { Attribute, AttributeEntityType, AttributeValues } from '../../api/types';
import type { Item } from '../../execution/item';
import {
	attributeFilter,
	type FilterRow,
	type FilterSupport,
} from '../../fields/attribute/attributeFilter';
import { toRfc3339 } from '../../fields/dates';
import { toList, toText } from '../../common/coercion';
import { readTags } from '../../api/tags';

const conditionProperties: INodeProperties[] = [
	{
		displayName: 'Condition',
		name: 'condition',
		type: 'options',
		options: [
			{ name: 'Is', value: 'is' },
			{ name: 'Is Between', value: 'between' },
		],
		default: 'is',
	},
	{
		displayName: 'From',
		name: 'from',
		type: 'string',
		default: '',
		placeholder: 'e.g. 10 or 2027-01-15',
		displayOptions: { show: { condition: ['between'] } },
		description: 'The smallest value to include. Leave empty for no lower bound.',
	},
	{
		displayName: 'To',
		name: 'to',
		type: 'string',
		default: '',
		placeholder: 'e.g. 20 or 2027-12-31',
		displayOptions: { show: { condition: ['between'] } },
		description: 'The largest value to include. Leave empty for no upper bound.',
	},
	{
		displayName: 'Value',
		name: 'value',
		type: 'string',
		default: '',
		placeholder: 'e.g. Class A',
		displayOptions: { show: { condition: ['is'] } },
	},
];

/** Filters by attribute values: any condition, or values to choose from. */
export function attributeFilters(entityType: AttributeEntityType): INodeProperties[] {
	const [attributesMethod, valuesMethod] =
		entityType === 'driver'
			? ['getDriverAttributes', 'getDriverAttributeValues']
			: ['getAssetAttributes', 'getAssetAttributeValues'];
	return [
		{
			displayName: 'Attribute Values',
			name: 'attributes',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Condition',
			default: {},
			description:
				'Only return results that meet all of these conditions, e.g. Vehicle Length is between 10 and 20',
			options: [
				{
					displayName: 'Condition',
					name: 'conditions',
					values: [
						{
							displayName: 'Attribute Name or ID',
							name: 'attribute',
							type: 'options',
							typeOptions: { loadOptionsMethod: attributesMethod },
							required: true,
							default: '',
							description:
								'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
						},
						...conditionProperties,
					],
				},
			],
		},
		{
			displayName: 'Attributes With Allowed Values',
			name: 'attributeValueIds',
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod: valuesMethod },
			default: [],
			description:
				'Only return results that have all of these values. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
	];
}

/** Filters drivers by status. */
export const driverStatusFilter: INodeProperties = {
	displayName: 'Status',
	name: 'driverActivationStatus',
	type: 'options',
	options: [
		{ name: 'Active', value: 'active' },
		{ name: 'All', value: 'all' },
		{ name: 'Deactivated', value: 'deactivated' },
	],
	default: 'active',
	description: 'Which drivers to get. Without this filter, only active ones.',
};

/** Filters by time of creation and of the last change. */
export const timeFilters: INodeProperties[] = [
	{
		displayName: 'Created After',
		name: 'createdAfterTime',
		type: 'dateTime',
		default: '',
		description: 'Only return results created at or after this time',
	},
	{
		displayName: 'Updated After',
		name: 'updatedAfterTime',
		type: 'dateTime',
		default: '',
		description: 'Only return results changed at or after this time',
	},
];

/** Reads 'Filters': the query for the API, and the conditions to check afterwards. @throws InvalidInputError */
export async function readFilters(
	item: Item,
	entityType: AttributeEntityType,
	support: FilterSupport = { values: true, dates: entityType === 'asset', openBounds: false },
): Promise<{
	query: Query;
	keep?: (entity: { attributes?: AttributeValues[] }) => boolean;
	/** The attributes that `keep` looks at. */
	attributes?: Attribute[];
}> {
	const filters = item.collection('filters');
	const query: Query = {
		createdAfterTime: filterTime(item, 'createdAfterTime', 'Created After'),
		updatedAfterTime: filterTime(item, 'updatedAfterTime', 'Updated After'),
		attributeValueIds: toList(filters.attributeValueIds),
		...(await readTagFilters(item)),
	};
	const { conditions: rows } = (filters.attributes ?? {}) as { conditions?: FilterRow[] };
	if (!rows || rows.length === 0) return { query };
	const definitions = await readDefinitions(item.run, entityType);
	const { apiFilter, keep, remaining, attributes } = attributeFilter(rows, definitions, support, {
		zone: item.n8n.getTimezone(),
	});
	return {
		query: { ...query, attributes: apiFilter },
		keep: remaining > 0 ? keep : undefined,
		attributes,
	};
}

/** Reads a time in 'Filters'; undefined if it is empty. @throws InvalidInputError if it is not valid */
export function filterTime(item: Item, name: string, label: string): string | undefined {
	const value = item.collection('filters')[name];
	return toText(value) === ''
		? undefined
		: toRfc3339(value, label, { zone: item.n8n.getTimezone() });
}

/** Reads the tag filters only. @throws InvalidInputError for a tag that does not exist */
export async function readTagFilters(item: Item): Promise<Query> {
	const { tagIds, parentTagIds } = item.collection('filters');
	return {
		tagIds: await readTags(item.run, tagIds, 'Tags'),
		parentTagIds: await readTags(item.run, parentTagIds, 'Parent Tags'),
	};
}
