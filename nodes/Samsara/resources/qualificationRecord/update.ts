import type { INodeProperties } from 'n8n-workflow';
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
import { ifStored } from '../shared/stored';
import { withFileSizes } from './helpers/output';
import { lookUpOwnerNames, writeRecords } from './helpers/recordRows';
import {
	betaNotice,
	expirationDate,
	issueDate,
	readTime,
	requireOrder,
} from './helpers/recordInput';
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

const DATE_LABELS = { issueDate: 'Issue Date', expirationDate: 'Expiration Date' };

/**
 * The record tells its type. Only for a record that an expression names, the editor needs it to load the fields: n8n shows a
 * parameter one of whose conditions is an expression. It reads the other condition from the hidden parameter.
 */
const typeOfRecord: INodeProperties[] = [
	{
		displayName: 'Qualification Type',
		name: 'qualificationType',
		type: 'hidden',
		default: { __rl: true, mode: 'list', value: '' },
	},
	{
		...qualificationType,
		required: false,
		displayOptions: {
			show: {
				recordId: [{ _cnd: { not: null } }],
				qualificationType: [{ _cnd: { exists: true } }],
			},
		},
		description:
			"The type of the record, to load its fields if an expression names the record. Not needed if you don't change fields.",
	},
];

const UNCHANGED = 'Leave empty to keep the current date.';

export const update: BatchOperation = {
	name: 'Update',
	value: 'update',
	action: 'Update qualification record',
	description: 'Update a qualification record. Anything you do not specify stays as it is.',
	properties: [
		betaNotice,
		entityType,
		recordId,
		...typeOfRecord,
		{ ...issueDate, description: `${issueDate.description}. ${UNCHANGED}` },
		{ ...expirationDate, description: `${expirationDate.description}. ${UNCHANGED}` },
		...updateFieldProperties,
		simplify,
		updateFields(
			{
				displayName: 'Clear Expiration Date',
				name: 'clearExpirationDate',
				type: 'boolean',
				default: true,
				description:
					'Whether to remove the expiration date because the qualification does not expire',
			},
			ifStored(expirationDate),
			externalIds,
			ifStored(issueDate),
			{ ...ownerId, required: false, description: 'The driver or asset to move the record to' },
		),
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
					"Fill in a date or 'Fields', or add a field under 'Update Fields'.",
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
	for (const name of ['issueDate', 'expirationDate'] as const) {
		const date = readDate(item, name);
		if (date !== undefined) change[name] = date;
	}
	requireOrder(change.issueDate, change.expirationDate);
	if (input.clearExpirationDate === true) {
		if (change.expirationDate !== undefined) {
			throw new InvalidInputError(
				"'Clear Expiration Date' is on, and 'Expiration Date' has a date",
				"Clear the date, or remove 'Clear Expiration Date' under 'Update Fields'.",
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

/** Reads a date of the main form or, in nodes saved with version 1.0.0, of 'Update Fields'. @throws InvalidInputError */
function readDate(item: Item, name: keyof typeof DATE_LABELS): string | undefined {
	const label = DATE_LABELS[name];
	const date = readTime(item, item.value(name, ''), label);
	const stored = readTime(item, item.collection('updateFields')[name], label);
	if (date !== undefined && stored !== undefined) {
		throw new InvalidInputError(
			`'${label}' has a date, and so has '${label}' under 'Update Fields'`,
			`Remove '${label}' under 'Update Fields'.`,
		);
	}
	return date ?? stored;
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
