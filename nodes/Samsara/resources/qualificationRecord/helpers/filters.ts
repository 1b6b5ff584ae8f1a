import type { INodeProperties } from 'n8n-workflow';
import type { QualificationRecord } from '../../../api/types';
import type { Days } from '../../../fields/dates';
import type { Item } from '../../../execution/item';
import { choiceError } from '../../../common/errors';
import { toList } from '../../../common/coercion';
import { filters } from '../../shared/collections';
import { qualificationTypesFilter } from '../../shared/qualificationTypes';
import { ifStored } from '../../shared/stored';
import { expirationFilter, storedExpiration } from './expiration';
import { ownerList } from './ownerSelection';

/** Records that Samsara says were created or changed by a driver, by a user, or by neither. */
function madeBy(displayName: string, name: string, did: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'multiOptions',
		options: [
			{ name: 'Driver', value: 'driver' },
			{
				name: 'Other or Unknown',
				value: 'other',
				description: 'Samsara does not say who, or names neither a driver nor a user',
			},
			{ name: 'User', value: 'user' },
		],
		default: ['driver'],
		description: `Only records that one of these ${did}. Samsara does not document who counts as having ${did} a record through the API.`,
	};
}

/** Samsara applies the filters for owners, types and changes; the node applies the others. */
export const recordFilters = filters(
	madeBy('Created By', 'createdBy', 'created'),
	...storedExpiration,
	madeBy('Last Changed By', 'updatedBy', 'last changed'),
	{
		...ownerList,
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

const ACTORS = ['driver', 'user', 'other'];

/**
 * Filters by status, expiration, and who created or changed a record, which Samsara cannot. Without a status, archived records pass only if the expiration
 * does not matter: an archived card needs no renewal.
 *
 * @throws InvalidInputError if a filter has an invalid value
 */
export function recordFilter(item: Item, days: Days): (record: QualificationRecord) => boolean {
	const expires = expirationFilter(item, days);
	const { status, createdBy, updatedBy } = item.collection('filters');
	const chosen = readChoices('Status', status, STATUSES);
	const creators = readChoices('Created By', createdBy, ACTORS);
	const editors = readChoices('Last Changed By', updatedBy, ACTORS);
	const statuses = chosen.length > 0 ? chosen : ['active', ...(expires ? [] : ['archived'])];
	return (record) =>
		statuses.includes(record.recordStatus) &&
		isOneOf(creators, record.createdBy) &&
		isOneOf(editors, record.updatedBy) &&
		(expires?.(record) ?? true);
}

function isOneOf(actors: string[], by?: { type?: string }): boolean {
	if (actors.length === 0) return true;
	return actors.includes(by?.type === 'driver' || by?.type === 'user' ? by.type : 'other');
}

function readChoices(label: string, input: unknown, allowed: string[]): string[] {
	const choices = toList(input).map((choice) => choice.toLowerCase());
	const invalid = choices.find((choice) => !allowed.includes(choice));
	if (invalid === undefined) return choices;
	throw choiceError(label, invalid, allowed);
}
