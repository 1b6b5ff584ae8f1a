import type { RunContext } from '../../../api/runContext';
import { CLOCK_SKEW_MS, SERVER_SKEW_MS } from '../../../api/clock';
import { findByAnyId, externalIdStrings, hasExternalIds } from '../../../common/ids';
import { findRecords, recordsById } from '../../../api/qualifications';
import type { Data, QualificationRecord, RecordBody } from '../../../api/types';
import { InvalidInputError } from '../../../common/errors';
import { mayHaveDates, sameDates, sameFields } from '../../../fields/qualification/recordEquality';

/**
 * Creates a record exactly once. If it is unclear whether Samsara processed a request, the record is searched for before
 * the request is repeated: by external ID, or else among the records changed since the request was sent. Items with the
 * same owner and type run one after another, and a record that another item created is never mistaken for this one.
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

/** The lock for creating records of one owner and type. */
export function recordLockKey({ owner, qualificationType }: RecordBody): string {
	return `records of ${owner.id} ${qualificationType.id}`;
}

/** Like `createRecord`, for a caller that already has the lock. */
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
				? await findByAllExternalIds(run, body.externalIds)
				: await findByContent(run, body, sent, written);
			return found && { data: found };
		},
	);
	written.set(data.id, data);
	return data;
}

/**
 * Finds the record that has any of these external IDs. Ignores deleted records, in case Samsara still returns them.
 *
 * @throws SamsaraApiError if records cannot be read; InvalidInputError if the IDs belong to different records
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
		`'External IDs' contains ${first.name} and ${other.name}, which belong to two different records (${first.record.id} and ${other.record.id})`,
		'Enter external IDs of one record only, or correct the IDs of one of the records.',
	);
}

/** @throws Error if a record has only some of the external IDs: our request would have set all of them */
async function findByAllExternalIds(
	run: RunContext,
	externalIds: Record<string, string>,
): Promise<QualificationRecord | undefined> {
	const found = await findByExternalIds(run, externalIds);
	if (found && !hasExternalIds(found, externalIds))
		throw new Error('Another record has the external ID');
	return found;
}

/** Runs `work` while no other item of the run works with any of these external IDs. */
export async function withExternalIdLocks<T>(
	run: RunContext,
	externalIds: Record<string, string> = {},
	work: () => Promise<T>,
): Promise<T> {
	const keys = externalIdStrings(externalIds).map((name) => `record ${name}`);
	return await run.locks.withLocks(keys, work);
}

/**
 * Creation times come from Samsara's clock, so the time of the request is converted to it. If our clock were ahead, a
 * record created before the request could be mistaken for its result.
 *
 * @throws Error if there is a record that may or may not be the result of the request
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
				mayHaveDates(body, record),
		},
	);
	if (candidates.length === 0) return undefined;
	const startedAt = run.client.timeAtSamsara(sent);
	const matches = candidates.filter(
		(record) =>
			startedAt !== undefined &&
			Date.parse(record.createdAtTime) >= startedAt - SERVER_SKEW_MS &&
			sameDates(body, record) &&
			sameFields(body, record),
	);
	if (matches.length === 1) return matches[0];
	throw new Error('Some records may or may not be the result of this request');
}
