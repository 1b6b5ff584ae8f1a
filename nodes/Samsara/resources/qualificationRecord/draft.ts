import type { INodeProperties } from 'n8n-workflow';
import type { QualificationType, RecordDraft } from '../../api/types';
import type { Item } from '../../execution/item';
import { toText } from '../../toText';
import { toRfc3339 } from '../../fields/dates';
import { Refusal } from '../../refusal';
import { fieldsForm, readFields, type ReadFields } from './fieldsForm';
import { entityType, ownerId, qualificationType } from './locators';
import { entityTypeOf } from './owner';
import { typeOf } from './typeOf';

export const betaNotice: INodeProperties = {
	displayName:
		"Qualification records are a beta of Samsara's API. The API token needs the scopes 'Read Qualification Records' and 'Write Qualification Records', and 'Read Drivers' or 'Read Assets' for the list of owners.",
	name: 'betaNotice',
	type: 'notice',
	default: '',
};

/** What a person fills in for a new record. */
export const draftForm: INodeProperties[] = [
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
	...fieldsForm,
];

/** A new record, checked against its type. The owner's ID may still be an external one. */
export interface Draft {
	body: RecordDraft;
	type: QualificationType;
	content: ReadFields;
}

/**
 * Reads a new record from the form. What can be checked without the API is checked first.
 *
 * @throws Refusal
 */
export async function readDraft(item: Item): Promise<Draft> {
	const entity = entityTypeOf(item);
	const typeId = item.idOrName('qualificationType', 'Qualification Type');
	const owner = item.id('ownerId', 'Owner');
	const dates = readDates(item);
	const type = await typeOf(item.samsara, entity, typeId);
	const content = await readFields(item, type);
	return {
		body: {
			qualificationType: { id: type.id },
			owner: { entityType: entity, id: owner },
			...dates,
			fields: content.fields,
		},
		type,
		content,
	};
}

function readDates(item: Item): Pick<RecordDraft, 'issueDate' | 'expirationDate'> {
	const issueDate = readTime(item, item.value('issueDate', ''), 'Issue Date');
	if (issueDate === undefined) throw new Refusal("'Issue Date' is empty", "Fill in 'Issue Date'.");
	const expirationDate = readTime(item, item.value('expirationDate', ''), 'Expiration Date');
	requireOrder(issueDate, expirationDate);
	return expirationDate === undefined ? { issueDate } : { issueDate, expirationDate };
}

/** A time as Samsara takes it; undefined for one that was not filled in. @throws Refusal for what is no date */
export function readTime(item: Item, value: unknown, label: string): string | undefined {
	return toText(value) === '' ? undefined : toRfc3339(value, label, item.n8n.getTimezone());
}

/** @throws Refusal for a record that would end before it begins */
export function requireOrder(issueDate?: string, expirationDate?: string): void {
	if (issueDate === undefined || expirationDate === undefined) return;
	if (Date.parse(expirationDate) >= Date.parse(issueDate)) return;
	throw new Refusal(
		`'Expiration Date' (${expirationDate}) is before 'Issue Date' (${issueDate})`,
		'Check whether the two dates were mixed up, or day and month.',
	);
}
