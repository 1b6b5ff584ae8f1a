import type { INodeProperties } from 'n8n-workflow';
import { dateFormat } from '../shared/dateFormat';
import { InvalidInputError } from '../../common/errors';
import type { BatchOperation } from '../../execution/operation';
import { externalIdStrings, readExternalIds } from '../../common/ids';
import { additionalFields } from '../shared/collections';
import { externalIds } from '../shared/externalIds';
import { ifExists, readIfExists, options, simplify } from '../shared/options';
import { createRecord, findByExternalIds, withExternalIdLocks } from './helpers/createRecord';
import { resolveOwner } from './helpers/locators';
import { withFileSizes } from './helpers/output';
import { lookUpOwnerNames, writeRecords } from './helpers/recordRows';
import { readRecordInput, recordProperties } from './helpers/recordInput';
import { hintIfArchived, ifArchived, readIfArchived, updateExisting } from './helpers/updateRecord';

const ifExistsOption: INodeProperties = {
	...ifExists,
	description:
		"What to do if a record already has one of the external IDs under 'Additional Fields'. Without external IDs, a new record is always created.",
};

export const create: BatchOperation = {
	name: 'Create',
	value: 'create',
	action: 'Create qualification record',
	description:
		"Create a qualification record, such as a driver's license or medical card, including its files",
	properties: [
		...recordProperties(),
		simplify,
		additionalFields(externalIds),
		options(dateFormat, ifArchived, ifExistsOption, lookUpOwnerNames),
	],
	async executeAll(items) {
		return await writeRecords(items, async (item) => {
			const { run } = item;
			const whenExists = readIfExists(item);
			readIfArchived(item);
			const ids = readExternalIds(item.collection('additionalFields').externalIds);
			const input = await readRecordInput(item);
			const { body, fieldsInput } = input;
			fieldsInput.requireAll();
			body.owner = await resolveOwner(run, body.owner);
			if (ids) body.externalIds = ids;
			return await withExternalIdLocks(run, ids, async () => {
				const existing = ids && (await findByExternalIds(run, ids));
				if (existing && whenExists === 'fail') throw alreadyExistsError(ids);
				const record =
					existing && whenExists === 'skip'
						? existing
						: await withFileSizes(fieldsInput.files, async () =>
								existing
									? await updateExisting(item, existing, input)
									: await createRecord(run, body),
							);
				hintIfArchived(item, record);
				return { record, ...(ids && { first: { created: !existing } }) };
			});
		});
	},
};

function alreadyExistsError(ids: Record<string, string>): InvalidInputError {
	return new InvalidInputError(
		`A qualification record with the external ID ${externalIdStrings(ids).sort().join(' or ')} already exists`,
		"Choose Skip or Update for 'If It Exists' under Options, or enter another external ID.",
	);
}
