import type { SamsaraClient } from './client';
import { SamsaraApiError } from '../common/errors';
import type { Query } from './path';

export interface Page<T> {
	data: T[];
	pagination?: { endCursor?: string; hasNextPage?: boolean };
}

/** The largest page size of Samsara's lists, and their default. */
export const PAGE_SIZE = 512;

/** A live list ends after this many empty pages in a row. */
const MAX_EMPTY_PAGES = 3;

/** The rows of one page. */
export interface PageOf<T> {
	rows: T[];
	isLast: boolean;
	/** Where the next page begins. */
	next?: string;
}

/** Like `pagesOf`, but returns only the rows. */
export async function* paginate<T>(
	client: SamsaraClient,
	path: string,
	query: Query,
): AsyncGenerator<T[]> {
	for await (const { rows } of pagesOf<T>(client, path, query)) yield rows;
}

/**
 * Reads a list page by page. Pages may be short or empty; only `hasNextPage` ends the list. Entries that are repeated,
 * because others were added while the list was read, are skipped. In a live list, a repeated entry is a newer version.
 *
 * @param isLive the list may always have a next page, for entries that are still to come, so a few empty pages end it
 * @param start the `next` of an earlier page
 * @throws SamsaraApiError with the reason `pages` if a cursor is repeated, which would never end; and what the client throws
 */
export async function* pagesOf<T>(
	client: SamsaraClient,
	path: string,
	query: Query,
	{ isLive = false, start }: { isLive?: boolean; start?: string } = {},
): AsyncGenerator<PageOf<T>> {
	const seen = new Set<string>();
	const ids = new Set<unknown>();
	let after = start;
	let emptyPages = 0;
	for (;;) {
		const page: Page<T> = await client.get(path, { ...query, after });
		const rows = page.data;
		const { endCursor = '', hasNextPage = false } = page.pagination ?? {};
		emptyPages = rows.length === 0 ? emptyPages + 1 : 0;
		const isExhausted =
			emptyPages === MAX_EMPTY_PAGES ||
			(rows.length === 0 && (endCursor === '' || endCursor === after));
		const isLast = !hasNextPage || (isLive && isExhausted);
		yield {
			rows: isLive ? rows : rows.filter((row) => isNew(row, ids)),
			isLast,
			next: isLast ? undefined : endCursor,
		};
		if (isLast) return;
		if (endCursor === '' || seen.has(endCursor)) throw repeatedPageError(path);
		seen.add(endCursor);
		after = endCursor;
	}
}

function isNew(row: unknown, ids: Set<unknown>): boolean {
	const { id } = Object(row) as { id?: unknown };
	if (id === undefined) return true;
	const { size } = ids;
	return ids.add(id).size > size;
}

/**
 * Reads a whole list, or up to `limit` rows (at least 1). With `keep`, only the rows that match it count. With `onPartial`,
 * a list that cannot be read to the end returns the rows read so far, and `onPartial` receives the failure.
 */
export async function collect<T>(
	client: SamsaraClient,
	path: string,
	query: Query,
	{
		limit = Infinity,
		keep = () => true,
		onPartial,
	}: { limit?: number; keep?: (row: T) => boolean; onPartial?: OnPartial } = {},
): Promise<T[]> {
	const rows: T[] = [];
	await keepPartial(
		onPartial,
		() => rows.length > 0,
		async () => {
			for await (const page of paginate<T>(client, path, query)) {
				for (const row of page) if (keep(row)) rows.push(row);
				if (rows.length >= limit) return;
			}
		},
	);
	return rows.length > limit ? rows.slice(0, limit) : rows;
}

/** Receives the failure of a list whose rows read so far are kept. */
export type OnPartial = (failure: SamsaraApiError) => void;

/** Reads a list. If it fails after some rows, calls `onPartial`, if there is one, instead of throwing. */
export async function keepPartial(
	onPartial: OnPartial | undefined,
	hasRows: () => boolean,
	read: () => Promise<void>,
): Promise<void> {
	const reading = read();
	if (!onPartial) return await reading;
	await reading.catch((error: unknown) => {
		if (!(error instanceof SamsaraApiError) || !hasRows()) throw error;
		onPartial(error);
	});
}

function repeatedPageError(path: string): SamsaraApiError {
	return new SamsaraApiError({
		reason: 'pages',
		status: 0,
		endpoint: `GET ${path}`,
		message:
			'Samsara returned the same page of the list twice, so the list cannot be read to the end',
		description: 'Run again. If it happens again, narrow the list with filters.',
	});
}
