import { toError } from '../common/errors';
import type { RunContext } from './runContext';
import { clock, CLOCK_SKEW_MS } from './clock';
import { SamsaraApiError } from './samsaraApiError';
import { collect, paginate, keepPartial, type OnPartial } from './pagination';
import { chunkIds } from './chunkIds';
import { NewestRecords, readStream, updatedAt, type ReadPages } from './streamReader';
import type { OwnerEntityType, QualificationRecord, QualificationType, Data } from './types';

/** No record is older: Samsara was founded in 2015. The stream asks for a time to start from. */
export const EARLIEST_RECORD_TIME = '2015-01-01T00:00:00Z';

/** Statuses that one bad ID among many may cause. */
const BAD_ID_STATUSES = new Set([400, 404]);

/**
 * Records by ID or external ID, in any order; unknown ones are absent.
 *
 * @param ids one portion
 * @returns what was found, and the failures of single IDs: where Samsara refuses the call because of one bad ID, the
 * others are read without it
 * @throws SamsaraApiError when the call fails for another reason
 */
export async function recordsById(
	run: RunContext,
	ids: string[],
): Promise<{ records: QualificationRecord[]; failures: Map<string, SamsaraApiError> }> {
	try {
		const { data } = await run.client.get<Data<QualificationRecord[]>>('/qualification-records', {
			ids,
			includeExternalIds: true,
		});
		return { records: data, failures: new Map() };
	} catch (error) {
		if (!(error instanceof SamsaraApiError) || !BAD_ID_STATUSES.has(error.status))
			throw toError(error);
		if (ids.length === 1) return { records: [], failures: new Map([[ids[0], error]]) };
	}
	const middle = ids.length >> 1;
	const first = await recordsById(run, ids.slice(0, middle));
	const second = await recordsById(run, ids.slice(middle));
	return {
		records: [...first.records, ...second.records],
		failures: new Map([...first.failures, ...second.failures]),
	};
}

/** Which records the stream gives. Times are RFC 3339. */
export interface RecordSelection {
	entityType: OwnerEntityType;
	/** Any number; several streams are read where there are over 100. */
	typeIds?: string[];
	/** Samsara IDs, any number. */
	ownerIds?: string[];
	/** Inclusive. */
	updatedAfter?: string;
	/** Exclusive. */
	updatedBefore?: string;
	includeDeleted?: boolean;
}

/**
 * Records by what they are, oldest change first, each once in its newest version; with `keep`, only those that pass
 * it count. `limit` and `onPartial` as in `collect`.
 */
export async function findRecords(
	run: RunContext,
	{
		typeIds = [],
		ownerIds = [],
		updatedAfter = EARLIEST_RECORD_TIME,
		updatedBefore,
		...selection
	}: RecordSelection,
	{
		limit = Infinity,
		keep = () => true,
		onPartial,
	}: {
		limit?: number;
		keep?: (record: QualificationRecord) => boolean;
		onPartial?: OnPartial;
	} = {},
): Promise<QualificationRecord[]> {
	const window = {
		from: Date.parse(updatedAfter),
		to: updatedBefore === undefined ? Infinity : Date.parse(updatedBefore),
	};
	const isSelected = selects({ typeIds, ownerIds, ...selection });
	const records = new NewestRecords(
		(record) =>
			isSelected(record) &&
			!(updatedAt(record) < window.from || updatedAt(record) >= window.to) &&
			keep(record),
	);
	let hasPages = false;
	const parts = chunksOrAll(typeIds).flatMap((types) =>
		chunksOrAll(ownerIds).map((owners) =>
			streamOf(run, { ...selection, typeIds: types, ownerIds: owners }),
		),
	);
	await keepPartial(
		onPartial,
		() => hasPages,
		async () => {
			const all = streamOf(run, { entityType: selection.entityType, includeDeleted: true });
			await readStream({ parts, all }, records, window, clock.now, () => {
				hasPages ||= !records.values().next().done;
				return records.count >= limit;
			});
		},
	);
	const found = records.list();
	return found.length > limit ? found.slice(0, limit) : found;
}

/** Whether a record is of these types and owners, where any are named. */
export function selects({
	typeIds = [],
	ownerIds = [],
	includeDeleted = false,
}: Pick<RecordSelection, 'typeIds' | 'ownerIds' | 'includeDeleted'>): (
	record: QualificationRecord,
) => boolean {
	const types = new Set(typeIds.map((id) => id.toLowerCase()));
	const owners = new Set(ownerIds);
	return ({ recordStatus, qualificationType, owner }) =>
		(includeDeleted || recordStatus !== 'deleted') &&
		(types.size === 0 || types.has(qualificationType.id.toLowerCase())) &&
		(owners.size === 0 || owners.has(owner.id));
}

/**
 * A list of the stream, page by page. It always has an end, without which the stream would go on for ever.
 *
 * @param selection at most 100 types and 100 owners
 */
export function streamOf(
	run: RunContext,
	selection: Omit<RecordSelection, 'updatedAfter' | 'updatedBefore'>,
): ReadPages {
	return (from, to) =>
		paginate<QualificationRecord>(
			run.client,
			'/qualification-records/stream',
			{
				entityType: selection.entityType,
				startTime: rfc3339(from),
				endTime: rfc3339(to),
				qualificationTypeIds: selection.typeIds,
				ownerIds: selection.ownerIds,
				includeDeleted: selection.includeDeleted ? true : undefined,
				includeExternalIds: true,
			},
			{ isLive: to > clock.now() - CLOCK_SKEW_MS },
		);
}

function rfc3339(time: number): string {
	return new Date(time).toISOString().replace('.000Z', 'Z');
}

/** All types of an entity type, read once in a run. */
export async function qualificationTypes(
	run: RunContext,
	entityType: OwnerEntityType,
): Promise<QualificationType[]> {
	return await run.cache.qualificationTypes.get(
		entityType,
		async () =>
			await collect<QualificationType>(run.client, '/qualification-types', { entityType }),
	);
}

function chunksOrAll(ids: string[]): Array<string[] | undefined> {
	return ids.length === 0 ? [undefined] : chunkIds(ids);
}
