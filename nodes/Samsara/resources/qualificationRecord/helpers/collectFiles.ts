import type { IN8nHttpFullResponse } from 'n8n-workflow';
import { clock, abortableSleep } from '../../../api/clock';
import { download, type FileFetcher } from '../../../api/files';
import { succeeded } from '../../../common/settle';
import type { Item } from '../../../execution/item';
import { concurrency, mapWithConcurrency } from '../../../execution/concurrency';
import { fileName } from '../../../fields/qualification/fileName';
import { FileCollection, type FetchFile } from './fileCollection';
import { readRecordsByIds, resolveRecords } from './resolveRecords';

const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 10_000;

/** Long enough for large scans on slow connections. */
const FILE_TIMEOUT_MS = 300_000;

/**
 * Downloads the files of every item's record. Samsara takes a while to process new files, so records with missing files
 * are read again together, after increasing delays.
 *
 * @param seconds the total time to wait
 * @returns the files collected in that time or, if the item failed, the reason
 */
export async function collectFiles(
	items: Item[],
	seconds: number,
): Promise<Array<FileCollection | Error>> {
	const [{ n8n }] = items;
	const results = (await resolveRecords(items)).map((record, index) =>
		record instanceof Error ? record : new FileCollection(record, createFetcher(items[index])),
	);
	const end = clock.monotonic() + seconds * 1000;
	let pending = succeeded(results);
	for (let delay = FIRST_DELAY_MS; ; delay = Math.min(delay * 1.5, MAX_DELAY_MS)) {
		await mapWithConcurrency(
			pending,
			concurrency(n8n),
			true,
			async (files) => await files.download(),
		);
		const remaining = end - clock.monotonic();
		pending = pending.filter(
			({ failure, hasMissing, needsNewUrl }) =>
				!failure && hasMissing && (remaining > 0 || needsNewUrl),
		);
		if (pending.length === 0) {
			return results.map((files) => (files instanceof Error ? files : (files.failure ?? files)));
		}
		await abortableSleep(
			remaining > 0 ? Math.min(delay, remaining) : FIRST_DELAY_MS,
			n8n.getExecutionCancelSignal?.(),
		);
		const ids = pending.map(({ latestRecord }) => latestRecord.id);
		const records = await readRecordsByIds(items[0], ids);
		for (const files of pending) files.update(records.get(files.latestRecord.id));
	}
}

/** Hands each file to n8n right away: n8n can store files on disk, so that only a few are in memory at once. */
function createFetcher(item: Item): FetchFile {
	const http = createFileFetcher(item);
	return async (url, { label, number }) => {
		const { bytes, mimeType } = await download(http, url, item.run.client.isLoopback);
		return await item.n8n.helpers.prepareBinaryData(
			bytes,
			fileName(label, number, mimeType),
			mimeType,
		);
	};
}

/** Uses n8n's request helper without the credential, so that the token never reaches the file host. */
function createFileFetcher({ n8n }: Item): FileFetcher {
	return async (url) => {
		const { statusCode, headers, body } = (await n8n.helpers.httpRequest({
			method: 'GET',
			url,
			encoding: 'arraybuffer',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			timeout: FILE_TIMEOUT_MS,
		})) as IN8nHttpFullResponse;
		return { status: statusCode, headers, bytes: Buffer.from(body as unknown as ArrayBuffer) };
	};
}
