import type { INodeProperties } from 'n8n-workflow';
import type { ItemOperation } from '../../execution/operation';
import { externalIdStrings, readExternalIds } from '../../fields/externalIds';
import { InvalidInputError } from '../../common/errors';
import { externalIds } from '../shared/externalIds';
import { ifExists, readIfExists } from '../shared/ifExists';
import { simplify } from '../shared/pagination';
import { options } from '../shared/options';
import { withFileSizes, toOutput } from './helpers/output';
import { betaNotice, recordProperties, readRecordInput } from './helpers/recordInput';
import { hintIfArchived, ifArchived, readIfArchived } from './helpers/ifArchived';
import { findByExternalIds, inTurns, createRecord } from './helpers/createRecord';
import { updateExisting } from './helpers/updateExisting';
import { resolveOwner } from './helpers/owner';

const ifExistsOption: INodeProperties = {
	...ifExists,
	description:
		"What to do when a record already has an external ID that is given under 'Additional Fields'. Without an external ID a record is always created.",
};

export const create: ItemOperation = {
	name: 'Create',
	value: 'create',
	action: 'Create qualification record',
	description:
		'Create a qualification record, such as a licence or medical card of a driver, with files',
	properties: [
		betaNotice,
		...recordProperties,
		simplify,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [externalIds],
		},
		options(ifArchived, ifExistsOption),
	],
	async execute(item) {
		const { run } = item;
		const mode = readIfExists(item);
		readIfArchived(item);
		const ids = readExternalIds(item.collection('additionalFields').externalIds);
		const input = await readRecordInput(item);
		const { body, fieldsInput } = input;
		fieldsInput.requireAll();
		body.owner = await resolveOwner(run, body.owner);
		if (ids === undefined) {
			return toOutput(
				item,
				await withFileSizes(fieldsInput.files, async () => await createRecord(run, body)),
			);
		}
		body.externalIds = ids;
		return await inTurns(run, ids, async () => {
			const existing = await findByExternalIds(run, ids);
			if (existing && mode === 'fail') throw alreadyExistsError(ids);
			const record =
				existing && mode === 'skip'
					? existing
					: await withFileSizes(fieldsInput.files, async () =>
							existing
								? await updateExisting(item, existing, input)
								: await createRecord(run, body),
						);
			hintIfArchived(item, record);
			return toOutput(item, record, { created: !existing });
		});
	},
};

function alreadyExistsError(ids: Record<string, string>): InvalidInputError {
	return new InvalidInputError(
		`'External IDs' has ${externalIdStrings(ids).sort().join(', ')}, which a qualification record already has`,
		"Choose Skip or Update for 'If It Exists' under Options, or give another external ID.",
	);
}
