import type { INodeProperties } from 'n8n-workflow';
import type { QualificationRecord } from '../../api/types';
import { dateFormat } from '../shared/dateFormat';
import { InvalidInputError } from '../../common/errors';
import type { Item } from '../../execution/item';
import type { BatchOperation } from '../../execution/operation';
import { options, simplify } from '../shared/options';
import {
	createRecord,
	createRecordLocked,
	findByExternalIds,
	recordLockKey,
	withExternalIdLocks,
} from './helpers/createRecord';
import { resolveOwner } from './helpers/locators';
import { withFileSizes } from './helpers/output';
import { lookUpOwnerNames, writeRecords, type WrittenRecord } from './helpers/recordRows';
import { recordProperties, readRecordInput, type RecordInput } from './helpers/recordInput';
import {
	findNewestActive,
	hintIfArchived,
	ifArchived,
	readIfArchived,
	updateExisting,
} from './helpers/updateRecord';

const matchBy: INodeProperties = {
	displayName: 'Match By',
	name: 'matchBy',
	type: 'options',
	options: [
		{
			name: 'External ID',
			value: 'externalId',
			description: 'The record that has the external ID. A new record gets this ID.',
		},
		{
			name: 'Owner and Qualification Type',
			value: 'ownerAndType',
			description: 'The newest active record of the owner with this type',
		},
	],
	default: 'ownerAndType',
	description: 'How to find the record to update',
};

export const upsert: BatchOperation = {
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update qualification record',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	properties: [
		...recordProperties(matchBy, {
			displayName: 'External ID',
			name: 'externalId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. hrCardId:4711',
			displayOptions: { show: { matchBy: ['externalId'] } },
			description:
				'The ID of the record in another system, as a key and a value separated by a colon',
		}),
		simplify,
		options(dateFormat, ifArchived, lookUpOwnerNames),
	],
	async executeAll(items) {
		return await writeRecords(items, async (item) => {
			readIfArchived(item);
			const isByExternalId = item.choice(matchBy) === 'externalId';
			const externalIds = isByExternalId ? readExternalId(item) : undefined;
			const input = await readRecordInput(item);
			const { run } = item;
			const { body } = input;
			body.owner = await resolveOwner(run, body.owner);
			if (externalIds === undefined) {
				return await run.locks.withLock(recordLockKey(body), async () => {
					const existing = await findNewestActive(run, body);
					return await createOrUpdate(item, input, existing, createRecordLocked);
				});
			}
			body.externalIds = externalIds;
			return await withExternalIdLocks(run, externalIds, async () => {
				const existing = await findByExternalIds(run, externalIds);
				return await createOrUpdate(item, input, existing, createRecord);
			});
		});
	},
};

async function createOrUpdate(
	item: Item,
	input: RecordInput,
	existing: QualificationRecord | undefined,
	createNew: typeof createRecord,
): Promise<WrittenRecord> {
	if (!existing) input.fieldsInput.requireAll();
	const record = await withFileSizes(input.fieldsInput.files, async () =>
		existing ? await updateExisting(item, existing, input) : await createNew(item.run, input.body),
	);
	hintIfArchived(item, record);
	return { record, first: { created: !existing } };
}

function readExternalId(item: Item): Record<string, string> {
	const text = item.text('externalId', 'External ID');
	const match = /^([^:\s,]+):([^,]*[^,\s])$/.exec(text);
	if (match) return { [match[1]]: match[2] };
	throw new InvalidInputError(
		`'External ID' is '${text}', which is not a key and a value`,
		'Enter a key and a value separated by a colon, like hrCardId:4711, without commas.',
	);
}
