import type { SamsaraClient } from '../../../../nodes/Samsara/api/client';
import { collect, pagesOf, paginate, type Page } from '../../../../nodes/Samsara/api/pagination';

/** A client that returns these pages one after another, and the queries that it received. */
function clientWithPages<T>(...responses: Array<Page<T>>) {
	const requests: unknown[] = [];
	const get = async (_path: string, query: unknown) => {
		requests.push(query);
		const response = responses.shift();
		if (!response) throw new Error('no more pages');
		return response;
	};
	return { samsara: { get } as unknown as SamsaraClient, requests };
}

const page = <T>(data: T[], endCursor = '', hasNextPage = endCursor !== ''): Page<T> => ({
	data,
	pagination: { endCursor, hasNextPage },
});

it('requests the next page with the cursor and otherwise the same query', async () => {
	const { samsara, requests } = clientWithPages(page([1, 2], 'a'), page([3], 'b'), page([4]));
	expect(await collect(samsara, '/attributes', { limit: 2 })).toEqual([1, 2, 3, 4]);
	expect(requests).toEqual([
		{ limit: 2, after: undefined },
		{ limit: 2, after: 'a' },
		{ limit: 2, after: 'b' },
	]);
});

it('returns an entry of several pages once, and each of its versions in a live list', async () => {
	const [a, b, newer] = [{ id: 'a' }, { id: 'b' }, { id: 'b', version: 2 }];
	const list = () => clientWithPages<object>(page<object>([a, b], '1'), page<object>([newer, a]));
	expect(await collect(list().samsara, '/fleet/drivers', {})).toEqual([a, b]);
	const read: object[][] = [];
	for await (const { rows } of pagesOf<object>(list().samsara, '/stream', {}, { isLive: true })) {
		read.push(rows);
	}
	expect(read).toEqual([
		[a, b],
		[newer, a],
	]);
});

it('continues after empty pages', async () => {
	const { samsara } = clientWithPages(page([], 'a'), page([], 'b'), page([1], 'c', false));
	expect(await collect(samsara, '/attributes', {})).toEqual([1]);
});

it('ends if there is no pagination at all', async () => {
	const { samsara } = clientWithPages({ data: [1] });
	expect(await collect(samsara, '/attributes', {})).toEqual([1]);
});

it.each([
	['the cursor that was sent', [page([1], 'a'), page([2], 'a')]],
	['a cursor from before', [page([1], 'a'), page([2], 'b'), page([3], 'a')]],
	['no cursor but a next page', [page([1], '', true)]],
])('fails instead of reading endlessly: %s', async (_, responses) => {
	const { samsara } = clientWithPages(...responses);
	await expect(collect(samsara, '/attributes', {})).rejects.toMatchObject({
		name: 'SamsaraApiError',
		reason: 'pages',
		endpoint: 'GET /attributes',
		message: expect.stringContaining('same page'),
	});
});

it('returns no more than the limit, and requests no further pages', async () => {
	const { samsara, requests } = clientWithPages(page([1, 2, 3, 4, 5], 'a'));
	expect(await collect(samsara, '/attributes', {}, { limit: 3 })).toEqual([1, 2, 3]);
	expect(requests).toHaveLength(1);
});

it('counts only rows that match', async () => {
	const { samsara } = clientWithPages(page([1, 2, 3], 'a'), page([4, 5, 6], 'b'));
	const keep = (row: number) => row % 2 === 0;
	expect(await collect(samsara, '/attributes', {}, { limit: 2, keep })).toEqual([2, 4]);
});

it('reads a page only when it is needed', async () => {
	const { samsara, requests } = clientWithPages(page([1], 'a'), page([2]));
	for await (const rows of paginate(samsara, '/attributes', {})) {
		expect(rows).toEqual([1]);
		break;
	}
	expect(requests).toHaveLength(1);
});

describe('a list that may always have a next page, for entries that are still to come', () => {
	const read = async (...responses: Array<Page<number>>) => {
		const { samsara, requests } = clientWithPages(...responses);
		const rows: number[] = [];
		for await (const some of pagesOf<number>(samsara, '/stream', {}, { isLive: true }))
			rows.push(...some.rows);
		return { rows, calls: requests.length };
	};

	it('ends at an empty page whose cursor leads nowhere', async () => {
		expect(await read(page([1], 'a'), page([], 'a'))).toEqual({ rows: [1], calls: 2 });
	});

	it('ends after three empty pages with new cursors, but not after one', async () => {
		const idle = [page([], 'c'), page([], 'd'), page([], 'e')];
		expect(await read(page([1], 'a'), page([], 'b'), page([2], 'x'), ...idle)).toEqual({
			rows: [1, 2],
			calls: 6,
		});
	});
});
