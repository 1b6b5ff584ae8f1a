import type { IN8nHttpFullResponse } from 'n8n-workflow';
import { chunkIds } from '../../../api/chunkIds';
import { clock, abortableSleep, throwIfCancelled } from '../../../api/clock';
import { download, type FileContent, type FileFetcher } from '../../../api/files';
import type { Item } from '../../../execution/item';
import { concurrency, limiter, mapWithConcurrency } from '../../../execution/concurrency';
import { fileName, fileTitle } from '../../../fields/qualification/fileName';
import type { RecordFile } from '../../../fields/qualification/recordFields';
import type { FileCollection, FetchFile } from './fileCollection';
import { readRecordsByIds, recordNotFoundError } from './resolveRecords';

const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 10_000;

/** How many chunks of records are read at a time. More would only read addresses that expire before they are used. */
const CHUNKS_AT_A_TIME = 3;

/** Until the file host responds. */
const RESPONSE_TIMEOUT_MS = 300_000;

/**
 * Reads records, and downloads their files as soon as they are read. Samsara takes a while to process new files, so records
 * with missing files are read again together, after increasing delays.
 *
 * @param item any item of the run
 * @param seconds the total time to wait
 * @throws Cancelled
 */
export async function collectFiles(
	item: Item,
	collections: FileCollection[],
	seconds: number,
): Promise<void> {
	const signal = item.n8n.getExecutionCancelSignal?.();
	const limit = limiter(concurrency(item.n8n));
	const end = clock.monotonic() + seconds * 1000;
	let pending = collections;
	for (let delay = FIRST_DELAY_MS; ; delay = Math.min(delay * 1.5, MAX_DELAY_MS)) {
		await mapWithConcurrency(inChunks(pending), CHUNKS_AT_A_TIME, true, async (chunk) => {
			const isReread = pending !== collections;
			await read(
				item,
				chunk.filter(({ latestRecord }) => isReread || !latestRecord),
			);
			await Promise.all(chunk.map(async (files) => await files.download(limit)));
		});
		throwIfCancelled(signal);
		const remaining = end - clock.monotonic();
		pending = pending.filter(
			({ failure, hasMissing, needsNewUrl }) =>
				!failure && hasMissing && (remaining > 0 || needsNewUrl),
		);
		if (pending.length === 0) return;
		await abortableSleep(remaining > 0 ? Math.min(delay, remaining) : FIRST_DELAY_MS, signal);
	}
}

function inChunks(collections: FileCollection[]): FileCollection[][] {
	let start = 0;
	return chunkIds(collections.map(({ recordId }) => recordId)).map(({ length }) =>
		collections.slice(start, (start += length)),
	);
}

/** A record that is no longer found stays as it is. */
async function read(item: Item, collections: FileCollection[]): Promise<void> {
	const ids = collections.map(({ recordId }) => recordId);
	const records = await readRecordsByIds(item, ids);
	for (const files of collections) {
		const record = records.get(files.recordId);
		if (record) files.update(record);
		else if (!files.latestRecord) files.update(recordNotFoundError(files.recordId));
	}
}

/**
 * Hands each file to n8n while it arrives: n8n can store files on disk.
 *
 * @param titleOf the name of the file without extension
 */
export function createFetcher(
	item: Item,
	titleOf: (file: RecordFile) => string = fileTitle,
): FetchFile {
	const http = createFileFetcher(item);
	return async (url, file) =>
		await download(
			http,
			url,
			async (content, mimeType) =>
				await item.n8n.helpers.prepareBinaryData(
					content,
					fileName(titleOf(file), mimeType),
					mimeType,
				),
			item.run.client.isLoopback,
		);
}

/** Uses n8n's request helper without the credential, so that the token never reaches the file host. */
function createFileFetcher({ n8n }: Item): FileFetcher {
	return async (url) => {
		const { statusCode, headers, body } = (await n8n.helpers.httpRequest({
			method: 'GET',
			url,
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			timeout: RESPONSE_TIMEOUT_MS,
			abortSignal: n8n.getExecutionCancelSignal?.(),
		})) as IN8nHttpFullResponse;
		return { status: statusCode, headers, body: body as unknown as FileContent };
	};
}
