import type { INodeProperties } from 'n8n-workflow';
import type { QualificationType, RecordBody } from '../../../api/types';
import { dateSettings } from '../../shared/dateFormat';
import type { Item } from '../../../execution/item';
import { toText } from '../../../common/coercion';
import { readableTime, toRfc3339 } from '../../../fields/dates';
import { InvalidInputError } from '../../../common/errors';
import { fieldProperties, readFields, type FieldsInput } from './fieldsInput';
import { entityType, ownerId, qualificationType, readEntityType, resolveType } from './locators';

export const betaNotice: INodeProperties = {
	displayName: "Qualification records are a beta feature of Samsara's API, so they may change",
	name: 'betaNotice',
	type: 'notice',
	default: '',
};

export const issueDate: INodeProperties = {
	displayName: 'Issue Date',
	name: 'issueDate',
	type: 'dateTime',
	typeOptions: { dateOnly: true },
	default: '',
	description: 'When the qualification was issued or takes effect',
};

export const expirationDate: INodeProperties = {
	displayName: 'Expiration Date',
	name: 'expirationDate',
	type: 'dateTime',
	typeOptions: { dateOnly: true },
	default: '',
	description: 'When the qualification expires',
};

/** The parameters of a new record. @param matching those that find an existing one */
export function recordProperties(...matching: INodeProperties[]): INodeProperties[] {
	return [
		betaNotice,
		entityType,
		...matching,
		ownerId,
		qualificationType,
		{ ...issueDate, required: true },
		{
			...expirationDate,
			description: 'When the qualification expires. Leave empty if it does not expire.',
		},
		...fieldProperties,
	];
}

/** A new record, checked against its type. Its owner may still be given by an external ID. */
export interface RecordInput {
	body: RecordBody;
	type: QualificationType;
	fieldsInput: FieldsInput;
}

/**
 * Reads a new record. Whatever can be checked without a request is checked first.
 *
 * @throws InvalidInputError
 */
export async function readRecordInput(item: Item): Promise<RecordInput> {
	const ownerType = readEntityType(item);
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
	const issued = readTime(item, item.value('issueDate', ''), 'Issue Date');
	if (issued === undefined)
		throw new InvalidInputError("'Issue Date' is empty", "Fill in 'Issue Date'.");
	const expires = readTime(item, item.value('expirationDate', ''), 'Expiration Date');
	requireOrder(issued, expires);
	return { issueDate: issued, ...(expires !== undefined && { expirationDate: expires }) };
}

/** Reads a date or time; undefined if it is empty. @throws InvalidInputError if it is not valid */
export function readTime(item: Item, value: unknown, label: string): string | undefined {
	return toText(value) === '' ? undefined : toRfc3339(value, label, dateSettings(item));
}

/** @throws InvalidInputError if the expiration date is before the issue date */
export function requireOrder(issueDate?: string, expirationDate?: string): void {
	if (issueDate === undefined || expirationDate === undefined) return;
	if (Date.parse(expirationDate) >= Date.parse(issueDate)) return;
	throw new InvalidInputError(
		`'Expiration Date' (${readableTime(expirationDate)}) is before 'Issue Date' (${readableTime(issueDate)})`,
		'Check whether the two dates, or day and month, were swapped.',
	);
}
