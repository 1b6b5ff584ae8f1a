import type { INodeProperties } from 'n8n-workflow';
import type { RunContext } from '../../../api/runContext';
import { SamsaraApiError } from '../../../api/samsaraApiError';
import type { QualificationRecord } from '../../../api/types';
import { toError, InvalidInputError } from '../../../common/errors';
import type { Item } from '../../../execution/item';
import { toText } from '../../../common/toText';

/**
 * What an update by external ID does with a record that is archived. Workflows saved before there was a choice keep it
 * archived; a hint then says that it does not count.
 */
export const ifArchived: INodeProperties = {
	displayName: 'If It Is Archived',
	name: 'ifArchived',
	type: 'options',
	options: [
		{ name: 'Fail', value: 'fail', description: 'Leave it as it is and stop with a message' },
		{
			name: 'Keep Archived',
			value: 'keep',
			description: 'Update it, but leave it archived, so that it does not count as held',
		},
		{ name: 'Unarchive', value: 'unarchive', description: 'Update it and make it active again' },
	],
	default: 'keep',
	description: 'What to do when the record to update is archived',
};

/** What the person chose. @throws InvalidInputError for anything else, which an expression may give */
export function readIfArchived(item: Item): 'fail' | 'keep' | 'unarchive' {
	const { ifArchived: chosen = 'keep' } = item.collection('options');
	if (chosen === 'fail' || chosen === 'keep' || chosen === 'unarchive') return chosen;
	throw new InvalidInputError(
		`'If It Is Archived' is '${toText(chosen)}'`,
		"Choose one of fail, keep, unarchive in 'If It Is Archived'.",
	);
}

/** For a record that is archived and must not be. */
export function archivedRefusal({ id }: QualificationRecord): InvalidInputError {
	return new InvalidInputError(
		`The record that exists (${id}) is archived`,
		"Choose Unarchive for 'If It Is Archived' under Options, or use another external ID.",
	);
}

/** Makes a record that was just updated active. After the update, so that no outdated record ever becomes active. */
export async function unarchived(
	run: RunContext,
	record: QualificationRecord,
): Promise<QualificationRecord> {
	try {
		await run.client.post('/qualification-records/unarchive', { id: record.id });
	} catch (error) {
		throw stillArchived(error, record);
	}
	return { ...record, recordStatus: 'active' };
}

function stillArchived(error: unknown, { id }: QualificationRecord): Error {
	if (!(error instanceof SamsaraApiError)) return toError(error);
	return new SamsaraApiError({
		...error,
		message: `The record was updated, but is still archived: ${error.message}`,
		description: `Run this item again, or unarchive the record ${id}. ${error.description}`,
	});
}

/** Tells the person, once a run, that what looks like a success does not count. */
export function hintIfArchived(item: Item, { id, recordStatus }: QualificationRecord): void {
	if (recordStatus !== 'archived') return;
	item.addHint(
		'archived records',
		`Record ${id} is archived and stays so: it does not count as held. To make such records active, choose Update for 'If It Exists' (in Create) and Unarchive for 'If It Is Archived' under Options.`,
	);
}
