import { sleep, type IDataObject, type INodeParameters } from 'n8n-workflow';
import {
	startSimulator,
	type QualificationRecord,
	type Simulator,
} from '../../../../simulator/index.mts';
import { editorContext, itemsOf, locator, rowsOf, runSamsara, speedUp } from '../../../../samsara';
import { loadOptions } from '../../../../../nodes/Samsara/methods';
import { addRecord as storeRecord } from './fixtures';

const DAY_MS = 86_400_000;

describe('Check Compliance', () => {
	let sim: Simulator;
	const slowDown = speedUp(20);

	beforeAll(async () => {
		sim = await startSimulator({ records: 0, drivers: 30, clockSpeed: 20 });
	});
	afterAll(async () => {
		slowDown();
		await sim.close();
	});
	beforeEach(() => {
		sim.reset();
		sim.state.records.clear();
	});

	const typeNamed = (name: string) =>
		[...sim.state.qualificationTypes.values()].find((type) => type.name === name)!;
	const drivers = () => [...sim.state.drivers.values()];
	const active = () => drivers().filter((one) => one.driverActivationStatus === 'active');
	const parameters = (more: INodeParameters = {}) => ({
		resource: 'qualificationRecord',
		operation: 'checkCompliance',
		entityType: 'worker',
		qualificationTypes: ['Medical Card', 'Driver License'],
		who: 'all',
		expiringWithinDays: 30,
		...more,
	});
	const calls = (route: string) => sim.requests.filter((request) => request.route === route).length;

	/** Midnight UTC of the day that is so many days from today in the engine's zone. */
	function day(days: number): string {
		const today = new Date().toLocaleDateString('en-CA', { timeZone: 'America/New_York' });
		return new Date(Date.parse(today) + days * DAY_MS).toISOString().replace('.000', '');
	}

	function addRecord(
		ownerId: string,
		typeName: string,
		days?: number,
		more: Partial<QualificationRecord> = {},
	): string {
		const expirationDate = days === undefined ? undefined : day(days);
		return storeRecord(sim, typeNamed(typeName), ownerId, { expirationDate, ...more });
	}

	const of = (rows: IDataObject[], ownerId: string, type: string) =>
		rows.find((row) => row.ownerId === ownerId && row.type === type)!;

	it('returns a row for every active driver and type, even without a record', async () => {
		const [a, b, c] = active();
		const card = addRecord(a.id, 'Medical Card', 45);
		addRecord(a.id, 'Driver License', 30);
		addRecord(b.id, 'Medical Card', 0);
		addRecord(b.id, 'Driver License', -1);
		addRecord(c.id, 'Medical Card');
		const rows = await rowsOf(sim, parameters());
		expect(rows).toHaveLength(active().length * 2);
		expect(Object.entries(of(rows, a.id, 'Medical Card'))).toEqual([
			['ownerName', a.name],
			['type', 'Medical Card'],
			['expirationDate', day(45).slice(0, 10)],
			['daysUntilExpiration', 45],
			['issueDate', '2020-01-01'],
			['status', 'valid'],
			['nextExpirationDate', null],
			['nextIssueDate', null],
			['phone', a.details.phone],
			['email', null],
			['externalIds', `payrollId:${a.externalIds.payrollId}`],
			['ownerType', 'worker'],
			['ownerId', a.id],
			['ownerEmail', null],
			['ownerPhone', a.details.phone],
			['ownerExternalIds', `payrollId:${a.externalIds.payrollId}`],
			['recordId', card],
			['nextRecordId', null],
		]);
		const [columns] = rows.map(Object.keys);
		for (const row of rows) expect(Object.keys(row)).toEqual(columns);
		expect(of(rows, a.id, 'Driver License').status).toBe('expiring');
		expect(of(rows, b.id, 'Medical Card')).toMatchObject({
			status: 'expiring',
			daysUntilExpiration: 0,
		});
		expect(of(rows, b.id, 'Driver License')).toMatchObject({
			status: 'expired',
			daysUntilExpiration: -1,
		});
		expect(of(rows, c.id, 'Medical Card')).toMatchObject({ status: 'valid' });
		expect(of(rows, c.id, 'Medical Card').daysUntilExpiration).toBeUndefined();
		expect(of(rows, c.id, 'Driver License')).toMatchObject({ status: 'missing' });
		expect(of(rows, c.id, 'Driver License').recordId).toBeNull();
	});

	it('uses the active record that lasts longest', async () => {
		const [a, b] = active();
		addRecord(a.id, 'Medical Card', 20);
		const longest = addRecord(a.id, 'Medical Card', 400);
		addRecord(a.id, 'Medical Card', 100);
		addRecord(a.id, 'Medical Card', 900, { recordStatus: 'archived' });
		addRecord(a.id, 'Medical Card', 900, { recordStatus: 'deleted' });
		const forEver = addRecord(b.id, 'Medical Card');
		addRecord(b.id, 'Medical Card', 900);
		const rows = await rowsOf(sim, parameters());
		expect(of(rows, a.id, 'Medical Card').recordId).toBe(longest);
		expect(of(rows, b.id, 'Medical Card').recordId).toBe(forEver);
	});

	describe('a record counts from its issue date on', () => {
		const check = async (more: INodeParameters = {}) =>
			await rowsOf(sim, parameters({ qualificationTypes: ['Medical Card'], ...more }));
		const from = (days: number) => ({ issueDate: day(days) });

		it('a record issued in the future does not replace an expired one', async () => {
			const [a] = active();
			const ended = addRecord(a.id, 'Medical Card', -3);
			const next = addRecord(a.id, 'Medical Card', 400, from(10));
			addRecord(a.id, 'Medical Card', 900, from(200));
			expect(of(await check(), a.id, 'Medical Card')).toMatchObject({
				status: 'expired',
				daysUntilExpiration: -3,
				recordId: ended,
				nextIssueDate: day(10).slice(0, 10),
				nextExpirationDate: day(400).slice(0, 10),
				nextRecordId: next,
			});
		});

		it('if it is the only record, it is upcoming', async () => {
			const [a, b] = active();
			const next = addRecord(a.id, 'Medical Card', undefined, from(1));
			const today = addRecord(b.id, 'Medical Card', 400, from(0));
			const rows = await check();
			const row = of(rows, a.id, 'Medical Card');
			expect(row).toMatchObject({ status: 'upcoming', nextRecordId: next });
			expect(row).toMatchObject({ recordId: null, nextExpirationDate: null });
			expect(of(rows, b.id, 'Medical Card')).toMatchObject({ status: 'valid', recordId: today });
			const [verdict] = await check({ options: { oneRowPerOwner: true } });
			expect(verdict).toMatchObject({ verdict: 'upcoming', 'Medical Card': 'upcoming' });
		});

		it('the record in effect decides the status; no action is needed once it is renewed in time', async () => {
			const [a, b, c] = active();
			for (const { id } of active().slice(3)) addRecord(id, 'Medical Card', 300);
			for (const { id } of [a, b]) addRecord(id, 'Medical Card', 5);
			addRecord(a.id, 'Medical Card', 400, from(6));
			addRecord(b.id, 'Medical Card', 400, from(7));
			addRecord(c.id, 'Medical Card', 300);
			addRecord(c.id, 'Medical Card', 200, from(5));
			const rows = await check();
			for (const { id } of [a, b])
				expect(of(rows, id, 'Medical Card')).toMatchObject({
					status: 'expiring',
					daysUntilExpiration: 5,
					nextExpirationDate: day(400).slice(0, 10),
				});
			expect(of(rows, c.id, 'Medical Card').nextRecordId).toBeNull();
			for (const oneRowPerOwner of [true, false]) {
				const left = await check({ options: { onlyActionNeeded: true, oneRowPerOwner } });
				expect(left.map(({ ownerId }) => ownerId)).toEqual([b.id]);
			}
		});
	});

	it.each(['', 'medical CARD'])('a type that the list repeats counts once (%s)', async (name) => {
		const type = typeNamed('Medical Card');
		const listed = { id: type.id, name: type.name, entityType: 'worker', fields: [] };
		sim.faults.add({
			kind: 'status',
			status: 200,
			path: /^\/qualification-types/,
			body: { data: [listed, { ...listed }] },
		});
		const rows = await rowsOf(sim, parameters({ qualificationTypes: [name || type.id] }));
		expect(rows).toHaveLength(active().length);
	});

	it('can return one row per driver, with a column per type and the worst status as the verdict', async () => {
		const [a, b, c] = active();
		for (const { id } of [a, b]) addRecord(id, 'Driver License', 200);
		addRecord(a.id, 'Medical Card', 100);
		addRecord(b.id, 'Medical Card', 5);
		addRecord(c.id, 'Medical Card', -5);
		const rows = await rowsOf(sim, parameters({ options: { oneRowPerOwner: true } }));
		expect(rows).toHaveLength(active().length);
		const row = (id: string) => rows.find(({ ownerId }) => ownerId === id);
		expect(row(a.id)).toMatchObject({
			verdict: 'valid',
			daysUntilExpiration: 100,
			'Medical Card': 'valid',
			'Driver License': 'valid',
		});
		expect(row(b.id)).toMatchObject({ verdict: 'expiring', daysUntilExpiration: 5 });
		expect(row(c.id)).toMatchObject({
			verdict: 'missing',
			'Medical Card': 'expired',
			'Driver License': 'missing',
		});
	});

	it('can leave out what needs no action', async () => {
		const [a, b] = active();
		for (const { id } of active())
			for (const type of ['Medical Card', 'Driver License'])
				if (id !== a.id || type !== 'Medical Card') addRecord(id, type, id === b.id ? 7 : 300);
		const missing = [a.id, 'Medical Card', 'missing'];
		const expiring = [
			[b.id, 'Medical Card', 'expiring'],
			[b.id, 'Driver License', 'expiring'],
		];
		const shown = async (more: INodeParameters) =>
			(await rowsOf(sim, parameters(more))).map(({ ownerId, type, status }) => [
				ownerId,
				type,
				status,
			]);
		const owners = async (more: INodeParameters) =>
			(await rowsOf(sim, parameters(more))).map(({ ownerId }) => ownerId);
		expect(await shown({ show: 'actionNeeded' })).toEqual([missing, ...expiring]);
		expect(await shown({ show: 'missing' })).toEqual([missing]);
		expect(await owners({ show: 'actionNeeded', oneRowPerOwner: true })).toEqual([a.id, b.id]);
		expect(await owners({ show: 'missing', oneRowPerOwner: true })).toEqual([a.id]);
		const stored = { onlyActionNeeded: true };
		expect(await shown({ options: stored })).toEqual([missing, ...expiring]);
		expect(await shown({ options: stored, show: 'missing' })).toEqual([missing]);
		expect(await owners({ options: { ...stored, oneRowPerOwner: true } })).toEqual([a.id, b.id]);
	});

	it.each([
		['IDs', 1, () => [typeNamed('Medical Card').id]],
		['names, which may be mistyped', 0, () => ['Medical Card']],
	])(
		'reads the first owners together with the types only if these are IDs: %s',
		async (_, pages, types) => {
			sim.faults.add({ kind: 'status', status: 403, path: '/qualification-types', times: 1 });
			const { error } = await runSamsara(sim, parameters({ qualificationTypes: types() }));
			expect(error?.message).toContain('Simulated error 403');
			expect(calls('/fleet/drivers')).toBe(pages);
		},
	);

	it('says that a type does not exist, even if it is an ID', async () => {
		const qualificationTypes = ['00000000-0000-4000-8000-000000000000'];
		const { error } = await runSamsara(sim, parameters({ qualificationTypes }));
		expect(error?.message).toContain("'Qualification Types' names '00000000");
		expect(calls('/qualification-records/stream')).toBe(0);
	});

	it('runs once for all items with the same parameters', async () => {
		const { output } = await runSamsara(sim, parameters(), { items: itemsOf({}, {}, {}) });
		expect(output).toHaveLength(active().length * 2);
		expect(new Set(output.map(({ pairedItem }) => JSON.stringify(pairedItem)))).toEqual(
			new Set(['{"item":0}']),
		);
		expect(calls('/fleet/drivers')).toBe(1);
		expect(calls('/qualification-records/stream')).toBe(1);
		expect(calls('/qualification-types')).toBe(1);
	});

	it('checks the owner of each input item by ID or external ID', async () => {
		const [a, b] = active();
		const gone = drivers().find((one) => one.driverActivationStatus === 'deactivated')!;
		addRecord(a.id, 'Medical Card', 100);
		const { output } = await runSamsara(
			sim,
			parameters({
				who: 'items',
				qualificationTypes: ['Medical Card'],
				ownerId: locator('={{ $json.id }}'),
			}),
			{
				items: itemsOf(
					{ id: b.id },
					{ id: `payrollId:${a.externalIds.payrollId}` },
					{ id: 'payrollId:none' },
					{ id: '' },
					{ id: gone.id },
				),
				settings: { onError: 'continueRegularOutput' },
			},
		);
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3, 4].map((item) => ({ item })),
		);
		expect(output[0].json).toMatchObject({ ownerId: b.id, status: 'missing' });
		expect(output[1].json).toMatchObject({ ownerId: a.id, status: 'valid' });
		expect(output[2].json.error).toContain(
			"'Owner' names 'payrollId:none', but no driver has this ID",
		);
		expect(output[3].json.error).toContain("'Owner' is empty");
		expect(output[4].json).toMatchObject({ ownerId: gone.id, ownerName: gone.name });
		expect(calls('/qualification-records/stream')).toBe(1);
		const stream = sim.requests.find(({ route }) => route.endsWith('/stream'))!;
		expect(new URLSearchParams(stream.query).get('ownerIds')?.split(',').sort()).toEqual(
			[a.id, b.id, gone.id].sort(),
		);
	});

	it('checks by tag name, tag ID or attribute value', async () => {
		const tag = [...sim.state.tags.values()].find(({ id }) =>
			active().some(({ tagIds }) => tagIds.includes(id)),
		)!;
		const tagged = active().filter(({ tagIds }) => tagIds.includes(tag.id));
		for (const tagIds of [[tag.id], [tag.name]]) {
			const rows = await rowsOf(
				sim,
				parameters({ who: 'tag', tagIds, options: { oneRowPerOwner: true } }),
			);
			expect(rows.map(({ ownerId }) => ownerId)).toEqual(tagged.map(({ id }) => id));
		}
		const context = editorContext(sim, parameters());
		const values = await loadOptions.getAttributeValues.call(context);
		const carried = new Set(
			active().flatMap(({ attributes }) => attributes.flatMap((one) => one.stringValues ?? [])),
		);
		const value = values.find(({ name }) => carried.has(name.split(': ')[1]))!;
		const [attributeName, text] = value.name.split(': ');
		const attribute = sim.state.attributeNamed('driver', attributeName)!;
		const holding = active().filter(({ attributes }) =>
			attributes.some(
				(one) => one.attributeId === attribute.id && one.stringValues?.includes(text),
			),
		);
		const rows = await rowsOf(
			sim,
			parameters({
				who: 'attribute',
				attributeValueIds: [String(value.value)],
				options: { oneRowPerOwner: true },
			}),
		);
		expect(rows.map(({ ownerId }) => ownerId)).toEqual(holding.map(({ id }) => id));
		expect(rows.length).toBeGreaterThan(0);
	});

	it('checks a list in its order, and each owner once', async () => {
		const [a, b] = active();
		const owners = `${b.id}, payrollId:${a.externalIds.payrollId}\n, ${b.id}`.replace('\n', '');
		const rows = await rowsOf(
			sim,
			parameters({ who: 'list', owners, options: { oneRowPerOwner: true } }),
		);
		expect(rows.map(({ ownerId }) => ownerId)).toEqual([b.id, a.id]);
		const { error } = await runSamsara(sim, parameters({ who: 'list', owners: ['77'] }));
		expect(error?.message).toBe("'Owners' names '77', but no driver has this ID [item 0]");
	});

	it('checks assets, or only those of one type', async () => {
		const [truck] = sim.state.vehicles.values();
		addRecord(truck.id, 'Annual Inspection', 12);
		const rows = await rowsOf(
			sim,
			parameters({
				entityType: 'asset',
				qualificationTypes: ['Annual Inspection'],
				assetType: 'vehicle',
			}),
		);
		expect(rows).toHaveLength(sim.state.vehicles.size);
		expect(of(rows, truck.id, 'Annual Inspection')).toMatchObject({
			ownerName: truck.name,
			status: 'expiring',
			daysUntilExpiration: 12,
		});
	});

	it.each([
		[{ show: '={{ "some" }}' }, "'Show' is 'some'"],
		[{ qualificationTypes: '={{ [] }}' }, "'Qualification Types' is empty"],
		[{ who: 'tag', tagIds: '={{ [] }}' }, "'Tags' is empty"],
		[{ who: 'list', owners: ' , ' }, "'Owners' is empty"],
		[{ who: 'attribute', attributeValueIds: '={{ [] }}' }, "'Attribute Values' is empty"],
		[{ who: 'nobody' }, "'Who' is 'nobody'"],
		[
			{ expiringWithinDays: -3 },
			"'Expiring Within Days' must be a whole number of 0 or more, but is '-3'",
		],
	])('rejects %j before any request', async (input, message) => {
		const { error } = await runSamsara(sim, parameters(input));
		expect(error?.message).toContain(message);
		expect(sim.requests).toEqual([]);
	});

	it('lists the existing types if one does not exist, before drivers and records are read', async () => {
		const { error } = await runSamsara(sim, parameters({ qualificationTypes: ['Pilot'] }));
		expect(error?.message).toContain("'Qualification Types' names 'Pilot'");
		expect(error?.description).toContain('Medical Card');
		expect(sim.requests.map(({ route }) => route)).toEqual(['/qualification-types']);
	});

	it('offers active drivers and types by name', async () => {
		const context = editorContext(sim, parameters());
		const owners = await loadOptions.getOwners.call(context);
		expect(owners.map(({ value }) => value).sort()).toEqual(
			active()
				.map(({ id }) => id)
				.sort(),
		);
		expect(owners.map(({ name }) => name)).toEqual(
			active()
				.map(({ name }) => name)
				.sort((one, other) => one.localeCompare(other)),
		);
		const types = await loadOptions.getQualificationTypes.call(context);
		expect(types).toContainEqual({
			name: 'Medical Card',
			value: typeNamed('Medical Card').id,
		});
		const assets = editorContext(sim, parameters({ entityType: 'asset' }));
		const others = await loadOptions.getQualificationTypes.call(assets);
		expect(others.map(({ name }) => name)).toEqual(['Annual Inspection', 'Vehicle Registration']);
	});
});

