import type { INodeProperties } from 'n8n-workflow';
import type { RecordBody } from '../../api/types';
import type { Item } from '../../execution/item';
import { toText } from '../../common/toText';
import type { ItemOperation } from '../../execution/operation';
import { readExternalIds } from '../../fields/externalIds';
import { InvalidInputError } from '../../common/errors';
import { externalIds } from '../shared/externalIds';
import { simplify } from '../shared/pagination';
import { options } from '../shared/options';
import { withFileSizes, toOutput } from './helpers/output';
import { betaNotice, readTime, requireOrder } from './helpers/recordInput';
import {
	updateFieldProperties,
	mayHaveFields,
	readFields,
	type FieldsInput,
} from './helpers/fieldsInput';
import { entityType, ownerId, qualificationType, recordId } from './helpers/locators';
import { entityTypeOf, resolveOwner } from './helpers/owner';
import { changeRecord } from './helpers/updateExisting';
import { resolveRecord, resolveRecordId } from './helpers/resolveRecords';
import { resolveType } from './helpers/resolveType';

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
		...updateFieldProperties,
		simplify,
		updateFields,
		options(),
	],
	async execute(item) {
		const { run } = item;
		item.id('recordId', 'Record');
		const change = readChange(item);
		const fieldsInput = mayHaveFields(item) ? await readRecordFields(item) : undefined;
		if (fieldsInput && fieldsInput.fields.length > 0) change.fields = fieldsInput.fields;
		if (Object.keys(change).length === 0) {
			throw new InvalidInputError(
				"Nothing is given for 'Record' to change",
				"Fill in 'Fields', or add what is to change under 'Update Fields'.",
			);
		}
		if (change.owner) change.owner = await resolveOwner(run, change.owner);
		// External IDs are sent with those that the record has, so it has to be read.
		const record = change.externalIds && (await resolveRecord(item));
		const body = { id: record?.id ?? (await resolveRecordId(item)), ...change };
		const send = async () => await changeRecord(run, body, record);
		return toOutput(
			item,
			fieldsInput ? await withFileSizes(fieldsInput.files, send) : await send(),
		);
	},
};

type RecordChange = Partial<Omit<RecordBody, 'qualificationType'>>;

function readChange(item: Item): RecordChange {
	const input = item.collection('updateFields');
	const change: RecordChange = {};
	const issueDate = readTime(item, input.issueDate, 'Issue Date');
	const expirationDate = readTime(item, input.expirationDate, 'Expiration Date');
	requireOrder(issueDate, expirationDate);
	if (issueDate !== undefined) change.issueDate = issueDate;
	if (expirationDate !== undefined) change.expirationDate = expirationDate;
	if (input.clearExpirationDate === true) {
		if (expirationDate !== undefined) {
			throw new InvalidInputError(
				"'Clear Expiration Date' is on, and 'Expiration Date' has a date",
				'Take one of the two out of Update Fields.',
			);
		}
		change.expirationDate = NO_DATE;
	}
	const ids = readExternalIds(input.externalIds);
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
async function readRecordFields(item: Item): Promise<FieldsInput> {
	const { owner, qualificationType: ownType } = await resolveRecord(item);
	const type = await resolveType(item.run, owner.entityType, ownType.id);
	const chosenType = toText(item.value('qualificationType', ''));
	if (chosenType !== '' && chosenType !== type.id && chosenType !== type.name) {
		const other = await resolveType(item.run, entityTypeOf(item), chosenType);
		throw new InvalidInputError(
			`'Qualification Type' is '${other.name}', but the record is of the type '${type.name}'`,
			`Pick '${type.name}', which draws the fields of this record.`,
		);
	}
	return await readFields(item, type);
}
