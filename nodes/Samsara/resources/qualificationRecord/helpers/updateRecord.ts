import type { INodeProperties } from 'n8n-workflow';
import { findRecords } from '../../../api/qualifications';
import type { RunContext } from '../../../api/runContext';
import { explainFailure, InvalidInputError } from '../../../common/errors';
import type { Data, QualificationRecord, RecordBody } from '../../../api/types';
import type { Item } from '../../../execution/item';
import { hasExternalIds, mergeExternalIds } from '../../../common/ids';
import type { RecordInput } from './recordInput';

/** Workflows saved before this option existed keep the record archived, so that is the default. */
export const ifArchived: INodeProperties = {
	displayName: 'If It Is Archived',
	name: 'ifArchived',
	type: 'options',
	options: [
		{ name: 'Fail', value: 'fail', description: 'Do not change it and stop with an error' },
		{
			name: 'Keep Archived',
			value: 'keep',
			description: 'Update it but leave it archived, so it does not count as a valid qualification',
		},
		{ name: 'Unarchive', value: 'unarchive', description: 'Update it and make it active again' },
	],
	default: 'keep',
	description: 'What to do if the record to update is archived',
};

/** @throws InvalidInputError if an expression returns anything but one of the choices */
export function readIfArchived(item: Item): 'fail' | 'keep' | 'unarchive' {
	return item.option(ifArchived);
}

/**
 * Finds the active record of an owner and type with the latest issue date and, among those, the latest creation time.
 * Includes the records that this run has written: if Samsara's clock is ahead, its stream may not return them yet.
 */
export async function findNewestActive(
	run: RunContext,
	{ owner, qualificationType }: RecordBody,
): Promise<QualificationRecord | undefined> {
	const streamed = await findRecords(run, {
		entityType: owner.entityType,
		ownerIds: [owner.id],
		typeIds: [qualificationType.id],
	});
	const records = new Map(streamed.map((record) => [record.id, record]));
	for (const [id, record] of run.written.recordsById) records.set(id, record);
	return [...records.values()]
		.filter(
			(record) =>
				record.recordStatus === 'active' &&
				record.owner.id === owner.id &&
				record.qualificationType.id === qualificationType.id,
		)
		.sort(
			(a, b) =>
				Date.parse(b.issueDate) - Date.parse(a.issueDate) ||
				Date.parse(b.createdAtTime) - Date.parse(a.createdAtTime),
		)[0];
}

/**
 * Updates an existing record with the input of Create or Create or Update. Inputs left empty keep their value.
 *
 * @throws InvalidInputError if the record has another type, which no update can change, or is archived and the option
 * says to fail
 */
export async function updateExisting(
	item: Item,
	record: QualificationRecord,
	{ type, body }: RecordInput,
): Promise<QualificationRecord> {
	const existingType = record.qualificationType;
	if (existingType.id !== type.id) {
		throw new InvalidInputError(
			`'Qualification Type' is '${type.name}', but the existing record has the type '${existingType.name ?? existingType.id}'`,
			'The type of a record cannot be changed. Choose the type of the record, or use another external ID.',
		);
	}
	const whenArchived = readIfArchived(item);
	if (record.recordStatus === 'archived' && whenArchived === 'fail') {
		throw new InvalidInputError(
			`The existing record (${record.id}) is archived`,
			"Choose Unarchive for 'If It Is Archived' under Options, or use another external ID.",
		);
	}
	const { issueDate, expirationDate, fields, externalIds, owner } = body;
	const change: RecordChange = { id: record.id, issueDate };
	if (expirationDate !== undefined) change.expirationDate = expirationDate;
	if (owner.id !== record.owner.id) change.owner = owner;
	if (externalIds && !hasExternalIds(record, externalIds)) change.externalIds = externalIds;
	if (fields.length > 0) change.fields = fields;
	const updated = await updateRecord(item.run, change, record);
	return updated.recordStatus === 'archived' && whenArchived === 'unarchive'
		? await unarchiveUpdated(item.run, updated)
		: updated;
}

/** Unarchives after the update, so that an outdated record never becomes active. */
async function unarchiveUpdated(
	run: RunContext,
	record: QualificationRecord,
): Promise<QualificationRecord> {
	await explainFailure(
		async () => await run.client.post('/qualification-records/unarchive', { id: record.id }),
		(failure) =>
			failure.with({
				message: `The record was updated, but is still archived: ${failure.message}`,
				description: `Run this item again, or unarchive the record ${record.id}. ${failure.description}`,
			}),
	);
	const unarchived = { ...record, recordStatus: 'active' as const };
	run.written.recordsById.set(record.id, {
		...run.written.recordsById.get(record.id),
		...unarchived,
	});
	return unarchived;
}

/** Shows a hint, once per run, because the item looks like a success. */
export function hintIfArchived(item: Item, { id, recordStatus }: QualificationRecord): void {
	if (recordStatus !== 'archived') return;
	item.addHint(
		'archived records',
		`Record ${id} is still archived, so it does not count as a valid qualification. To make such records active, choose Update for 'If It Exists' (in Create) and Unarchive for 'If It Is Archived' under Options.`,
	);
}

/** The ID of a record and the values to change. */
export type RecordChange = Partial<Omit<RecordBody, 'qualificationType'>> & { id: string };

/**
 * Sends an update. Samsara may replace all external IDs, so the existing ones are sent along. Two items that add external
 * IDs to the same record wait for each other, and the second one includes those of the first.
 *
 * @param existing the record as it was read; required for external IDs
 */
export async function updateRecord(
	run: RunContext,
	change: RecordChange,
	existing?: QualificationRecord,
): Promise<QualificationRecord> {
	return await run.locks.withLock(`record ${change.id}`, async () => {
		const written = run.written.recordsById;
		const before = { ...existing?.externalIds, ...written.get(change.id)?.externalIds };
		const body = change.externalIds
			? { ...change, externalIds: mergeExternalIds({ externalIds: before }, change.externalIds) }
			: change;
		const { data } = await run.client.patch<Data<QualificationRecord>>(
			'/qualification-records',
			body,
		);
		written.set(data.id, { ...data, externalIds: data.externalIds ?? body.externalIds ?? before });
		return data;
	});
}
