import { findRecords } from '../../../../nodes/Samsara/api/qualifications';
import type { RunContext } from '../../../../nodes/Samsara/api/runContext';
import type { QualificationRecord } from '../../../../nodes/Samsara/api/types';

const record = (day: number, status = 'active') =>
	({
		id: `${day}`,
		updatedAtTime: `2026-01-0${day}T00:00:00Z`,
		recordStatus: status,
		owner: { entityType: 'worker', id: '1' },
		qualificationType: { id: 'type' },
	}) as QualificationRecord;

/** A client whose stream has these pages, and later no changes. */
function runWith(pages: QualificationRecord[][], log: string[]): RunContext {
	const get = async (_path: string, { includeDeleted, after = '0' }: Record<string, unknown>) => {
		const page = Number(after);
		if (includeDeleted === true) return { data: [], pagination: { hasNextPage: false } };
		log.push(`page ${page}`);
		const hasNextPage = page + 1 < pages.length;
		return { data: pages[page], pagination: { hasNextPage, endCursor: String(page + 1) } };
	};
	const client = { get, timeAtSamsara: () => undefined };
	return { client } as unknown as RunContext;
}

describe('records that are converted while they are read', () => {
	const convert = (log: string[]) => (one: QualificationRecord) => {
		log.push(`row ${one.id}`);
		return { row: one.id };
	};

	it('are converted page by page, so that the pages need not be kept', async () => {
		const log: string[] = [];
		const run = runWith([[record(1), record(2)], [record(3)], [record(4)]], log);
		const options = { convert: convert(log), limit: 9 };
		const rows = await findRecords(run, { entityType: 'worker' }, options);
		expect(rows).toEqual(['1', '2', '3', '4'].map((row) => ({ row })));
		expect(log).toEqual(['page 0', 'row 1', 'row 2', 'page 1', 'row 3', 'page 2', 'row 4']);
	});

	it('are only those that count, each in its newest version', async () => {
		const log: string[] = [];
		const newer = { ...record(2), id: '1' };
		const run = runWith([[record(1), record(3, 'archived')], [newer], [record(1)]], log);
		const rows = await findRecords(
			run,
			{ entityType: 'worker' },
			{
				keep: ({ recordStatus }) => recordStatus === 'active',
				convert: ({ id, updatedAtTime }) => ({ id, updatedAtTime }),
				limit: 9,
			},
		);
		expect(rows).toEqual([{ id: '1', updatedAtTime: '2026-01-02T00:00:00Z' }]);
	});
});
