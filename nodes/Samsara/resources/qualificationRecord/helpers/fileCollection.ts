import type { IBinaryData } from 'n8n-workflow';
import { SamsaraApiError, toError, InvalidInputError } from '../../../common/errors';
import type { QualificationRecord } from '../../../api/types';
import { filesOf, type RecordFile } from '../../../fields/qualification/recordFields';

/** Downloads a file and hands it to n8n. */
export type FetchFile = (url: string, file: RecordFile) => Promise<IBinaryData>;

/** How often a file is downloaded, each time from a new URL, before the item fails. */
const MAX_ATTEMPTS = 3;

/** Collects the files of one record, which may have to be read several times. */
export class FileCollection {
	private files: RecordFile[] = [];

	private readonly dataById = new Map<string, IBinaryData>();

	/** Files whose URL had already expired once. The next URL is used even if it looks expired: our clock may be wrong. */
	private readonly expiredIds = new Set<string>();

	private readonly attemptsById = new Map<string, number>();

	constructor(private record: QualificationRecord) {
		this.update(record);
	}

	/** Replaces the record with a newly read one, which has new URLs. */
	update(record: QualificationRecord): void {
		this.record = record;
		this.files = filesOf(record);
	}

	/**
	 * Downloads the files that have a URL. A file whose URL has expired, or whose download failed, is left for the next call.
	 *
	 * @returns whether all files have been downloaded
	 * @throws SamsaraApiError if the download of a file failed several times
	 */
	async download(fetchFile: FetchFile): Promise<boolean> {
		for (const file of this.missing()) {
			const { id, url, urlExpiresAt } = file.media;
			if (url === undefined || this.hasExpired(id, urlExpiresAt)) continue;
			try {
				this.dataById.set(id, await fetchFile(url, file));
			} catch (error) {
				const attempts = (this.attemptsById.get(id) ?? 0) + 1;
				this.attemptsById.set(id, attempts);
				if (!(error instanceof SamsaraApiError) || attempts >= MAX_ATTEMPTS) throw toError(error);
			}
		}
		return !this.hasMissing;
	}

	/** Whether a missing file has a URL that did not work; false if Samsara is still processing all missing files. */
	get needsNewUrl(): boolean {
		return this.missing().some(({ media }) => media.url !== undefined);
	}

	get hasMissing(): boolean {
		return this.missing().length > 0;
	}

	/** The downloaded files, in the order of the fields. */
	get downloaded(): Array<RecordFile & { data: IBinaryData }> {
		return this.files.flatMap((file) => {
			const data = this.dataById.get(file.media.id);
			return data ? [{ ...file, data }] : [];
		});
	}

	get latestRecord(): QualificationRecord {
		return this.record;
	}

	unfinishedError(seconds: number): InvalidInputError {
		const names = this.missing().map(({ label, number }) =>
			[label, number].filter(Boolean).join(' '),
		);
		return new InvalidInputError(
			`Samsara has not finished processing ${names.length === 1 ? 'a file' : `${names.length} files`} of record '${this.record.id}' after ${seconds} seconds: ${names.join(', ')}`,
			"Run this item again later, increase 'Wait for Processing', or turn on 'Skip Unfinished Files' to get the other files.",
		);
	}

	private hasExpired(id: string, urlExpiresAt: string | undefined): boolean {
		if (!urlExpiresAt || Date.parse(urlExpiresAt) > Date.now() || this.expiredIds.has(id))
			return false;
		this.expiredIds.add(id);
		return true;
	}

	private missing(): RecordFile[] {
		return this.files.filter(({ media }) => !this.dataById.has(media.id));
	}
}
