import { asError } from '../asError';
import type { SamsaraClient } from './client';
import { clock } from './clock';
import { SamsaraFailure } from './failure';
import { collect, pages, untilBroken, type Broken } from './pages';
import { portions } from './portions';
import type { OwnerEntityType, QualificationRecord, QualificationType, Data } from './types';

/** No record is older: Samsara was founded in 2015. The stream asks for a time to start from. */
export const BEGINNING = '2015-01-01T00:00:00Z';

/** Records that change while a stream is read are read after it, unless they change faster than that. */
const MOST_PASSES = 5;

/** Statuses that one bad ID among many may cause. */
const ONE_BAD_ID = new Set([400, 404]);

/**
 * Records by ID or external ID, in any order; unknown ones are absent.
 *
 * @param ids one portion
 * @returns what was found, and the failures of single IDs: where Samsara refuses the call because of one bad ID, the
 * others are read without it
 * @throws SamsaraFailure when the call fails for another reason
 */
export async function recordsById(
	samsara: SamsaraClient,
	ids: string[],
): Promise<{ records: QualificationRecord[]; refused: Map<string, SamsaraFailure> }> {
	try {
		const { data } = await samsara.get<Data<QualificationRecord[]>>('/qualification-records', {
			ids,
			includeExternalIds: true,
		});
		return { records: data ?? [], refused: new Map() };
	} catch (error) {
		if (!(error instanceof SamsaraFailure) || !ONE_BAD_ID.has(error.status)) throw asError(error);
		if (ids.length === 1) return { records: [], refused: new Map([[ids[0], error]]) };
	}
	const middle = ids.length >> 1;
	const first = await recordsById(samsara, ids.slice(0, middle));
	const second = await recordsById(samsara, ids.slice(middle));
	return {
		records: [...first.records, ...second.records],
		refused: new Map([...first.refused, ...second.refused]),
	};
}

/** Which records the stream gives. Times are RFC 3339. */
export interface Selection {
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
 * it count. `broken` as in `collect`.
 *
 * @param limit at least 1; undefined reads to the end
 */
export async function findRecords(
	samsara: SamsaraClient,
	{ typeIds = [], ownerIds = [], ...selection }: Selection,
	{
		limit = Infinity,
		keep = () => true,
		broken,
	}: {
		limit?: number;
		keep?: (record: QualificationRecord) => boolean;
		broken?: Broken;
	} = {},
): Promise<QualificationRecord[]> {
	const newest = new Map<string, QualificationRecord>();
	let kept = 0;
	const take = (record: QualificationRecord) => {
		const known = newest.get(record.id);
		if (known) {
			if (Date.parse(known.updatedAtTime) >= Date.parse(record.updatedAtTime)) return;
			if (keep(known)) kept--;
			newest.delete(record.id);
		}
		newest.set(record.id, record);
		if (keep(record)) kept++;
	};
	const read = async () => {
		for (const types of portionsOrAll(typeIds)) {
			for (const owners of portionsOrAll(ownerIds)) {
				for await (const page of stream(samsara, {
					...selection,
					typeIds: types,
					ownerIds: owners,
				})) {
					for (const record of page) take(record);
					if (kept >= limit) return;
				}
			}
		}
	};
	await untilBroken(broken, () => newest.size > 0, read);
	const found = [...newest.values()].filter(keep);
	return found.length > limit ? found.slice(0, limit) : found;
}

/**
 * One window of the stream, page by page, the oldest change first. It always has an end, without which the stream
 * would go on for ever. A record that changes while several pages are read leaves the window.
 *
 * @param window at most 100 types and 100 owners
 */
export function windowPages(
	samsara: SamsaraClient,
	window: Selection & { updatedAfter: string; updatedBefore: string },
): AsyncGenerator<QualificationRecord[]> {
	return pages<QualificationRecord>(samsara, '/qualification-records/stream', {
		entityType: window.entityType,
		startTime: window.updatedAfter,
		endTime: window.updatedBefore,
		qualificationTypeIds: window.typeIds,
		ownerIds: window.ownerIds,
		includeDeleted: window.includeDeleted ? true : undefined,
		includeExternalIds: true,
	});
}

/**
 * The stream's pages up to now: what has changed while several pages were read is read after them.
 */
async function* stream(
	samsara: SamsaraClient,
	{ updatedAfter = BEGINNING, updatedBefore, ...selection }: Selection,
): AsyncGenerator<QualificationRecord[]> {
	let startTime = updatedAfter;
	for (let pass = 1; pass <= MOST_PASSES; pass++) {
		const endTime = earlier(new Date(clock.now()).toISOString(), updatedBefore);
		if (Date.parse(startTime) >= Date.parse(endTime)) return;
		let read = 0;
		const window = { ...selection, updatedAfter: startTime, updatedBefore: endTime };
		for await (const page of windowPages(samsara, window)) {
			read++;
			yield page;
		}
		if (read <= 1) return;
		startTime = endTime;
	}
}

/** All types of an entity type, read once in a run. */
export async function qualificationTypes(
	samsara: SamsaraClient,
	entityType: OwnerEntityType,
): Promise<QualificationType[]> {
	return await samsara.once(
		`qualification types of ${entityType}`,
		async () => await collect<QualificationType>(samsara, '/qualification-types', { entityType }),
	);
}

function portionsOrAll(ids: string[]): Array<string[] | undefined> {
	return ids.length === 0 ? [undefined] : portions(ids);
}

function earlier(now: string, time?: string): string {
	return time !== undefined && Date.parse(time) < Date.parse(now) ? time : now;
}
