import type { SamsaraClient } from '../../api/client';
import { CLOCK_SKEW_MS } from '../../api/clock';
import { bearerOf } from '../../api/ids';
import { findRecords, recordsById } from '../../api/qualifications';
import type { Data, QualificationRecord, RecordDraft } from '../../api/types';
import { sameDates, sameFields } from '../../fields/qualification/match';
import { Refusal } from '../../refusal';
import { inTurn, inTurnOfAll } from '../shared/inTurn';

/** By how much the clocks of Samsara's machines may differ. A record that is older than the call by more is another one. */
const JUST_NOW_MS = 1_000;

/**
 * Makes a record, once. Where it stays open whether the call was carried out, the record is looked for before the call
 * is repeated: by external ID, else in the stream since the call began. Items of one owner and type take turns, and a
 * record that another item of the run has made is not taken for this one's.
 */
export async function makeRecord(
	samsara: SamsaraClient,
	draft: RecordDraft,
): Promise<QualificationRecord> {
	return await inTurn(samsara, turnOf(draft), async () => await makeInTurn(samsara, draft));
}

/** The turn that records of one owner and type take. */
export function turnOf({ owner, qualificationType }: RecordDraft): string {
	return `records of ${owner.id} ${qualificationType.id}`;
}

/** `makeRecord` for one who has the turn. */
export async function makeInTurn(
	samsara: SamsaraClient,
	draft: RecordDraft,
): Promise<QualificationRecord> {
	const known = await writtenRecords(samsara);
	const { data } = await samsara.create<Data<QualificationRecord>>(
		'/qualification-records',
		draft,
		async (sent) => {
			const found = draft.externalIds
				? await byAllExternalIds(samsara, draft.externalIds)
				: await byContent(samsara, draft, sent, known);
			return found && { data: found };
		},
	);
	known.set(data.id, data);
	return data;
}

/** The records that this run has made or changed, by ID. */
export async function writtenRecords(
	samsara: SamsaraClient,
): Promise<Map<string, QualificationRecord>> {
	return await samsara.once('records written', async () => new Map<string, QualificationRecord>());
}

/**
 * The record that has any of these external IDs. A deleted one is none, should Samsara still give it.
 *
 * @throws SamsaraFailure when that cannot be read; Refusal where they belong to different records
 */
export async function byExternalIds(
	samsara: SamsaraClient,
	externalIds: Record<string, string>,
): Promise<QualificationRecord | undefined> {
	const names = externalNames(externalIds);
	const { records, refused } = await recordsById(samsara, names);
	for (const failure of refused.values()) if (failure.status !== 404) throw failure;
	const present = records.filter(({ recordStatus }) => recordStatus !== 'deleted');
	const bearers = names.flatMap((name) => {
		const record = bearerOf(present, name);
		return record ? [{ name, record }] : [];
	});
	const [first] = bearers;
	const other = bearers.find(({ record }) => record.id !== first.record.id);
	if (!other) return first?.record;
	throw new Refusal(
		`'External IDs' has ${first.name} and ${other.name}, which belong to two different records (${first.record.id} and ${other.record.id})`,
		'Give external IDs of one record only, or correct them in one of the two.',
	);
}

/** @throws Error where a record has some of the external IDs only: a call of ours would have given it all */
async function byAllExternalIds(
	samsara: SamsaraClient,
	externalIds: Record<string, string>,
): Promise<QualificationRecord | undefined> {
	const found = await byExternalIds(samsara, externalIds);
	if (found && !hasAll(found, externalIds)) throw new Error('Another record has the external ID');
	return found;
}

/** True for a record that bears all these external IDs. */
export function hasAll(
	{ externalIds = {} }: Pick<QualificationRecord, 'externalIds'>,
	wanted: Record<string, string>,
): boolean {
	return Object.entries(wanted).every(([key, value]) => externalIds[key] === value);
}

/** `hrCardId:4711`, sorted. */
export function externalNames(externalIds: Record<string, string>): string[] {
	return Object.entries(externalIds)
		.map(([key, value]) => `${key}:${value}`)
		.sort();
}

/** Works while no other item of the run works on any of these external IDs. */
export async function inTurns<T>(
	samsara: SamsaraClient,
	externalIds: Record<string, string>,
	work: () => Promise<T>,
): Promise<T> {
	const keys = externalNames(externalIds).map((name) => `record ${name}`);
	return await inTurnOfAll(samsara, keys, work);
}

/**
 * Times of records are Samsara's, so the call is put on Samsara's clock: with ours ahead, a record that was made before
 * it would pass for its own.
 *
 * @throws Error where a record is there that may or may not have come of the call
 */
async function byContent(
	samsara: SamsaraClient,
	draft: RecordDraft,
	sent: number,
	known: Map<string, QualificationRecord>,
): Promise<QualificationRecord | undefined> {
	const { owner, qualificationType } = draft;
	const earliest = (samsara.timeAtSamsara(sent) ?? sent) - CLOCK_SKEW_MS;
	const candidates = await findRecords(
		samsara,
		{
			entityType: owner.entityType,
			ownerIds: [owner.id],
			typeIds: [qualificationType.id],
			updatedAfter: new Date(earliest).toISOString(),
		},
		{
			keep: (record) =>
				!known.has(record.id) &&
				Date.parse(record.createdAtTime) >= earliest &&
				sameDates(draft, record),
		},
	);
	if (candidates.length === 0) return undefined;
	const began = samsara.timeAtSamsara(sent);
	const own = candidates.filter(
		(record) =>
			began !== undefined &&
			Date.parse(record.createdAtTime) >= began - JUST_NOW_MS &&
			sameFields(draft, record),
	);
	if (own.length === 1) return own[0];
	throw new Error('Records are there that may have come of this call');
}
