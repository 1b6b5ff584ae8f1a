import type { SamsaraApiError } from '../common/errors';
import { normalize } from '../common/coercion';
import type { RunContext } from './runContext';
import { clock, CLOCK_SKEW_MS } from './clock';
import { collect, keepPartial, pagesOf, type OnPartial } from './pagination';
import { chunkIds, readInHalves } from './chunkIds';
import { NewestRecords, readStream } from './streamReader';
import type { ReadPages } from './timeWindows';
import type { OwnerEntityType, QualificationRecord, QualificationType, Data } from './types';

/** No record is older: Samsara was founded in 2015. The stream asks for a time to start from. */
export const EARLIEST_RECORD_TIME = '2015-01-01T00:00:00Z';

/**
 * Records by ID or external ID, in any order; those not found are absent.
 *
 * @param ids as many as fit into one call
 * @returns the records, and the failures by ID: if Samsara rejects the call because of one ID, the others are read
 * without it
 * @throws SamsaraApiError if the call fails for another reason
 */
export async function recordsById(
	run: RunContext,
	ids: string[],
): Promise<{ records: QualificationRecord[]; failures: Map<string, SamsaraApiError> }> {
	const { found, failures } = await readInHalves(ids, async (some) => {
		const query = { ids: some, includeExternalIds: true };
		return (await run.client.get<Data<QualificationRecord[]>>('/qualification-records', query))
			.data;
	});
	return { records: found, failures };
}

/** Selects records from the stream. Times are RFC 3339. */
export interface RecordSelection {
	entityType: OwnerEntityType;
	/** Any number; for more than 100, several streams are read. */
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
 * Records that match a selection, oldest change first, each once in its newest version. `limit`, `keep` and `onPartial`
 * work as in `collect`.
 *
 * @param options.convert what to return of each record: the record itself takes a lot of memory until the list is complete
 */
export async function findRecords<T extends object = QualificationRecord>(
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
		convert = (record) => record as object as T,
	}: {
		limit?: number;
		keep?: (record: QualificationRecord) => boolean;
		onPartial?: OnPartial;
		convert?: (record: QualificationRecord) => T;
	} = {},
): Promise<T[]> {
	const window = {
		from: Date.parse(updatedAfter),
		to: updatedBefore === undefined ? Infinity : Date.parse(updatedBefore),
	};
	const isSelected = selects({ typeIds, ownerIds, ...selection });
	const records = new NewestRecords(({ record, time }) => {
		const isInWindow = !(time < window.from || time >= window.to);
		return isInWindow && isSelected(record) && keep(record) ? convert(record) : undefined;
	});
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
			const { entityType } = selection;
			const all = streamOf(run, { entityType, includeDeleted: true });
			const stream = { entityType, parts, all };
			const isEnough = () => {
				hasPages ||= records.size > 0;
				return records.count >= limit;
			};
			// With a limit, only the oldest changes are needed.
			const maxReaders = limit === Infinity ? undefined : 1;
			const samsaraTime = run.client.timeAtSamsara.bind(run.client);
			await readStream(stream, records, [window], clock.now, {
				isEnough,
				maxReaders,
				samsaraTime,
			});
		},
	);
	const found = records.list();
	return found.length > limit ? found.slice(0, limit) : found;
}

/** A test whether a record has one of these types and owners, as far as any are specified. */
export function selects({
	typeIds = [],
	ownerIds = [],
	includeDeleted = false,
}: Pick<RecordSelection, 'typeIds' | 'ownerIds' | 'includeDeleted'>): (
	record: QualificationRecord,
) => boolean {
	const types = new Set(typeIds.map(normalize));
	const owners = new Set(ownerIds);
	return ({ recordStatus, qualificationType, owner }) =>
		(includeDeleted || recordStatus !== 'deleted') &&
		(types.size === 0 || types.has(normalize(qualificationType.id))) &&
		(owners.size === 0 || owners.has(owner.id));
}

/**
 * Reads part of the stream, page by page. It always has an end time, because the stream would otherwise never end.
 *
 * @param selection at most 100 types and 100 owners
 */
export function streamOf(
	run: RunContext,
	selection: Omit<RecordSelection, 'updatedAfter' | 'updatedBefore'>,
): ReadPages {
	return (from, to) =>
		pagesOf<QualificationRecord>(
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

/** All qualification types of drivers or assets, read once per run. */
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
