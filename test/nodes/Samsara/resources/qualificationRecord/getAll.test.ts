import { sleep, type INodeParameters } from 'n8n-workflow';
import { SamsaraClient } from '@samsarahq/samsara';
import { clock } from '../../../../../nodes/Samsara/api/clock';
import { startSimulator, type Simulator } from '../../../../simulator/index.mts';
import { itemsOf, rowsOf, runSamsara, speedUp } from '../../../../samsara';

const DAY_MS = 86_400_000;

describe('Get Many of qualification records', () => {
	let sim: Simulator;
	const slowDown = speedUp(20);

	beforeAll(async () => {
		sim = await startSimulator({ records: 300, clockSpeed: 20 });
	});
	afterAll(async () => {
		slowDown();
		await sim.close();
	});
	beforeEach(() => {
		sim.reset();
		sim.settings.pageSize = undefined;
		sim.settings.scopes = undefined;
	});

	const parameters = (filters: INodeParameters = {}, more: INodeParameters = {}) => ({
		resource: 'qualificationRecord',
		operation: 'getAll',
		entityType: 'worker',
		returnAll: true,
		filters,
		...more,
	});
	const records = (entityType = 'worker') =>
		[...sim.state.records.values()].filter(({ owner }) => owner.entityType === entityType);
	const ids = (rows: Array<{ id?: unknown }>) => rows.map(({ id }) => String(id)).sort();
	const streams = () =>
		sim.requests
			.filter(({ route }) => route === '/qualification-records/stream')
			.map(({ query }) => Object.fromEntries(new URLSearchParams(query)));
	const typeNamed = (name: string) =>
		[...sim.state.qualificationTypes.values()].find((type) => type.name === name)!;

	it('lists all records except deleted ones, in requests with an end time', async () => {
		const before = Date.now();
		const rows = await rowsOf(sim, parameters());
		expect(ids(rows)).toEqual(
			ids(records().filter(({ recordStatus }) => recordStatus !== 'deleted')),
		);
		const [call, ...others] = streams();
		expect(others).toEqual([]);
		expect(call).toEqual({
			entityType: 'worker',
			startTime: '2015-01-01T00:00:00Z',
			endTime: expect.any(String),
			includeExternalIds: 'true',
		});
		expect(Date.parse(call.endTime)).toBeGreaterThanOrEqual(before);
		expect(rows.every(({ ownerName }) => typeof ownerName === 'string')).toBe(true);
	});

	it('reads all pages, then what changed in the meantime', async () => {
		sim.settings.pageSize = 40;
		sim.faults.add({ kind: 'emptyPage', path: '/qualification-records/stream', after: 1 });
		const rows = await rowsOf(sim, parameters({ status: ['active', 'archived', 'deleted'] }));
		expect(ids(rows)).toEqual(ids(records()));
		const calls = streams();
		expect(calls.every((call) => call.endTime && call.includeDeleted === 'true')).toBe(true);
		const last = calls[calls.length - 1];
		expect(Date.now() - Date.parse(last.startTime)).toBeLessThan(3_600_000);
		expect(new Set(calls.slice(0, -1).map(({ endTime }) => endTime)).size).toBe(1);
	});

	it('returns a record that changes while pages are read once, in its newest version', async () => {
		sim.settings.pageSize = 40;
		const [oldest] = sim.state
			.recordsByChange()
			.filter(({ owner }) => owner.entityType === 'worker');
		sim.faults.add({ kind: 'delay', ms: 250, path: '/qualification-records/stream', after: 1 });
		const running = rowsOf(sim, parameters({}, { simplify: false }));
		while (streams().length < 2) await sleep(1);
		oldest.issueDate = '2001-02-03T00:00:00Z';
		sim.state.change(oldest, new Date());
		const rows = await running;
		const seen = rows.filter(({ id }) => id === oldest.id);
		expect(seen).toHaveLength(1);
		expect(seen[0].issueDate).toBe('2001-02-03T00:00:00Z');
		expect(rows).toHaveLength(
			records().filter(({ recordStatus }) => recordStatus !== 'deleted').length,
		);
	});

	it('fails with a message if Samsara repeats a page', async () => {
		sim.settings.pageSize = 40;
		sim.faults.add({ kind: 'repeatCursor', path: '/qualification-records/stream' });
		const { error } = await runSamsara(sim, parameters());
		expect(error?.message).toContain('returned the same page of the list twice');
		// Other parts of the list may be read at the same time.
		expect(streams().length).toBeLessThan(10);
	});

	it('accepts types by ID or name, and lists the existing ones if one does not exist', async () => {
		const card = typeNamed('Medical Card');
		const hazmat = typeNamed('Hazmat Certificate');
		const expected = ids(
			records().filter(
				({ typeId, recordStatus }) =>
					[card.id, hazmat.id].includes(typeId) && recordStatus !== 'deleted',
			),
		);
		const byId = await rowsOf(sim, parameters({ qualificationTypes: [card.id, hazmat.id] }));
		expect(ids(byId)).toEqual(expected);
		expect(streams()[0].qualificationTypeIds).toBe(`${card.id},${hazmat.id}`);
		expect(sim.requests.some(({ route }) => route === '/qualification-types')).toBe(false);

		const byName = await rowsOf(
			sim,
			parameters({ qualificationTypes: ' medical CARD, Hazmat Certificate' }),
		);
		expect(ids(byName)).toEqual(expected);

		sim.reset();
		const { error } = await runSamsara(sim, parameters({ qualificationTypes: ['Medcial'] }));
		expect(error?.message).toBe(
			"'Qualification Types' names 'Medcial', but there is no such qualification type [item 0]",
		);
		expect(error?.description).toContain('Driver License, Medical Card');
		expect(streams()).toEqual([]);
	});

	it('reads types and names once per run, even with many items', async () => {
		await rowsOf(sim, parameters({ qualificationTypes: ['Medical Card'] }), {
			items: itemsOf({}, {}, {}),
		});
		const count = (path: string) => sim.requests.filter(({ route }) => route === path).length;
		expect(count('/qualification-types')).toBe(1);
		expect(count('/qualification-records/stream')).toBe(3);
		expect(count('/fleet/drivers')).toBeLessThanOrEqual(2);
	});

	it('accepts owners by ID or external ID, more than 100 in several requests', async () => {
		const drivers = [...sim.state.drivers.values()];
		const [first, second] = drivers;
		const some = await rowsOf(
			sim,
			parameters({ owners: `payrollId:${first.externalIds.payrollId}, ${second.id}` }),
		);
		expect(some.length).toBeGreaterThan(0);
		expect(ids(some)).toEqual(
			ids(
				records().filter(
					({ owner, recordStatus }) =>
						[first.id, second.id].includes(owner.id) && recordStatus !== 'deleted',
				),
			),
		);
		expect(streams()[0].ownerIds).toBe(`${first.id},${second.id}`);

		sim.reset();
		const padding = Array.from({ length: 150 }, (_, number) => String(70_000 + number));
		const owners = [first.id, ...padding, second.id];
		const split = await rowsOf(sim, parameters({ owners }));
		expect(ids(split)).toEqual(ids(some));
		expect(streams().map(({ ownerIds }) => ownerIds?.split(',').length)).toEqual([
			100,
			52,
			undefined,
		]);
	});

	it('reports an external ID that does not exist before records are read', async () => {
		const { error } = await runSamsara(sim, parameters({ owners: ['payrollId:none'] }));
		expect(error?.message).toContain("'Owners' names 'payrollId:none', but no driver has this ID");
		expect(streams()).toEqual([]);
	});

	it('filters by expiration before it applies the limit', async () => {
		const alive = records().filter(({ recordStatus }) => recordStatus === 'active');
		const expired = await rowsOf(sim, parameters({ expiry: 'expired', status: ['active'] }));
		expect(ids(expired)).toEqual(
			ids(alive.filter(({ expirationDate }) => isBetween(daysLeft(expirationDate), -Infinity, -1))),
		);
		expect(expired.every(({ daysUntilExpiration }) => Number(daysUntilExpiration) < 0)).toBe(true);

		const soon = await rowsOf(
			sim,
			parameters({ expiry: 'expiringWithin', expiringWithinDays: 60, status: ['active'] }),
		);
		expect(ids(soon)).toEqual(
			ids(alive.filter(({ expirationDate }) => isBetween(daysLeft(expirationDate), 0, 60))),
		);
		const limited = await rowsOf(
			sim,
			parameters({ expiry: 'expired' }, { returnAll: false, limit: 3 }),
		);
		expect(limited).toHaveLength(3);
	});

	it('gives all rows of a type the same columns, and none of other types', async () => {
		for (const items of [itemsOf({}), itemsOf({}, {})]) {
			const { rows } = await runSamsara(sim, parameters(), { items });
			const columnsByType = new Map<unknown, string[]>();
			for (const row of rows) {
				const columns = columnsByType.get(row.type) ?? Object.keys(row);
				columnsByType.set(row.type, columns);
				expect(Object.keys(row)).toEqual(columns);
			}
			expect(columnsByType.size).toBeGreaterThan(2);
			for (const [type, columns] of columnsByType) {
				const labels = typeNamed(String(type)).fields.map(({ label }, index, fields) =>
					fields.findIndex((field) => field.label === label) < index ? `${label} (2)` : label,
				);
				const fields = columns.slice(columns.indexOf('status') + 1, columns.indexOf('externalIds'));
				expect(fields.length).toBeGreaterThan(0);
				expect(labels).toEqual(expect.arrayContaining(fields));
				expect(fields).toEqual([...fields].sort((a, b) => labels.indexOf(a) - labels.indexOf(b)));
				expect([...columns.slice(0, 6), ...columns.slice(-13)]).toEqual([
					'ownerName',
					'type',
					'expirationDate',
					'daysUntilExpiration',
					'issueDate',
					'status',
					'externalIds',
					'ownerType',
					'ownerId',
					'ownerEmail',
					'ownerPhone',
					'ownerExternalIds',
					'id',
					'createdAtTime',
					'createdBy',
					'createdByType',
					'updatedAtTime',
					'updatedBy',
					'updatedByType',
				]);
			}
		}
	});

	describe('expiration and types', () => {
		const endsIn = (min: number, max: number, statuses = ['active']) =>
			ids(
				records().filter(
					({ recordStatus, expirationDate }) =>
						statuses.includes(recordStatus) && isBetween(daysLeft(expirationDate), min, max),
				),
			);
		const soon = { expiration: 'expiringSoon', expiringWithinDays: 60 };

		it.each([
			['the main form', {}, soon],
			['the filters of a saved node', { expiry: 'expiringWithin', expiringWithinDays: 60 }, {}],
			['the days of a saved node', { expiringWithinDays: 60 }, {}],
			['both, where the main form applies', { expiry: 'expired', expiringWithinDays: 5 }, soon],
		])('lists active records that expire soon, from %s', async (_, filters, main) => {
			expect(endsIn(0, 60)).not.toEqual(endsIn(0, 60, ['active', 'archived']));
			expect(ids(await rowsOf(sim, parameters(filters, main)))).toEqual(endsIn(0, 60));
		});

		it('lists expired records, archived ones only if the status says so', async () => {
			const expired = { expiration: 'expired' };
			const all = ['active', 'archived'];
			expect(endsIn(-Infinity, -1)).not.toEqual(endsIn(-Infinity, -1, all));
			expect(ids(await rowsOf(sim, parameters({}, expired)))).toEqual(endsIn(-Infinity, -1));
			expect(ids(await rowsOf(sim, parameters({ status: all }, expired)))).toEqual(
				endsIn(-Infinity, -1, all),
			);
		});

		it('a filter for types applies if the main form has none', async () => {
			const [medical, license] = ['Medical Card', 'Driver License'].map(
				(name) => typeNamed(name).id,
			);
			const typesOf = (rows: Array<{ type?: unknown }>) => [
				...new Set(rows.map(({ type }) => type)),
			];
			const stored = { qualificationTypes: [medical] };
			expect(typesOf(await rowsOf(sim, parameters(stored)))).toEqual(['Medical Card']);
			expect(
				typesOf(await rowsOf(sim, parameters(stored, { qualificationTypes: [license] }))),
			).toEqual(['Driver License']);
		});
	});

	it('counts the days to the calendar date, whether it is midnight UTC or not', async () => {
		const rows = await rowsOf(sim, parameters());
		for (const { id, expirationDate, daysUntilExpiration } of rows) {
			const record = sim.state.records.get(String(id))!;
			if (!record.expirationDate) {
				expect([expirationDate, daysUntilExpiration]).toEqual([null, undefined]);
				continue;
			}
			expect(expirationDate).toBe(record.expirationDate.slice(0, 10));
			expect(daysUntilExpiration).toBe(daysLeft(record.expirationDate));
		}
	});

	it("sends times in RFC 3339, with an end in the future in case Samsara's clock is ahead", async () => {
		await rowsOf(
			sim,
			parameters({ updatedAfter: '2026-01-05', updatedBefore: '2999-01-01T00:00:00Z' }),
		);
		const [call] = streams();
		expect(call.startTime).toBe('2026-01-05T00:00:00Z');
		expect(Date.parse(call.endTime)).toBeGreaterThan(clock.now() + 240_000);
		expect(Date.parse(call.endTime)).toBeLessThan(Date.parse('2999-01-01T00:00:00Z'));
		await rowsOf(sim, parameters({ updatedBefore: '2026-01-05T10:00:00+02:00' }));
		expect(streams()[1].endTime).toBe('2026-01-05T08:00:00Z');
	});

	it.each([
		[{ updatedAfter: '2026-02-01', updatedBefore: '2026-01-01' }, "'Updated After'", {}],
		[{ updatedAfter: 'tomorrow' }, "'Updated After'", {}],
		[{ status: ['gone'] }, "'Status'", {}],
		[{ expiry: 'never' }, "'Expiration'", {}],
		[{ expiry: 'expiringWithin', expiringWithinDays: -1 }, "'Expiring Within Days'", {}],
		[{ expiringWithinDays: 'many' }, "'Expiring Within Days'", {}],
		[{}, "'Expiration'", { expiration: 'never' }],
		[{}, "'Expiring Within Days'", { expiration: 'expiringSoon', expiringWithinDays: -1 }],
	])('refuses %j before any call: %s', async (filters, parameter, main) => {
		const { error } = await runSamsara(sim, parameters(filters, main));
		expect(error?.message).toContain(parameter);
		expect(error?.description).toEqual(expect.any(String));
		expect(sim.requests).toEqual([]);
	});

	it("returns Samsara's response if Simplify is off, with the same request as Samsara's SDK", async () => {
		const rows = await rowsOf(sim, parameters({}, { simplify: false, entityType: 'asset' }));
		expect(rows[0]).toHaveProperty('qualificationType.revisionId');
		expect(sim.requests.map(({ route }) => route)).toEqual(['/qualification-records/stream']);
		const { startTime, endTime } = streams()[0];
		const sdk = new SamsaraClient({ token: sim.token, baseUrl: sim.url, maxRetries: 0 });
		await sdk.betaApIs.getQualificationRecordsStream({
			entityType: 'asset',
			startTime,
			endTime,
			includeExternalIds: true,
		});
		const [ours, theirs] = sim.requests;
		expect([ours.method, ours.path]).toEqual([theirs.method, theirs.path]);
		expect(streams()[0]).toEqual(streams()[1]);
	});

	it('adds the names of assets and deactivated drivers', async () => {
		const assets = await rowsOf(sim, parameters({}, { entityType: 'asset' }));
		for (const { ownerId, ownerName } of assets)
			expect(ownerName).toBe(sim.state.entity('asset', String(ownerId))?.name);
		const gone = [...sim.state.drivers.values()].find(
			({ driverActivationStatus }) => driverActivationStatus === 'deactivated',
		)!;
		const rows = await rowsOf(sim, parameters({ owners: [gone.id] }));
		expect(rows.length).toBeGreaterThan(0);
		expect(rows.every(({ ownerName }) => ownerName === gone.name)).toBe(true);
	});

	it('returns rows without names, with one hint, if the token cannot read drivers', async () => {
		sim.settings.scopes = ['Read Qualification Records'];
		const { rows, run } = await runSamsara(sim, parameters(), { items: itemsOf({}, {}) });
		expect(rows.length).toBeGreaterThan(100);
		expect(rows.every(({ ownerName }) => ownerName === null)).toBe(true);
		expect(run.data.resultData.runData.Node[0].hints).toHaveLength(1);
	});
});

/** Days until midnight UTC of a date, from today in the zone that the engine's tests have. */
function daysLeft(date?: string): number | undefined {
	const today = new Date().toLocaleDateString('en-CA', { timeZone: 'America/New_York' });
	return date ? (Date.parse(date) - Date.parse(today)) / DAY_MS : undefined;
}

function isBetween(value: number | undefined, low: number, high: number): boolean {
	return value !== undefined && value >= low && value <= high;
}
