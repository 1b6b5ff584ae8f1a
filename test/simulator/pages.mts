import { createHash, createHmac, randomBytes } from 'node:crypto';

import type { Context } from './endpoint.mts';
import { text } from './endpoint.mts';
import { ApiError, invalid } from './errors.mts';
import type { Json } from './types.mts';

const DEFAULT_EXTRA_ROWS = 5;

/** Creates and reads cursors, which are signed so that no client can make them up. */
export class Cursors {
	private readonly key = randomBytes(32);

	/** Creates a unique cursor for a position, which is valid only for this query. */
	seal(position: string, query: string): string {
		const content = Buffer.from(
			JSON.stringify([position, query, randomBytes(6).toString('hex')]),
		).toString('base64url');
		return `${content}.${this.sign(content)}`;
	}

	/**
	 * Returns the position of a cursor.
	 * @throws ApiError 400 for an invalid cursor, or one that belongs to another query (documented: "with otherwise identical
	 *   params")
	 */
	open(cursor: string, query: string): string {
		const [content, signature] = cursor.split('.');
		if (signature === undefined || signature !== this.sign(content)) {
			throw invalid('Invalid value for parameter "after": malformed cursor');
		}
		const [position, cursorQuery] = JSON.parse(
			Buffer.from(content, 'base64url').toString(),
		) as string[];
		if (cursorQuery !== query) {
			throw invalid('Invalid value for parameter "after": it belongs to other parameters');
		}
		return position;
	}

	private sign(content: string): string {
		return createHmac('sha256', this.key).update(content).digest('base64url').slice(0, 16);
	}
}

/** How rows are divided into pages. */
export interface Paging<Row> {
	/** The rows after a position, or from the beginning. It may return only the first `count` rows. */
	after(position: string | undefined, count: number): Row[];
	/** The position right after a row. */
	position(row: Row): string;
	render(row: Row): Json;
	size: number;
	/** Whether there is always another page, as in a stream without an end time. */
	endless?: boolean;
}

/** Returns a page as `{data, pagination{endCursor, hasNextPage}}`, changed by a page fault if there is one. */
export function page<Row>(context: Context, paging: Paging<Row>): Json {
	const { cursors } = context.backend;
	const fault = context.fault;
	const query = fingerprint(context);
	const cursor = text(context, 'after');
	const position =
		cursor === undefined || cursor === '' ? undefined : cursors.open(cursor, query) || undefined;
	if (fault?.kind === 'expiredCursor') {
		throw new ApiError(400, 'Invalid value for parameter "after": the cursor has expired');
	}
	if (fault?.kind === 'emptyPage') {
		return pageResponse([], cursors.seal(position ?? '', query), true);
	}
	const size =
		fault?.kind === 'overDelivery' ? paging.size + (fault.rows ?? DEFAULT_EXTRA_ROWS) : paging.size;
	const { pagination, repeatEntries } = context.backend.settings;
	const byOffset = pagination === 'offset';
	const offset = byOffset ? Number(position ?? 0) : 0;
	const rest = byOffset
		? paging.after(undefined, Infinity).slice(offset)
		: paging.after(position, size + 1);
	const rows = rest.slice(0, size);
	const data = rows.map((row) => paging.render(row));
	const repeated = repeatEntries && rows.length > 1 ? 1 : 0;
	if (repeatEntries && data.length > 0) data.push(data[data.length - 1]);
	if (fault?.kind === 'repeatCursor') return pageResponse(data, cursor ?? '', true);
	let end = position ?? '';
	if (byOffset) end = String(offset + rows.length - repeated);
	else if (rows.length > 0) end = paging.position(rows[rows.length - 1 - repeated]);
	const hasMore = paging.endless === true || rest.length > rows.length;
	return pageResponse(data, hasMore ? cursors.seal(end, query) : '', hasMore);
}

/**
 * Returns a page of rows in a stable order. A position is a row's ID and index, so that a cursor stays valid even if its row
 * has been deleted.
 */
export function listPage<Row extends { id: string }>(
	context: Context,
	rows: Row[],
	render: (row: Row) => Json,
	defaultSize: number,
): Json {
	const limit = context.query.limit;
	const numbers = new Map(rows.map((row, number) => [row.id, number]));
	return page(context, {
		after(position) {
			if (position === undefined) return rows;
			const [id, number] = JSON.parse(position) as [string, number];
			return rows.slice((numbers.get(id) ?? number - 1) + 1);
		},
		position: (row) => JSON.stringify([row.id, numbers.get(row.id)]),
		render,
		size: typeof limit === 'number' ? limit : (context.backend.settings.pageSize ?? defaultSize),
	});
}

function pageResponse(data: Json[], endCursor: string, hasNextPage: boolean): Json {
	return { data, pagination: { endCursor, hasNextPage } };
}

function fingerprint({ query, id }: Context): string {
	const { after: _after, limit: _limit, ...others } = query;
	const sorted = Object.entries(others).sort(([left], [right]) => (left < right ? -1 : 1));
	return createHash('sha256')
		.update(JSON.stringify([id, sorted]))
		.digest('base64url')
		.slice(0, 12);
}