describe('check compliance of a large fleet', () => {
	it('takes tens of requests for 10,000 drivers and 5 types', async () => {
		const slowDown = speedUp(50);
		const sim = await startSimulator({ drivers: 10_000, records: 20_000, clockSpeed: 50 });
		try {
			const rows = await rowsOf(sim, {
				resource: 'qualificationRecord',
				operation: 'checkCompliance',
				entityType: 'worker',
				qualificationTypes: [
					'Driver License',
					'Medical Card',
					'Hazmat Certificate',
					'Training Record',
					'Language Certificate',
				],
				who: 'all',
				expiringWithinDays: 30,
			});
			const active = [...sim.state.drivers.values()].filter(
				(one) => one.driverActivationStatus === 'active',
			);
			expect(rows).toHaveLength(active.length * 5);
			expect(new Set(rows.map(({ status }) => status))).toEqual(
				new Set(['valid', 'expiring', 'expired', 'missing']),
			);
			expect(sim.requests.length).toBeLessThan(110);
			const routes = sim.requests.map(({ route }) => route);
			const firstOfRecords = routes.indexOf('/qualification-records/stream');
			expect(firstOfRecords).toBeLessThan(routes.lastIndexOf('/fleet/drivers'));
		} finally {
			slowDown();
			await sim.close();
		}
	}, 60_000);

	it('says why the drivers cannot be read to the end, and makes no call afterwards', async () => {
		const slowDown = speedUp(50);
		const sim = await startSimulator({ drivers: 1500, records: 3000, clockSpeed: 50 });
		try {
			sim.faults.add({ kind: 'status', path: '/fleet/drivers', after: 1, status: 403, times: 9 });
			const { error } = await runSamsara(sim, {
				resource: 'qualificationRecord',
				operation: 'checkCompliance',
				entityType: 'worker',
				qualificationTypes: ['Medical Card'],
				who: 'all',
			});
			expect(error?.description).toContain('Read Drivers');
			const calls = sim.requests.length;
			await sleep(100);
			expect(sim.requests.length).toBe(calls);
		} finally {
			slowDown();
			await sim.close();
		}
	}, 60_000);
});
