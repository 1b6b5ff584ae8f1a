import type { ItemOperation, Output } from '../../execution/operation';
import type { Item } from '../../execution/item';
import type { QualificationRecord } from '../../api/types';
import { Refusal } from '../../refusal';
import { inTurn } from '../shared/inTurn';
import { simplify } from '../shared/listing';
import { options } from '../shared/options';
import { withSizes, written } from './answer';
import { betaNotice, draftForm, readDraft, type Draft } from './draft';
import { hintIfArchived, ifArchived, readIfArchived } from './ifArchived';
import { byExternalIds, inTurns, makeInTurn, makeRecord, turnOf } from './making';
import { newestLike, updateTo } from './matching';
import { withSamsaraId } from './owner';

export const upsert: ItemOperation = {
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update qualification record',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	properties: [
		betaNotice,
		{
			displayName: 'Match By',
			name: 'matchBy',
			type: 'options',
			options: [
				{
					name: 'External ID',
					value: 'externalId',
					description: 'The record that has the external ID; a new one gets it',
				},
				{
					name: 'Owner and Qualification Type',
					value: 'ownerAndType',
					description: 'The newest active record of the owner and type',
				},
			],
			default: 'ownerAndType',
			description: 'How the record to update is found',
		},
		{
			displayName: 'External ID',
			name: 'externalId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. hrCardId:4711',
			displayOptions: { show: { matchBy: ['externalId'] } },
			description: "The record's ID in another system: a key, a colon and the value",
		},
		...draftForm,
		simplify,
		options(ifArchived),
	],
	async execute(item) {
		readIfArchived(item);
		const matchBy = item.choice('matchBy', 'Match By', ['externalId', 'ownerAndType']);
		const externalIds = matchBy === 'externalId' ? readExternalId(item) : undefined;
		const draft = await readDraft(item);
		const { samsara } = item;
		draft.body.owner = await withSamsaraId(samsara, draft.body.owner);
		if (externalIds === undefined) {
			return await inTurn(
				samsara,
				turnOf(draft.body),
				async () => await put(item, draft, await newestLike(samsara, draft.body), makeInTurn),
			);
		}
		draft.body.externalIds = externalIds;
		return await inTurns(
			samsara,
			externalIds,
			async () => await put(item, draft, await byExternalIds(samsara, externalIds), makeRecord),
		);
	},
};

async function put(
	item: Item,
	draft: Draft,
	known: QualificationRecord | undefined,
	make: typeof makeRecord,
): Promise<Output> {
	if (!known) draft.content.requireAll();
	const record = await withSizes(draft.content.files, async () =>
		known ? await updateTo(item, known, draft) : await make(item.samsara, draft.body),
	);
	await hintIfArchived(item, record);
	return written(item, record, { created: !known });
}

function readExternalId(item: Item): Record<string, string> {
	const text = item.text('externalId', 'External ID');
	const match = /^([^:\s,]+):([^,]*[^,\s])$/.exec(text);
	if (match) return { [match[1]]: match[2] };
	throw new Refusal(
		`'External ID' is '${text}', which is no key and value`,
		'Give the key, a colon and the value, like hrCardId:4711, without a comma.',
	);
}
