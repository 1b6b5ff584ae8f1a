import type { RunContext } from '../../../api/runContext';
import { CLOCK_SKEW_MS, SERVER_SKEW_MS } from '../../../api/clock';
import { findByAnyId } from '../../../api/ids';
import { findRecords, recordsById } from '../../../api/qualifications';
import type { Data, QualificationRecord, RecordBody } from '../../../api/types';
import { externalIdStrings, hasExternalIds } from '../../../fields/externalIds';
import { sameDates, sameFields } from '../../../fields/qualification/recordEquality';
import { InvalidInputError } from '../../../common/errors';

/**
 * Makes a record, once. Where it stays open whether the call was carried out, the record is looked for before the call
 * is repeated: by external ID, else in the stream since the call began. Items of one owner and type take turns, and a
 * record that another item of the run has made is not taken for this one's.
 */
export async function createRecord(
	run: RunContext,
	body: RecordBody,
): Promise<QualificationRecord> {
	return await run.locks.withLock(
		recordLockKey(body),
		async () => await createRecordLocked(run, body),
	);
}

/** The turn that records of one owner and type take. */
export function recordLockKey({ owner, qualificationType }: RecordBody): string {
	return `records of ${owner.id} ${qualificationType.id}`;
}

/** `createRecord` for one who has the turn. */
export async function createRecordLocked(
	run: RunContext,
	body: RecordBody,
): Promise<QualificationRecord> {
	const written = run.written.recordsById;
	const { data } = await run.client.create<Data<QualificationRecord>>(
		'/qualification-records',
		body,
		async (sent) => {
			const found = body.externalIds
				? await byAllExternalIds(run, body.externalIds)
				: await findByContent(run, body, sent, written);
			return found && { data: found };
		},
	);
	written.set(data.id, data);
	return data;
}

/**
 * The record that has any of these external IDs. A deleted one is none, should Samsara still give it.
 *
 * @throws SamsaraApiError when that cannot be read; InvalidInputError where they belong to different records
 */
export async function findByExternalIds(
	run: RunContext,
	externalIds: Record<string, string>,
): Promise<QualificationRecord | undefined> {
	const idStrings = externalIdStrings(externalIds).sort();
	const { records, failures } = await recordsById(run, idStrings);
	for (const failure of failures.values()) if (failure.status !== 404) throw failure;
	const undeleted = records.filter(({ recordStatus }) => recordStatus !== 'deleted');
	const matchesById = idStrings.flatMap((name) => {
		const record = findByAnyId(undeleted, name);
		return record ? [{ name, record }] : [];
	});
	const [first] = matchesById;
	const other = matchesById.find(({ record }) => record.id !== first.record.id);
	if (!other) return first?.record;
	throw new InvalidInputError(
		`'External IDs' has ${first.name} and ${other.name}, which belong to two different records (${first.record.id} and ${other.record.id})`,
		'Give external IDs of one record only, or correct them in one of the two.',
	);
}

/** @throws Error where a record has some of the external IDs only: a call of ours would have given it all */
async function byAllExternalIds(
	run: RunContext,
	externalIds: Record<string, string>,
): Promise<QualificationRecord | undefined> {
	const found = await findByExternalIds(run, externalIds);
	if (found && !hasExternalIds(found, externalIds))
		throw new Error('Another record has the external ID');
	return found;
}

/** Works while no other item of the run works on any of these external IDs. */
export async function inTurns<T>(
	run: RunContext,
	externalIds: Record<string, string>,
	work: () => Promise<T>,
): Promise<T> {
	const keys = externalIdStrings(externalIds)
		.sort()
		.map((name) => `record ${name}`);
	return await run.locks.withLocks(keys, work);
}

/**
 * Times of records are Samsara's, so the call is put on Samsara's clock: with ours ahead, a record that was made before
 * it would pass for its own.
 *
 * @throws Error where a record is there that may or may not have come of the call
 */
async function findByContent(
	run: RunContext,
	body: RecordBody,
	sent: number,
	written: Map<string, QualificationRecord>,
): Promise<QualificationRecord | undefined> {
	const { owner, qualificationType } = body;
	const earliest = (run.client.timeAtSamsara(sent) ?? sent) - CLOCK_SKEW_MS;
	const candidates = await findRecords(
		run,
		{
			entityType: owner.entityType,
			ownerIds: [owner.id],
			typeIds: [qualificationType.id],
			updatedAfter: new Date(earliest).toISOString(),
		},
		{
			keep: (record) =>
				!written.has(record.id) &&
				Date.parse(record.createdAtTime) >= earliest &&
				sameDates(body, record),
		},
	);
	if (candidates.length === 0) return undefined;
	const startedAt = run.client.timeAtSamsara(sent);
	const matches = candidates.filter(
		(record) =>
			startedAt !== undefined &&
			Date.parse(record.createdAtTime) >= startedAt - SERVER_SKEW_MS &&
			sameFields(body, record),
	);
	if (matches.length === 1) return matches[0];
	throw new Error('Records are there that may have come of this call');
}
