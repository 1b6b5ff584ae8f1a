import { createHash, createHmac, randomBytes } from 'node:crypto';

import type { Context } from './endpoint.mts';
import { text } from './endpoint.mts';
import { ApiError, invalid } from './errors.mts';
import type { Json } from './types.mts';

const OVER_DELIVERED = 5;

/** Makes and reads cursors: opaque texts that only this simulator can make. */
export class Cursors {
	private readonly key = randomBytes(32);

	/** A new text for the place, different each time; valid for the query it was made for. */
	seal(position: string, query: string): string {
		const content = Buffer.from(
			JSON.stringify([position, query, randomBytes(6).toString('hex')]),
		).toString('base64url');
		return `${content}.${this.sign(content)}`;
	}

	/**
	 * The place a cursor stands for.
	 * @throws ApiError 400 for a cursor that was not made here or belongs to another query
	 *   (documented: "with otherwise identical params")
	 */
	open(cursor: string, query: string): string {
		const [content, signature] = cursor.split('.');
		if (signature === undefined || signature !== this.sign(content)) {
			throw invalid('Invalid value for parameter "after": malformed cursor');
		}
		const [position, created] = JSON.parse(
			Buffer.from(content, 'base64url').toString(),
		) as string[];
		if (created !== query) {
			throw invalid('Invalid value for parameter "after": it belongs to other parameters');
		}
		return position;
	}

	private sign(content: string): string {
		return createHmac('sha256', this.key).update(content).digest('base64url').slice(0, 16);
	}
}

/** How rows are cut into pages: a page begins after the place that `after` stands for. */
export interface Paging<Row> {
	/** The rows after the place, or from the beginning; of more than `atMost` the rest may miss. */
	after(position: string | undefined, atMost: number): Row[];
	/** The place right behind a row. */
	position(row: Row): string;
	render(row: Row): Json;
	size: number;
	/** Whether there is always another page (the stream without an end). */
	endless?: boolean;
}

/** One page as `{data, pagination{endCursor, hasNextPage}}`, bent by a page fault if there is one. */
export function page<Row>(context: Context, paging: Paging<Row>): Json {
	const { cursors } = context.backend;
	const fault = context.fault;
	const query = fingerprint(context);
	const sent = text(context, 'after');
	const position =
		sent === undefined || sent === '' ? undefined : cursors.open(sent, query) || undefined;
	if (fault?.kind === 'expiredCursor') {
		throw new ApiError(400, 'Invalid value for parameter "after": the cursor has expired');
	}
	if (fault?.kind === 'emptyPage') {
		return pageResponse([], cursors.seal(position ?? '', query), true);
	}
	const size =
		fault?.kind === 'overDelivery' ? paging.size + (fault.rows ?? OVER_DELIVERED) : paging.size;
	const { pagination, repeatEntries } = context.backend.settings;
	const byOffset = pagination === 'offset';
	const offset = byOffset ? Number(position ?? 0) : 0;
	const rest = byOffset
		? paging.after(undefined, Infinity).slice(offset)
		: paging.after(position, size + 1);
	const rows = rest.slice(0, size);
	const data = rows.map((row) => paging.render(row));
	const again = repeatEntries && rows.length > 1 ? 1 : 0;
	if (repeatEntries && data.length > 0) data.push(data[data.length - 1]);
	if (fault?.kind === 'repeatCursor') return pageResponse(data, sent ?? '', true);
	let end = position ?? '';
	if (byOffset) end = String(offset + rows.length - again);
	else if (rows.length > 0) end = paging.position(rows[rows.length - 1 - again]);
	const more = paging.endless === true || rest.length > rows.length;
	return pageResponse(data, more ? cursors.seal(end, query) : '', more);
}

/**
 * A page of rows in a lasting order. The place is a row's id and its number, so that paging goes on
 * even when the row of the cursor has been deleted meanwhile.
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
