import { findRecords } from '../../../api/qualifications';
import type { RunContext } from '../../../api/runContext';
import type { Data, QualificationRecord, RecordBody } from '../../../api/types';
import type { Item } from '../../../execution/item';
import { InvalidInputError } from '../../../common/errors';
import { hasExternalIds, mergeExternalIds } from '../../../fields/externalIds';
import type { RecordInput } from './recordInput';
import { archivedRefusal, readIfArchived, unarchived } from './ifArchived';

/**
 * The newest active record of a draft's owner and type: the one issued last, and of those the one made last. What this
 * run has written itself is known without the stream, which may lie before it if Samsara's clock is ahead of ours.
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
 * Changes a record to what a draft says. What the draft leaves open stays as it is.
 *
 * @throws InvalidInputError for a record of another type, which no update can change, and for an archived one if so chosen
 */
export async function updateExisting(
	item: Item,
	record: QualificationRecord,
	{ type, body }: RecordInput,
): Promise<QualificationRecord> {
	const existingType = record.qualificationType;
	if (existingType.id !== type.id) {
		throw new InvalidInputError(
			`'Qualification Type' is '${type.name}', but the record that exists is of the type '${existingType.name ?? existingType.id}'`,
			"A record's type cannot be changed. Pick its type, or use another external ID.",
		);
	}
	const whenArchived = readIfArchived(item);
	if (record.recordStatus === 'archived' && whenArchived === 'fail') throw archivedRefusal(record);
	const { issueDate, expirationDate, fields, externalIds, owner } = body;
	const change: RecordChange = { id: record.id, issueDate };
	if (expirationDate !== undefined) change.expirationDate = expirationDate;
	if (owner.id !== record.owner.id) change.owner = owner;
	if (externalIds && !hasExternalIds(record, externalIds)) change.externalIds = externalIds;
	if (fields.length > 0) change.fields = fields;
	const changed = await changeRecord(item.run, change, record);
	return changed.recordStatus === 'archived' && whenArchived === 'unarchive'
		? await unarchived(item.run, changed)
		: changed;
}

/** A record's ID and what is to be changed. */
export type RecordChange = Partial<Omit<RecordBody, 'qualificationType'>> & { id: string };

/**
 * Sends a change. External IDs go with those that the record has besides, since Samsara may replace them all; two items
 * that give one record external IDs take turns, and the second knows what the first has written.
 *
 * @param streamed the record as it was read; needed for external IDs
 */
export async function changeRecord(
	run: RunContext,
	change: RecordChange,
	streamed?: QualificationRecord,
): Promise<QualificationRecord> {
	return await run.locks.withLock(`record ${change.id}`, async () => {
		const written = run.written.recordsById;
		const before = { ...streamed?.externalIds, ...written.get(change.id)?.externalIds };
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
