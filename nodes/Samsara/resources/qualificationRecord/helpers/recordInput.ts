import type { INodeProperties } from 'n8n-workflow';
import type { QualificationType, RecordBody } from '../../../api/types';
import type { Item } from '../../../execution/item';
import { toText } from '../../../common/toText';
import { toRfc3339 } from '../../../fields/dates';
import { InvalidInputError } from '../../../common/errors';
import { fieldProperties, readFields, type FieldsInput } from './fieldsInput';
import { entityType, ownerId, qualificationType } from './locators';
import { entityTypeOf } from './owner';
import { resolveType } from './resolveType';

export const betaNotice: INodeProperties = {
	displayName:
		"Qualification records are a beta of Samsara's API. The API token needs the scopes 'Read Qualification Records' and 'Write Qualification Records', and 'Read Drivers' or 'Read Assets' for the list of owners.",
	name: 'betaNotice',
	type: 'notice',
	default: '',
};

/** What a person fills in for a new record. */
export const recordProperties: INodeProperties[] = [
	entityType,
	qualificationType,
	ownerId,
	{
		displayName: 'Issue Date',
		name: 'issueDate',
		type: 'dateTime',
		default: '',
		required: true,
		description: 'When the qualification was issued or takes effect',
	},
	{
		displayName: 'Expiration Date',
		name: 'expirationDate',
		type: 'dateTime',
		default: '',
		description: 'When the qualification ends. Leave empty for one that does not end.',
	},
	...fieldProperties,
];

/** A new record, checked against its type. The owner's ID may still be an external one. */
export interface RecordInput {
	body: RecordBody;
	type: QualificationType;
	fieldsInput: FieldsInput;
}

/**
 * Reads a new record from the form. What can be checked without the API is checked first.
 *
 * @throws InvalidInputError
 */
export async function readRecordInput(item: Item): Promise<RecordInput> {
	const ownerType = entityTypeOf(item);
	const typeId = item.idOrName('qualificationType', 'Qualification Type');
	const owner = item.id('ownerId', 'Owner');
	const dates = readDates(item);
	const type = await resolveType(item.run, ownerType, typeId);
	const fieldsInput = await readFields(item, type);
	return {
		body: {
			qualificationType: { id: type.id },
			owner: { entityType: ownerType, id: owner },
			...dates,
			fields: fieldsInput.fields,
		},
		type,
		fieldsInput,
	};
}

function readDates(item: Item): Pick<RecordBody, 'issueDate' | 'expirationDate'> {
	const issueDate = readTime(item, item.value('issueDate', ''), 'Issue Date');
	if (issueDate === undefined)
		throw new InvalidInputError("'Issue Date' is empty", "Fill in 'Issue Date'.");
	const expirationDate = readTime(item, item.value('expirationDate', ''), 'Expiration Date');
	requireOrder(issueDate, expirationDate);
	return expirationDate === undefined ? { issueDate } : { issueDate, expirationDate };
}

/** A time as Samsara takes it; undefined for one that was not filled in. @throws InvalidInputError for what is no date */
export function readTime(item: Item, value: unknown, label: string): string | undefined {
	return toText(value) === '' ? undefined : toRfc3339(value, label, item.n8n.getTimezone());
}

/** @throws InvalidInputError for a record that would end before it begins */
export function requireOrder(issueDate?: string, expirationDate?: string): void {
	if (issueDate === undefined || expirationDate === undefined) return;
	if (Date.parse(expirationDate) >= Date.parse(issueDate)) return;
	throw new InvalidInputError(
		`'Expiration Date' (${expirationDate}) is before 'Issue Date' (${issueDate})`,
		'Check whether the two dates were mixed up, or day and month.',
	);
}
