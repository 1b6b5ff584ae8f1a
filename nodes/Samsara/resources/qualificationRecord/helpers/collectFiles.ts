import type { IN8nHttpFullResponse } from 'n8n-workflow';
import { clock, abortableSleep } from '../../../api/clock';
import { download, type FileFetcher } from '../../../api/files';
import type { Item } from '../../../execution/item';
import { concurrency, mapWithConcurrency } from '../../../execution/run';
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
	const signal = items[0].n8n.getExecutionCancelSignal?.();
	const results = (await resolveRecords(items)).map((record) =>
		record instanceof Error ? record : new FileCollection(record),
	);
	let pendingIndices = results.flatMap((collection, index) =>
		collection instanceof Error ? [] : [index],
	);
	const end = clock.monotonic() + seconds * 1000;
	for (let delay = FIRST_DELAY_MS; ; delay = Math.min(delay * 1.5, MAX_DELAY_MS)) {
		const complete = await mapWithConcurrency(
			pendingIndices,
			concurrency(items[0].n8n),
			true,
			async (index) => {
				const collection = results[index];
				return (
					collection instanceof FileCollection &&
					(await collection.download(createFetcher(items[index])))
				);
			},
		);
		complete.forEach((response, position) => {
			if (response instanceof Error) results[pendingIndices[position]] = response;
		});
		pendingIndices = pendingIndices.filter((_, position) => complete[position] === false);
		const remaining = end - clock.monotonic();
		const retryIndices = pendingIndices.filter(
			(index) => remaining > 0 || needsNewUrl(results[index]),
		);
		if (retryIndices.length === 0) return results;
		pendingIndices = retryIndices;
		await abortableSleep(remaining > 0 ? Math.min(delay, remaining) : FIRST_DELAY_MS, signal);
		await readAgain(items, pendingIndices, results);
	}
}

async function readAgain(
	items: Item[],
	pendingIndices: number[],
	results: Array<FileCollection | Error>,
): Promise<void> {
	const ids = pendingIndices.flatMap((index) => {
		const collection = results[index];
		return collection instanceof FileCollection ? [collection.latestRecord.id] : [];
	});
	const records = await readRecordsByIds(items[0], ids);
	for (const index of pendingIndices) {
		const collection = results[index];
		if (!(collection instanceof FileCollection)) continue;
		const record = records.get(collection.latestRecord.id);
		if (record instanceof Error) results[index] = record;
		else if (record) collection.update(record);
	}
}

function needsNewUrl(collection: FileCollection | Error): boolean {
	return collection instanceof FileCollection && collection.needsNewUrl;
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
