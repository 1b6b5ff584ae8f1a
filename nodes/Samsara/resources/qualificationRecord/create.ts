import type { INodeProperties } from 'n8n-workflow';
import type { ItemOperation } from '../../execution/operation';
import { readExternalIds } from '../../fields/members';
import { Refusal } from '../../refusal';
import { externalIds } from '../shared/externalIds';
import { ifExists, readIfExists } from '../shared/ifExists';
import { simplify } from '../shared/listing';
import { options } from '../shared/options';
import { withSizes, written } from './answer';
import { betaNotice, draftForm, readDraft } from './draft';
import { hintIfArchived, ifArchived, readIfArchived } from './ifArchived';
import { byExternalIds, externalNames, inTurns, makeRecord } from './making';
import { updateTo } from './matching';
import { withSamsaraId } from './owner';

const ifKnown: INodeProperties = {
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
		...draftForm,
		simplify,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [externalIds],
		},
		options(ifArchived, ifKnown),
	],
	async execute(item) {
		const { samsara } = item;
		const mode = readIfExists(item);
		readIfArchived(item);
		const ids = readExternalIds(item.collection('additionalFields').externalIds);
		const draft = await readDraft(item);
		const { body, content } = draft;
		content.requireAll();
		body.owner = await withSamsaraId(samsara, body.owner);
		if (ids === undefined) {
			return written(
				item,
				await withSizes(content.files, async () => await makeRecord(samsara, body)),
			);
		}
		body.externalIds = ids;
		return await inTurns(samsara, ids, async () => {
			const known = await byExternalIds(samsara, ids);
			if (known && mode === 'fail') throw exists(ids);
			const record =
				known && mode === 'skip'
					? known
					: await withSizes(content.files, async () =>
							known ? await updateTo(item, known, draft) : await makeRecord(samsara, body),
						);
			await hintIfArchived(item, record);
			return written(item, record, { created: !known });
		});
	},
};

function exists(ids: Record<string, string>): Refusal {
	return new Refusal(
		`'External IDs' has ${externalNames(ids).join(', ')}, which a qualification record already has`,
		"Choose Skip or Update for 'If It Exists' under Options, or give another external ID.",
	);
}
