import type { INodeProperties } from 'n8n-workflow';
import type { RecordDraft } from '../../api/types';
import type { Item } from '../../execution/item';
import { toText } from '../../toText';
import type { ItemOperation } from '../../execution/operation';
import { readExternalIds } from '../../fields/members';
import { Refusal } from '../../refusal';
import { externalIds } from '../shared/externalIds';
import { simplify } from '../shared/listing';
import { options } from '../shared/options';
import { withSizes, written } from './answer';
import { betaNotice, readTime, requireOrder } from './draft';
import { changedFieldsForm, mayGiveFields, readFields, type ReadFields } from './fieldsForm';
import { entityType, ownerId, qualificationType, recordId } from './locators';
import { entityTypeOf, withSamsaraId } from './owner';
import { changeRecord } from './matching';
import { recordOf, samsaraRecordId } from './recordOf';
import { typeOf } from './typeOf';

/** What Samsara takes for "no expiration date". */
const NO_DATE = '1970-01-01T00:00:00Z';

const updateFields: INodeProperties = {
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: [
		{
			displayName: 'Clear Expiration Date',
			name: 'clearExpirationDate',
			type: 'boolean',
			default: true,
			description: 'Whether to take the expiration date away, for a record that does not end',
		},
		{
			displayName: 'Expiration Date',
			name: 'expirationDate',
			type: 'dateTime',
			default: '',
			description: 'When the qualification ends',
		},
		externalIds,
		{
			displayName: 'Issue Date',
			name: 'issueDate',
			type: 'dateTime',
			default: '',
			description: 'When the qualification was issued or takes effect',
		},
		{ ...ownerId, required: false, description: 'The driver or asset that is to have the record' },
	],
};

export const update: ItemOperation = {
	name: 'Update',
	value: 'update',
	action: 'Update qualification record',
	description: 'Change a qualification record. What is not given stays as it is.',
	properties: [
		betaNotice,
		entityType,
		recordId,
		{
			...qualificationType,
			required: false,
			description: "The record's own type, which draws its fields. Not needed to change dates.",
		},
		...changedFieldsForm,
		simplify,
		updateFields,
		options(),
	],
	async execute(item) {
		const { samsara } = item;
		item.id('recordId', 'Record');
		const change = readChange(item);
		const content = mayGiveFields(item) ? await readOwnFields(item) : undefined;
		if (content && content.fields.length > 0) change.fields = content.fields;
		if (Object.keys(change).length === 0) {
			throw new Refusal(
				"Nothing is given for 'Record' to change",
				"Fill in 'Fields', or add what is to change under 'Update Fields'.",
			);
		}
		if (change.owner) change.owner = await withSamsaraId(samsara, change.owner);
		// External IDs are sent with those that the record has, so it has to be read.
		const record = change.externalIds && (await recordOf(item));
		const body = { id: record?.id ?? (await samsaraRecordId(item)), ...change };
		const send = async () => await changeRecord(samsara, body, record);
		return written(item, content ? await withSizes(content.files, send) : await send());
	},
};

type Change = Partial<Omit<RecordDraft, 'qualificationType'>>;

function readChange(item: Item): Change {
	const given = item.collection('updateFields');
	const change: Change = {};
	const issueDate = readTime(item, given.issueDate, 'Issue Date');
	const expirationDate = readTime(item, given.expirationDate, 'Expiration Date');
	requireOrder(issueDate, expirationDate);
	if (issueDate !== undefined) change.issueDate = issueDate;
	if (expirationDate !== undefined) change.expirationDate = expirationDate;
	if (given.clearExpirationDate === true) {
		if (expirationDate !== undefined) {
			throw new Refusal(
				"'Clear Expiration Date' is on, and 'Expiration Date' has a date",
				'Take one of the two out of Update Fields.',
			);
		}
		change.expirationDate = NO_DATE;
	}
	const ids = readExternalIds(given.externalIds);
	if (ids) change.externalIds = ids;
	if (toText(item.value('updateFields.ownerId', '')) !== '') {
		change.owner = {
			entityType: entityTypeOf(item),
			id: item.id('updateFields.ownerId', 'Owner'),
		};
	}
	return change;
}

/** The fields are read against the record's own type; a form that was drawn from another one is refused. */
async function readOwnFields(item: Item): Promise<ReadFields> {
	const { owner, qualificationType: own } = await recordOf(item);
	const type = await typeOf(item.samsara, owner.entityType, own.id);
	const chosen = toText(item.value('qualificationType', ''));
	if (chosen !== '' && chosen !== type.id && chosen !== type.name) {
		const other = await typeOf(item.samsara, entityTypeOf(item), chosen);
		throw new Refusal(
			`'Qualification Type' is '${other.name}', but the record is of the type '${type.name}'`,
			`Pick '${type.name}', which draws the fields of this record.`,
		);
	}
	return await readFields(item, type);
}
