import type { INodeProperties } from 'n8n-workflow';
import type { QualificationRecord } from '../../../api/types';
import { choiceError } from '../../../common/errors';
import type { Item } from '../../../execution/item';
import type { Days } from '../../../fields/dates';
import { readWholeNumber } from '../../../fields/numbers';
import { expirationOf } from '../../../fields/qualification/recordRow';
import { ifStored } from '../../shared/stored';

const DEFAULT_DAYS = 30;

export const withinDays: INodeProperties = {
	displayName: 'Expiring Within Days',
	name: 'expiringWithinDays',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: DEFAULT_DAYS,
	description:
		'How many days ahead counts as expiring. A record that expires today has 0 days left, in the time zone of the workflow.',
};

const expired = {
	name: 'Expired',
	value: 'expired',
	description: 'The expiration date has passed',
};

const expiringSoon = {
	name: 'Expiring Soon',
	value: 'expiringSoon',
	description: "Still valid, but expires within 'Expiring Within Days'",
};

export const expiration: INodeProperties[] = [
	{
		displayName: 'Expiration',
		name: 'expiration',
		type: 'options',
		options: [{ name: 'All', value: 'all' }, expired, expiringSoon],
		default: 'all',
		description:
			"When records expire. Expired and Expiring Soon return active records only, unless the filter 'Status' is set.",
	},
	{ ...withinDays, displayOptions: { show: { expiration: ['expiringSoon'] } } },
];

/** Where version 1.0.0 had these parameters: among the filters. */
export const storedExpiration: INodeProperties[] = [
	{
		displayName: 'Expiration',
		name: 'expiry',
		type: 'options',
		options: [{ name: 'Any', value: 'any' }, expired, { ...expiringSoon, value: 'expiringWithin' }],
		default: 'any',
		description: "When records expire, if 'Expiration' above is All",
	} as INodeProperties,
	withinDays,
].map(ifStored);

/** @returns undefined if the expiration does not matter. @throws InvalidInputError for an invalid value */
export function expirationFilter(
	item: Item,
	days: Days,
): ((record: QualificationRecord) => boolean) | undefined {
	const { expiry, days: ahead } = readExpiration(item);
	const daysLeft = (record: QualificationRecord) => {
		const end = expirationOf(record);
		return end === undefined ? undefined : days.until(end);
	};
	switch (expiry) {
		case 'all':
		case 'any':
			return undefined;
		case 'expired':
			return (record) => (daysLeft(record) ?? 0) < 0;
		case 'expiringSoon':
		case 'expiringWithin': {
			const max = readDaysAhead(ahead, withinDays.displayName);
			return (record) => {
				const count = daysLeft(record);
				return count !== undefined && count >= 0 && count <= max;
			};
		}
		default:
			throw choiceError('Expiration', expiry, ['all', 'expired', 'expiringSoon']);
	}
}

/** The main parameter applies, unless it is All. Then a stored filter does. */
function readExpiration(item: Item): { expiry: unknown; days: unknown } {
	const expiry = item.value<unknown>('expiration', 'all');
	if (expiry !== 'all') return { expiry, days: item.value('expiringWithinDays', DEFAULT_DAYS) };
	const { expiry: stored, expiringWithinDays } = item.collection('filters');
	return {
		expiry: stored ?? (expiringWithinDays === undefined ? 'all' : 'expiringWithin'),
		days: expiringWithinDays,
	};
}

/** Reads a number of days from today; 30 if empty. @throws InvalidInputError unless it is 0 or a positive integer */
export function readDaysAhead(input: unknown, label: string): number {
	return input === undefined || input === '' ? DEFAULT_DAYS : readWholeNumber(input, label);
}
