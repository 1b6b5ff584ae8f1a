import type { IBinaryData } from 'n8n-workflow';
import { SamsaraApiError } from '../../../api/samsaraApiError';
import type { QualificationRecord } from '../../../api/types';
import { toError, InvalidInputError } from '../../../common/errors';
import { filesOf, type RecordFile } from '../../../fields/qualification/media';

/** Fetches a file and gives it to n8n. */
export type FetchFile = (url: string, file: RecordFile) => Promise<IBinaryData>;

/** A download that did not succeed is tried again, with a fresh address, this often in all. */
const MAX_ATTEMPTS = 3;

/** Collects the files of one record over several readings of it. */
export class FileCollection {
	private files: RecordFile[] = [];

	private readonly dataById = new Map<string, IBinaryData>();

	/** Files whose address had expired when it was read; the next one is tried, whatever the clock here says. */
	private readonly expiredIds = new Set<string>();

	private readonly attemptsById = new Map<string, number>();

	constructor(private record: QualificationRecord) {
		this.update(record);
	}

	/** The newest reading, with fresh addresses. */
	update(record: QualificationRecord): void {
		this.record = record;
		this.files = filesOf(record);
	}

	/**
	 * Fetches what this reading has an address for. What has expired or could not be fetched is left to the next reading.
	 *
	 * @returns whether all is there
	 * @throws SamsaraApiError when a file could not be fetched several times
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
		return this.files.flatMap((file) => {
			const data = this.dataById.get(file.media.id);
			return data ? [{ ...file, data }] : [];
		});
	}

	get latestRecord(): QualificationRecord {
		return this.record;
	}

	/** Says which files are not there yet. */
	unfinishedError(seconds: number): InvalidInputError {
		const names = this.missing().map(({ label, number }) =>
			[label, number].filter(Boolean).join(' '),
		);
		return new InvalidInputError(
			`Samsara has not finished processing ${names.length === 1 ? 'a file' : `${names.length} files`} of record '${this.record.id}' after ${seconds} seconds: ${names.join(', ')}`,
			"Run again later, raise 'Wait for Processing', or turn on 'Skip Unfinished Files' to get the others.",
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
