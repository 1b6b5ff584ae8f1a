import type { QualificationRecord } from '../../../api/types';
import type { Days } from '../../../fields/dates';
import type { Item } from '../../../execution/item';
import { choiceError } from '../../../common/errors';
import { toList } from '../../../common/coercion';
import { filters } from '../../shared/collections';
import { qualificationTypesFilter } from '../../shared/qualificationTypes';
import { ifStored } from '../../shared/stored';
import { expirationFilter, storedExpiration } from './expiration';

/** Samsara applies the filters for owners, types and changes; the node applies those for status and expiration. */
export const recordFilters = filters(
	...storedExpiration,
	{
		displayName: 'Owner Names or IDs',
		name: 'owners',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getOwners', loadOptionsDependsOn: ['entityType'] },
		default: [],
		description:
			'Only records of these drivers or assets. An expression can return IDs or external IDs like payrollId:ABFS18600, as a list or separated by commas. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	ifStored(qualificationTypesFilter),
	{
		displayName: 'Status',
		name: 'status',
		type: 'multiOptions',
		options: [
			{ name: 'Active', value: 'active' },
			{ name: 'Archived', value: 'archived' },
			{ name: 'Deleted', value: 'deleted' },
		],
		default: ['active'],
		description:
			"Only records with these statuses. Without this filter, active and archived records are returned, or only active ones if 'Expiration' is not All.",
	},
	{
		displayName: 'Updated After',
		name: 'updatedAfter',
		type: 'dateTime',
		default: '',
		description: 'Only records created or last changed at this time or later',
	},
	{
		displayName: 'Updated Before',
		name: 'updatedBefore',
		type: 'dateTime',
		default: '',
		description: 'Only records that were last changed before this time',
	},
);

const STATUSES = ['active', 'archived', 'deleted'];

/**
 * Filters by status and expiration, which Samsara cannot. Without a status, archived records pass only if the expiration
 * does not matter: an archived card needs no renewal.
 *
 * @throws InvalidInputError if a filter has an invalid value
 */
export function recordFilter(item: Item, days: Days): (record: QualificationRecord) => boolean {
	const expires = expirationFilter(item, days);
	const chosen = readStatuses(item.collection('filters').status);
	const statuses = chosen.length > 0 ? chosen : ['active', ...(expires ? [] : ['archived'])];
	return (record) => statuses.includes(record.recordStatus) && (expires?.(record) ?? true);
}

function readStatuses(input: unknown): string[] {
	const statuses = toList(input).map((status) => status.toLowerCase());
	const invalid = statuses.find((status) => !STATUSES.includes(status));
	if (invalid === undefined) return statuses;
	throw choiceError('Status', invalid, STATUSES);
}
