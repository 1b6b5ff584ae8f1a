import type { IN8nHttpFullResponse } from 'n8n-workflow';
import { clock, pause } from '../../api/clock';
import { download, type FileHttp } from '../../api/files';
import type { Item } from '../../execution/item';
import { concurrency, each } from '../../execution/run';
import { fileName } from '../../fields/qualification/fileName';
import { FileCollection, type Fetch } from './fileCollection';
import { recordsByIds, recordsOfItems } from './recordsOfItems';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;

/** Milliseconds for one file: scans of many megabytes over slow lines. */
const FILE_TIMEOUT_MS = 300_000;

/**
 * The files of every item's record. Samsara works on new files for a while; the records that lack some are read
 * again, together, after growing pauses.
 *
 * @param seconds how long to wait in all
 * @returns what could be collected by then, or why nothing can
 */
export async function collectFiles(
	items: Item[],
	seconds: number,
): Promise<Array<FileCollection | Error>> {
	const signal = items[0].n8n.getExecutionCancelSignal?.();
	const results = (await recordsOfItems(items)).map((record) =>
		record instanceof Error ? record : new FileCollection(record),
	);
	let open = results.flatMap((result, index) => (result instanceof Error ? [] : [index]));
	const end = clock.monotonic() + seconds * 1000;
	for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(wait * 1.5, LONGEST_PAUSE_MS)) {
		const complete = await each(open, concurrency(items[0].n8n), true, async (index) => {
			const result = results[index];
			return result instanceof FileCollection && (await result.download(fetchFor(items[index])));
		});
		complete.forEach((answer, at) => {
			if (answer instanceof Error) results[open[at]] = answer;
		});
		open = open.filter((_, at) => complete[at] === false);
		const left = end - clock.monotonic();
		const pending = open.filter((index) => left > 0 || needsFreshAddress(results[index]));
		if (pending.length === 0) return results;
		open = pending;
		await pause(left > 0 ? Math.min(wait, left) : FIRST_PAUSE_MS, signal);
		await readAgain(items, open, results);
	}
}

async function readAgain(
	items: Item[],
	open: number[],
	results: Array<FileCollection | Error>,
): Promise<void> {
	const ids = open.flatMap((index) => {
		const result = results[index];
		return result instanceof FileCollection ? [result.newest.id] : [];
	});
	const records = await recordsByIds(items[0], ids);
	for (const index of open) {
		const result = results[index];
		if (!(result instanceof FileCollection)) continue;
		const record = records.get(result.newest.id);
		if (record instanceof Error) results[index] = record;
		else if (record) result.take(record);
	}
}

function needsFreshAddress(result: FileCollection | Error): boolean {
	return result instanceof FileCollection && result.needsFreshAddress;
}

/** Files go to n8n one by one, which may keep them on disk, so that many of them never lie in memory at once. */
function fetchFor(item: Item): Fetch {
	const http = httpOf(item);
	return async (url, { label, number }) => {
		const { bytes, mimeType } = await download(http, url, item.samsara.isLoopback);
		return await item.n8n.helpers.prepareBinaryData(
			bytes,
			fileName(label, number, mimeType),
			mimeType,
		);
	};
}

/** A bare request of n8n, without a credential. */
function httpOf({ n8n }: Item): FileHttp {
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
