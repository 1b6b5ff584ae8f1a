import type { IBinaryData } from 'n8n-workflow';
import { SamsaraFailure } from '../../api/failure';
import type { QualificationRecord } from '../../api/types';
import { asError } from '../../asError';
import { filesOf, type RecordFile } from '../../fields/qualification/media';
import { Refusal } from '../../refusal';

/** Fetches a file and gives it to n8n. */
export type Fetch = (url: string, place: RecordFile) => Promise<IBinaryData>;

/** A download that did not succeed is tried again, with a fresh address, this often in all. */
const MOST_TRIES = 3;

/** Collects the files of one record over several readings of it. */
export class FileCollection {
	private files: RecordFile[] = [];

	private readonly done = new Map<string, IBinaryData>();

	/** Files whose address had expired when it was read; the next one is tried, whatever the clock here says. */
	private readonly expired = new Set<string>();

	private readonly tries = new Map<string, number>();

	constructor(private record: QualificationRecord) {
		this.take(record);
	}

	/** The newest reading, with fresh addresses. */
	take(record: QualificationRecord): void {
		this.record = record;
		this.files = filesOf(record);
	}

	/**
	 * Fetches what this reading has an address for. What has expired or could not be fetched is left to the next reading.
	 *
	 * @returns whether all is there
	 * @throws SamsaraFailure when a file could not be fetched several times
	 */
	async download(fetch: Fetch): Promise<boolean> {
		for (const place of this.missing()) {
			const { id, url, urlExpiresAt } = place.media;
			if (url === undefined || this.hasExpired(id, urlExpiresAt)) continue;
			try {
				this.done.set(id, await fetch(url, place));
			} catch (error) {
				const tries = (this.tries.get(id) ?? 0) + 1;
				this.tries.set(id, tries);
				if (!(error instanceof SamsaraFailure) || tries >= MOST_TRIES) throw asError(error);
			}
		}
		return !this.hasMissing;
	}

	/** True while a file only needs a fresh address; false when Samsara still works on what is missing. */
	get needsFreshAddress(): boolean {
		return this.missing().some(({ media }) => media.url !== undefined);
	}

	/** Whether files are not there. */
	get hasMissing(): boolean {
		return this.missing().length > 0;
	}

	/** The files that are there, in the order of the fields. */
	get downloaded(): Array<RecordFile & { data: IBinaryData }> {
		return this.files.flatMap((place) => {
			const data = this.done.get(place.media.id);
			return data ? [{ ...place, data }] : [];
		});
	}

	get newest(): QualificationRecord {
		return this.record;
	}

	/** Says which files are not there yet. */
	unfinished(seconds: number): Refusal {
		const names = this.missing().map(({ label, number }) =>
			[label, number].filter(Boolean).join(' '),
		);
		return new Refusal(
			`Samsara has not finished processing ${names.length === 1 ? 'a file' : `${names.length} files`} of record '${this.record.id}' after ${seconds} seconds: ${names.join(', ')}`,
			"Run again later, raise 'Wait for Processing', or turn on 'Skip Unfinished Files' to get the others.",
		);
	}

	private hasExpired(id: string, urlExpiresAt: string | undefined): boolean {
		if (!urlExpiresAt || Date.parse(urlExpiresAt) > Date.now() || this.expired.has(id))
			return false;
		this.expired.add(id);
		return true;
	}

	private missing(): RecordFile[] {
		return this.files.filter(({ media }) => !this.done.has(media.id));
	}
}
