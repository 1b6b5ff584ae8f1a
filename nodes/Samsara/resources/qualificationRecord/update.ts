import { dateFormat } from '../shared/dateFormat';
import type { Item } from '../../execution/item';
import { InvalidInputError } from '../../common/errors';
import { toText } from '../../common/coercion';
import type { BatchOperation } from '../../execution/operation';
import { readExternalIds } from '../../common/ids';
import { NO_DATE } from '../../fields/qualification/recordRow';
import { updateFields } from '../shared/collections';
import { externalIds } from '../shared/externalIds';
import { simplify, options } from '../shared/options';
import { withFileSizes } from './helpers/output';
import { lookUpOwnerNames, writeRecords } from './helpers/recordRows';
import { betaNotice, readTime, requireOrder } from './helpers/recordInput';
import {
	updateFieldProperties,
	mayHaveFields,
	readFields,
	type FieldsInput,
} from './helpers/fieldsInput';
import {
	entityType,
	ownerId,
	qualificationType,
	readEntityType,
	recordId,
	resolveOwner,
	resolveType,
} from './helpers/locators';
import { resolveRecord, resolveRecordId } from './helpers/resolveRecords';
import { updateRecord, type RecordChange } from './helpers/updateRecord';

const recordFields = updateFields(
	{
		displayName: 'Clear Expiration Date',
		name: 'clearExpirationDate',
		type: 'boolean',
		default: true,
		description: 'Whether to remove the expiration date because the qualification does not expire',
	},
	{
		displayName: 'Expiration Date',
		name: 'expirationDate',
		type: 'dateTime',
		typeOptions: { dateOnly: true },
		default: '',
		description: 'When the qualification expires',
	},
	externalIds,
	{
		displayName: 'Issue Date',
		name: 'issueDate',
		type: 'dateTime',
		typeOptions: { dateOnly: true },
		default: '',
		description: 'When the qualification was issued or takes effect',
	},
	{ ...ownerId, required: false, description: 'The driver or asset to move the record to' },
);

export const update: BatchOperation = {
	name: 'Update',
	value: 'update',
	action: 'Update qualification record',
	description: 'Update a qualification record. Anything you do not specify stays as it is.',
	properties: [
		betaNotice,
		entityType,
		recordId,
		{
			...qualificationType,
			required: false,
			description:
				"The type of the record, to load its fields. Not needed if you don't change fields.",
		},
		...updateFieldProperties,
		simplify,
		recordFields,
		options(dateFormat, lookUpOwnerNames),
	],
	async executeAll(items) {
		return await writeRecords(items, async (item) => {
			const { run } = item;
			item.id('recordId', 'Record');
			const change = readChange(item);
			const fieldsInput = mayHaveFields(item) ? await readRecordFields(item) : undefined;
			if (fieldsInput && fieldsInput.fields.length > 0) change.fields = fieldsInput.fields;
			if (Object.keys(change).length === 0) {
				throw new InvalidInputError(
					"There is nothing to change in 'Record'",
					"Fill in 'Fields', or add a field under 'Update Fields'.",
				);
			}
			if (change.owner) change.owner = await resolveOwner(run, change.owner);
			// New external IDs are sent together with the existing ones, which have to be read first.
			const existing = change.externalIds && (await resolveRecord(item));
			const body = { id: existing?.id ?? (await resolveRecordId(item)), ...change };
			const send = async () => await updateRecord(run, body, existing);
			return { record: fieldsInput ? await withFileSizes(fieldsInput.files, send) : await send() };
		});
	},
};

function readChange(item: Item): Omit<RecordChange, 'id'> {
	const input = item.collection('updateFields');
	const change: Omit<RecordChange, 'id'> = {};
	const issueDate = readTime(item, input.issueDate, 'Issue Date');
	const expirationDate = readTime(item, input.expirationDate, 'Expiration Date');
	requireOrder(issueDate, expirationDate);
	if (issueDate !== undefined) change.issueDate = issueDate;
	if (expirationDate !== undefined) change.expirationDate = expirationDate;
	if (input.clearExpirationDate === true) {
		if (expirationDate !== undefined) {
			throw new InvalidInputError(
				"'Clear Expiration Date' is on, and 'Expiration Date' has a date",
				"Remove one of the two under 'Update Fields'.",
			);
		}
		change.expirationDate = NO_DATE;
	}
	const ids = readExternalIds(input.externalIds);
	if (ids) change.externalIds = ids;
	if (toText(item.value('updateFields.ownerId', '')) !== '') {
		change.owner = {
			entityType: readEntityType(item),
			id: item.id('updateFields.ownerId', 'Owner'),
		};
	}
	return change;
}

/** @throws InvalidInputError if the form was loaded for another type than that of the record */
async function readRecordFields(item: Item): Promise<FieldsInput> {
	const { owner, qualificationType: ownType } = await resolveRecord(item);
	const type = await resolveType(item.run, owner.entityType, ownType.id);
	const formType = toText(item.value('qualificationType', ''));
	if (formType !== '' && formType !== type.id && formType !== type.name) {
		const other = await resolveType(item.run, readEntityType(item), formType);
		throw new InvalidInputError(
			`'Qualification Type' is '${other.name}', but the record has the type '${type.name}'`,
			`Choose '${type.name}', which has the fields of this record.`,
		);
	}
	return await readFields(item, type);
}
