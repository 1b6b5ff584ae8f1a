import type { IDataObject } from 'n8n-workflow';
import type { QualificationRecord } from '../../../api/types';
import type { Days } from '../../../fields/dates';
import { expirationOf } from '../../../fields/qualification/recordRow';
import { InvalidInputError } from '../../../common/errors';
import { toList, toNumber, toText } from '../../../common/coercion';
import { filters } from '../../shared/collections';

/** Samsara applies the filters for owners, types and changes; the node applies those for status and expiration. */
export const recordFilters = filters(
	{
		displayName: 'Expiration',
		name: 'expiry',
		type: 'options',
		options: [
			{ name: 'Any', value: 'any' },
			{
				name: 'Expired',
				value: 'expired',
				description: 'The expiration date has passed',
			},
			{
				name: 'Expiring Soon',
				value: 'expiringWithin',
				description: "Still valid, but expires within 'Expiring Within Days'",
			},
		],
		default: 'expiringWithin',
		description: 'When records expire. Days are counted in the time zone of the workflow.',
	},
	{
		displayName: 'Expiring Within Days',
		name: 'expiringWithinDays',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 30,
		description:
			'How many days ahead counts as expiring soon. A record that expires today has 0 days left.',
	},
	{
		displayName: 'Owner Names or IDs',
		name: 'owners',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getOwners', loadOptionsDependsOn: ['entityType'] },
		default: [],
		description:
			'Only records of these drivers or assets. An expression can return IDs or external IDs like payrollId:ABFS18600, as a list or separated by commas. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Qualification Type Names or IDs',
		name: 'qualificationTypes',
		type: 'multiOptions',
		typeOptions: {
			loadOptionsMethod: 'getQualificationTypes',
			loadOptionsDependsOn: ['entityType'],
		},
		default: [],
		description:
			'Only records of these types. An expression can return names or IDs. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
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
			'Only records with these statuses. Without this filter, active and archived records are returned.',
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

const DEFAULT_DAYS = 30;

/**
 * Filters by status and expiration, which Samsara cannot. Without a status, active and archived records pass.
 *
 * @throws InvalidInputError if a filter has an invalid value
 */
export function recordFilter(
	values: IDataObject,
	days: Days,
): (record: QualificationRecord) => boolean {
	const statuses = new Set(readStatuses(values.status));
	const expires = expirationFilter(values, days);
	return (record) => statuses.has(record.recordStatus) && expires(record);
}

function readStatuses(input: unknown): string[] {
	const statuses = toList(input).map((status) => status.toLowerCase());
	const invalid = statuses.find((status) => !STATUSES.includes(status));
	if (invalid !== undefined)
		throw new InvalidInputError(`'Status' is '${invalid}'`, `Choose from: ${STATUSES.join(', ')}.`);
	return statuses.length === 0 ? ['active', 'archived'] : statuses;
}

function expirationFilter(
	values: IDataObject,
	days: Days,
): (record: QualificationRecord) => boolean {
	const expiry =
		values.expiry ?? (values.expiringWithinDays === undefined ? 'any' : 'expiringWithin');
	const daysLeft = (record: QualificationRecord) => {
		const expiration = expirationOf(record);
		return expiration === undefined ? undefined : days.until(expiration);
	};
	switch (expiry) {
		case 'any':
			return () => true;
		case 'expired':
			return (record) => (daysLeft(record) ?? 0) < 0;
		case 'expiringWithin': {
			const withinDays = readDaysAhead(values.expiringWithinDays, 'Expiring Within Days');
			return (record) => {
				const count = daysLeft(record);
				return count !== undefined && count >= 0 && count <= withinDays;
			};
		}
		default:
			throw new InvalidInputError(
				`'Expiration' is '${toText(expiry)}'`,
				'Choose any, expiringWithin or expired.',
			);
	}
}

/** Reads a number of days from today; 30 if empty. @throws InvalidInputError unless it is 0 or a positive integer */
export function readDaysAhead(input: unknown, label: string): number {
	const count = input === undefined || input === '' ? DEFAULT_DAYS : toNumber(input);
	if (!Number.isInteger(count) || count < 0) {
		throw new InvalidInputError(
			`'${label}' is '${toText(input)}'`,
			`Enter a whole number of days in '${label}'.`,
		);
	}
	return count;
}
