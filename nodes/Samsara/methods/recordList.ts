import type { INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';
import { jsonParse } from 'n8n-workflow';
import { MAX_IDS } from '../api/chunkIds';
import { clock, END_AHEAD_MS } from '../api/clock';
import { EARLIEST_RECORD_TIME, findRecords, recordsById, streamOf } from '../api/qualifications';
import type { RunContext } from '../api/runContext';
import { updatedAt } from '../api/timeWindows';
import type { OwnerEntityType, QualificationRecord, RecordStatus } from '../api/types';
import type { Days } from '../fields/dates';
import { expirationOf } from '../fields/qualification/recordRow';
import { compareOwners, type ListedOwner } from './ownerLists';
import { RecordCandidates } from './recordCandidates';
import { recordIdsIn } from './recordIds';
import { matches, MIN_RESULTS, wordsOf } from './search';

/** The first owners usually have enough records. Samsara returns all of an owner's records, which may be many. */
const FIRST_OWNERS = 25;

/** If so many chunks of owners have few matching records, all of them may fit into a few pages. */
const CHUNKS_BEFORE_ALL = 3;
const MAX_PAGES_OF_ALL = 3;

/** Later than all times. */
const NEVER = '9999';

/** What a person waits for, and a running workflow that shares the rate limit. */
const MAX_WAIT_MS = 4_000;

const EARLIEST = Date.parse(EARLIEST_RECORD_TIME);

/** What is still to be read: the records of listed owners, and those of other owners, e.g. deleted ones. */
type Step = [kind: 'listed' | 'others', entityType: OwnerEntityType];

interface Position {
	steps: Step[];
	/** The last owner whose records were read, or the time up to which records were read. */
	after?: Pick<ListedOwner, 'id' | 'name'> | number;
}

export interface RecordListOptions {
	entityTypes: OwnerEntityType[];
	/** Only records with this status. */
	status?: RecordStatus;
	filter: string;
	days: Days;
}

/**
 * One page of the pick list of records: by owner, first drivers, then assets, and last the records of owners that are in no
 * list. Reads the owners first and then their records, because the stream of records has no other order than time.
 */
export class RecordList {
	private readonly candidates: RecordCandidates;

	private startedAt = clock.monotonic();

	private readonly results: INodeListSearchItems[] = [];

	private steps: Step[];

	constructor(
		private readonly run: RunContext,
		private readonly options: RecordListOptions,
	) {
		this.candidates = new RecordCandidates(run, wordsOf(options.filter));
		this.steps = (['listed', 'others'] as const).flatMap((kind) =>
			options.entityTypes.map((entityType): Step => [kind, entityType]),
		);
	}

	/** @param token where the previous page ended */
	async page(token?: string): Promise<INodeListSearchResult> {
		if (token === undefined && (await this.findById())) return { results: this.results };
		let after: Position['after'];
		if (token !== undefined) ({ steps: this.steps, after } = jsonParse<Position>(token));
		const isSearch = this.options.filter.trim() !== '';
		const needed = isSearch ? this.options.entityTypes : [this.steps[0][1]];
		await Promise.all(needed.map(async (type) => await this.candidates.find(type)));
		this.startedAt = clock.monotonic();
		while (this.steps.length > 0 && !this.isFull()) {
			const [kind, entityType] = this.steps[0];
			if (kind === 'listed') {
				after = await this.readListed(entityType, after as ListedOwner | undefined);
			} else if (await this.candidates.includesOthers(this.options.entityTypes)) {
				after = await this.readOthers(entityType, after as number | undefined);
			}
			if (after === undefined) this.steps.shift();
		}
		const position: Position = { steps: this.steps, after };
		const paginationToken = this.steps.length > 0 ? JSON.stringify(position) : undefined;
		return { results: this.results, paginationToken };
	}

	/** Returns true if the search is the ID or external ID of a record. */
	private async findById(): Promise<boolean> {
		const ids = await recordIdsIn(this.run, this.options.filter.trim());
		if (ids.length === 0) return false;
		const { records } = await recordsById(this.run, ids);
		for (const record of records)
			if (this.options.entityTypes.includes(record.owner.entityType))
				await this.add(record.owner.entityType, [record]);
		return records.length > 0;
	}

	/** @returns the last owner if there are more */
	private async readListed(entityType: OwnerEntityType, after?: ListedOwner) {
		const { owners, typeIds } = await this.candidates.find(entityType);
		const previous = this.results.length;
		const isAfter = (owner: ListedOwner) => after === undefined || compareOwners(owner, after) > 0;
		const remaining = owners.filter(isAfter);
		for (let start = 0, chunks = 1; start < remaining.length; chunks++) {
			const chunk = remaining.slice(start, start + (start === 0 ? FIRST_OWNERS : MAX_IDS));
			const ownerIds = chunk.map(({ id }) => id);
			await this.add(entityType, await findRecords(this.run, { entityType, typeIds, ownerIds }));
			start += chunk.length;
			if (start >= remaining.length) return undefined;
			const { id, name } = chunk[chunk.length - 1];
			if (this.isFull()) return { id, name };
			if (after !== undefined || chunks !== CHUNKS_BEFORE_ALL) continue;
			const all = await this.readAll(entityType, typeIds);
			if (all === undefined) continue;
			this.results.length = previous;
			await this.add(entityType, all);
			this.steps = this.steps.filter(([kind, type]) => kind === 'listed' || type !== entityType);
			return undefined;
		}
		return undefined;
	}

	/** All records of these types if they fit into a few pages, otherwise undefined. */
	private async readAll(entityType: OwnerEntityType, typeIds?: string[]) {
		const records = new Map<string, QualificationRecord>();
		let pages = 0;
		for await (const { rows, isLast } of this.stream(entityType, typeIds, EARLIEST)) {
			if (++pages === MAX_PAGES_OF_ALL && !isLast) return undefined;
			for (const record of rows) records.set(record.id, record);
		}
		return [...records.values()];
	}

	/**
	 * Reads records of owners that are in no list, oldest change first.
	 *
	 * @returns the time up to which they were read if there are more
	 */
	private async readOthers(entityType: OwnerEntityType, from = EARLIEST) {
		const { owners, typeIds } = await this.candidates.find(entityType);
		const listed = await this.candidates.owners(entityType);
		const readOwnerIds = new Set(owners.map(({ id }) => id));
		const records = new Map<string, QualificationRecord>();
		let last = from;
		let next: number | undefined;
		for await (const { rows, isLast } of this.stream(entityType, typeIds, from)) {
			for (const record of rows) {
				last = Math.max(last, updatedAt(record));
				records.delete(record.id);
				const { id } = record.owner;
				if (!readOwnerIds.has(id) && this.matches(record, listed.get(id)))
					records.set(record.id, record);
			}
			if (!isLast && last > from && this.isFull(records.size)) {
				next = last;
				break;
			}
		}
		// More records may have changed at that very time, so the next page starts with it.
		const complete = [...records.values()].filter(
			(record) => updatedAt(record) < (next ?? Infinity),
		);
		await this.add(entityType, complete);
		return next;
	}

	/** Adds the records that match, by owner, type, status, and expiration. */
	private async add(entityType: OwnerEntityType, records: QualificationRecord[]): Promise<void> {
		const listed = await this.candidates.owners(entityType);
		const ownerOf = ({ owner: { id } }: QualificationRecord) => listed.get(id) ?? { id, name: id };
		const sorted = records
			.filter((record) => this.matches(record, listed.get(record.owner.id)))
			.sort(
				(a, b) =>
					Number(listed.has(b.owner.id)) - Number(listed.has(a.owner.id)) ||
					compareOwners(ownerOf(a), ownerOf(b)) ||
					compareRecords(a, b),
			);
		for (const record of sorted)
			this.results.push({
				name: this.nameOf(record, listed.get(record.owner.id)),
				value: record.id,
			});
	}

	private matches(record: QualificationRecord, owner?: ListedOwner): boolean {
		const { status, filter } = this.options;
		const { id, recordStatus, qualificationType, externalIds = {} } = record;
		if (recordStatus === 'deleted' || recordStatus !== (status ?? recordStatus)) return false;
		const texts = [this.nameOf(record, owner), id, qualificationType.id, owner?.text];
		return matches([...texts, ...Object.values(externalIds)], filter);
	}

	private nameOf(record: QualificationRecord, owner?: ListedOwner): string {
		const end = expirationOf(record);
		return [
			owner?.label ?? record.owner.id,
			typeName(record),
			record.recordStatus === 'active' ? '' : record.recordStatus,
			end === undefined ? 'does not expire' : `expires ${this.options.days.date(end)}`,
		]
			.filter(Boolean)
			.join(' · ');
	}

	private stream(entityType: OwnerEntityType, typeIds: string[] | undefined, from: number) {
		return streamOf(this.run, { entityType, typeIds })(from, clock.now() + END_AHEAD_MS);
	}

	private isFull(more = 0): boolean {
		return (
			this.results.length + more >= MIN_RESULTS || clock.monotonic() - this.startedAt >= MAX_WAIT_MS
		);
	}
}

function typeName({ qualificationType }: QualificationRecord): string {
	return qualificationType.name ?? qualificationType.id;
}

/** Records of one owner: by type, active ones first, and the one that expires last first. */
function compareRecords(a: QualificationRecord, b: QualificationRecord): number {
	return (
		typeName(a).localeCompare(typeName(b)) ||
		a.recordStatus.localeCompare(b.recordStatus) ||
		(expirationOf(b) ?? NEVER).localeCompare(expirationOf(a) ?? NEVER)
	);
}
