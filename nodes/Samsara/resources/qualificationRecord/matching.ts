import { findRecords } from '../../api/qualifications';
import type { SamsaraClient } from '../../api/client';
import type { QualificationRecord, RecordDraft } from '../../api/types';
import { Refusal } from '../../refusal';
import { inTurn } from '../shared/inTurn';
import type { Draft } from './draft';
import { writtenRecords } from './making';

/**
 * The newest active record of a draft's owner and type: the one issued last, and of those the one made last. What this
 * run has written itself is known without the stream, which may lie before it if Samsara's clock is ahead of ours.
 */
export async function newestLike(
	samsara: SamsaraClient,
	{ owner, qualificationType }: RecordDraft,
): Promise<QualificationRecord | undefined> {
	const read = await findRecords(samsara, {
		entityType: owner.entityType,
		ownerIds: [owner.id],
		typeIds: [qualificationType.id],
	});
	const records = new Map(read.map((record) => [record.id, record]));
	for (const [id, record] of await writtenRecords(samsara)) records.set(id, record);
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

/** Works while no other item of the run works on any of these external IDs. */
export async function inTurns<T>(
	samsara: SamsaraClient,
	names: string[],
	work: () => Promise<T>,
): Promise<T> {
	// Sorted names are taken in one order by all, so that no two items wait for each other.
	const [name, ...others] = names;
	if (name === undefined) return await work();
	return await inTurn(samsara, `record ${name}`, async () => await inTurns(samsara, others, work));
}

/**
 * Changes a record to what a draft says. What the draft leaves open stays as it is.
 *
 * @throws Refusal for a record of another type, which no update can change
 */
export async function updateTo(
	samsara: SamsaraClient,
	record: QualificationRecord,
	{ type, body }: Draft,
): Promise<QualificationRecord> {
	const known = record.qualificationType;
	if (known.id !== type.id) {
		throw new Refusal(
			`'Qualification Type' is '${type.name}', but the record that exists is of the type '${known.name ?? known.id}'`,
			"A record's type cannot be changed. Pick its type, or use another external ID.",
		);
	}
	const { issueDate, expirationDate, fields, externalIds, owner } = body;
	const change: Record<string, unknown> = { id: record.id, issueDate };
	if (expirationDate !== undefined) change.expirationDate = expirationDate;
	if (owner.id !== record.owner.id) change.owner = owner;
	if (externalIds && !hasAll(record, externalIds)) change.externalIds = externalIds;
	if (fields.length > 0) change.fields = fields;
	const { data } = await samsara.patch<{ data: QualificationRecord }>(
		'/qualification-records',
		change,
	);
	(await writtenRecords(samsara)).set(data.id, data);
	return data;
}

function hasAll({ externalIds = {} }: QualificationRecord, wanted: Record<string, string>) {
	return Object.entries(wanted).every(([key, value]) => externalIds[key] === value);
}
