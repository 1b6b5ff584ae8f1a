import type { IBinaryData } from 'n8n-workflow';
import { SamsaraApiError, InvalidInputError } from '../../../common/errors';
import { settle } from '../../../common/settle';
import type { QualificationRecord } from '../../../api/types';
import { filesOf, type RecordFile } from '../../../fields/qualification/recordFields';

/** Downloads a file and hands it to n8n. */
export type FetchFile = (url: string, file: RecordFile) => Promise<IBinaryData>;

/** How often a file is downloaded, each time from a new URL, before the item fails. */
const MAX_ATTEMPTS = 3;

/** A file; without `data` if Samsara is still processing it. */
export type CollectedFile = RecordFile & { record: QualificationRecord; data?: IBinaryData };

/** Collects the files of one record, which may have to be read several times. */
export class FileCollection {
	private files: RecordFile[] = [];

	private readonly dataById = new Map<string, IBinaryData>();

	/** Files whose URL had already expired once. The next URL is used even if it looks expired: our clock may be wrong. */
	private readonly expiredIds = new Set<string>();

	private readonly attemptsById = new Map<string, number>();

	/** Why no more files are collected. */
	failure?: Error;

	private record?: QualificationRecord;

	/** @param recordId Samsara ID or external ID */
	constructor(
		readonly recordId: string,
		private readonly fetchFile: FetchFile,
	) {}

	/** Sets the record, or replaces it with a newly read one, which has new URLs. */
	update(record: QualificationRecord | Error): void {
		if (record instanceof Error) this.failure = record;
		else {
			this.record = record;
			this.files = filesOf(record);
		}
	}

	/**
	 * Downloads the files that have a URL. A file whose URL has expired, or whose download failed, is left for the next call.
	 * If its download fails several times, there is a `failure`.
	 *
	 * @param limit starts the downloads
	 */
	async download(limit: (task: () => Promise<void>) => Promise<void>): Promise<void> {
		await Promise.all(
			this.missing().map(async (file) => await limit(async () => await this.downloadFile(file))),
		);
	}

	private async downloadFile(file: RecordFile): Promise<void> {
		const { id, url, urlExpiresAt } = file.media;
		if (this.failure || url === undefined || this.hasExpired(id, urlExpiresAt)) return;
		const data = await settle(async () => await this.fetchFile(url, file));
		if (!(data instanceof Error)) {
			this.dataById.set(id, data);
			return;
		}
		const attempts = (this.attemptsById.get(id) ?? 0) + 1;
		this.attemptsById.set(id, attempts);
		if (!(data instanceof SamsaraApiError) || attempts >= MAX_ATTEMPTS) this.failure = data;
	}

	/** Whether a missing file has a URL that did not work; false if Samsara is still processing all missing files. */
	get needsNewUrl(): boolean {
		return this.missing().some(({ media }) => media.url !== undefined);
	}

	get hasMissing(): boolean {
		return this.missing().length > 0;
	}

	/**
	 * The files in the order of the fields.
	 *
	 * @throws why they could not be downloaded, unless the only reason is that Samsara is still processing them and
	 * `withUnfinished` is true
	 */
	result(withUnfinished: boolean, seconds: number): CollectedFile[] {
		if (this.failure) throw this.failure;
		if (this.hasMissing && !withUnfinished) throw this.unfinishedError(seconds);
		const { record } = this;
		if (!record) return [];
		return this.files.map((file) => ({ ...file, record, data: this.dataById.get(file.media.id) }));
	}

	/** The record as it was last read. */
	get latestRecord(): QualificationRecord | undefined {
		return this.record;
	}

	private unfinishedError(seconds: number): InvalidInputError {
		const names = this.missing().map(({ label, number }) =>
			[label, number].filter(Boolean).join(' '),
		);
		return new InvalidInputError(
			`Samsara has not finished processing ${names.length === 1 ? 'a file' : `${names.length} files`} of record '${this.record?.id ?? this.recordId}' after ${seconds} seconds: ${names.join(', ')}`,
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
