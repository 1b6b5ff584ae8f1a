import { DateTime } from 'luxon';
import type { QualificationRecord } from '../../../../nodes/Samsara/api/types';
import type { RecordStream } from '../../../../nodes/Samsara/api/streamReader';
import type { PageOf } from '../../../../nodes/Samsara/api/pagination';
import type { WatchFilter } from '../../../../nodes/Samsara/trigger/watchFilter';

const MINUTE = 60_000;

export const WATCH_ALL: WatchFilter = { isWatched: () => true, wasWatched: () => true };

/**
 * Samsara's stream in memory, with a clock of its own: pages that shift while they are read (by offset, which is the worst
 * case), failures midway, and a server clock that differs from n8n's.
 */
export class FakeStream {
	readonly records = new Map<string, QualificationRecord>();

	/** The true time in milliseconds since 1970. */
	time = DateTime.fromISO('2026-03-01T12:00', { zone: 'America/Chicago' }).toMillis();

	/** How far Samsara's clock is ahead of the true time, in milliseconds. */
	skew = 0;

	/** How far n8n's clock is ahead of the true time. */
	offset = 0;

	/** The records that Samsara's filters select; if undefined, those that are not deleted. */
	filter?: (record: QualificationRecord) => boolean;

	pageSize = 3;

	/** Pages after which a call fails; undefined for never. */
	failAfter?: number;

	/** Pages after which the time of a poll is up; undefined for never. */
	pagesPerPoll?: number;

	/** Called between two pages. A change made here shifts the pages that are still to be read. */
	betweenPages: () => void = () => {};

	private pagesRead = 0;

	/** n8n's clock. */
	clock = () => this.time + this.offset;

	/** Whether the responses tell Samsara's clock exactly. */
	hasDate = false;

	clocks = {
		now: this.clock,
		samsaraTime: (time: number) => (this.hasDate ? time - this.offset + this.skew : undefined),
		samsara: () => this.time + this.skew,
		isTimeUp: () => this.pagesPerPoll !== undefined && this.pagesRead >= this.pagesPerPoll,
	};

	stream: RecordStream = {
		entityType: 'worker',
		parts: [
			(from, to) =>
				this.pages(from, to, this.filter ?? (({ recordStatus }) => recordStatus !== 'deleted')),
		],
		all: (from, to) => this.pages(from, to, () => true),
	};

	/** How many pages were read since this was last called. */
	calls(): number {
		const pages = this.pagesRead;
		this.pagesRead = 0;
		return pages;
	}

	private async *pages(
		from: number,
		to: number,
		filter: (record: QualificationRecord) => boolean,
	): AsyncGenerator<PageOf<QualificationRecord>> {
		for (let offset = 0; ; offset += this.pageSize) {
			if (this.failAfter !== undefined && this.pagesRead >= this.failAfter)
				throw new Error('reset');
			const rows = [...this.records.values()]
				.filter(
					(record) =>
						filter(record) &&
						Date.parse(record.updatedAtTime) >= from &&
						Date.parse(record.updatedAtTime) < to,
				)
				.sort((a, b) => Date.parse(a.updatedAtTime) - Date.parse(b.updatedAtTime));
			this.pagesRead++;
			const isLast = offset + this.pageSize >= rows.length;
			yield { rows: rows.slice(offset, offset + this.pageSize).map((row) => ({ ...row })), isLast };
			if (isLast) return;
			this.betweenPages();
			this.time += 20;
		}
	}

	create(id: string, expirationDate?: string): void {
		const time = this.tick();
		this.records.set(id, {
			id,
			recordStatus: 'active',
			createdAtTime: time,
			updatedAtTime: time,
			expirationDate,
		} as QualificationRecord);
	}

	change(id: string, change: Partial<QualificationRecord>): void {
		const record = this.records.get(id);
		if (record) Object.assign(record, change, { updatedAtTime: this.tick() });
	}

	/** A calendar day counted from today in Chicago, as Samsara stores a date without a time. */
	day(ahead: number): string {
		const day = DateTime.fromMillis(this.clock(), { zone: 'America/Chicago' }).plus({
			days: ahead,
		});
		return `${day.toISODate()}T00:00:00Z`;
	}

	wait(minutes: number): void {
		this.time += minutes * MINUTE;
	}

	private tick(): string {
		this.time += 1;
		return new Date(this.time + this.skew).toISOString();
	}
}
