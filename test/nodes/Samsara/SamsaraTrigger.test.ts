import type { IDataObject, INode } from 'n8n-workflow';
import { clock } from '../../../nodes/Samsara/api/clock';
import { pollTrigger } from '../../samsara';
import { startSimulator, type Simulator } from '../../simulator/index.mts';

let sim: Simulator;

beforeEach(async () => {
	sim = await startSimulator();
});

const original = { ...clock };

afterEach(async () => {
	Object.assign(clock, original);
	await sim.close();
});

/** A trigger in an active workflow. `poll` returns the rows that start it, if any. */
function trigger(parameters: INode['parameters'], { token = sim.token } = {}) {
	const staticData: IDataObject = {};
	const poll = async (mode?: 'trigger' | 'manual', budget?: number) =>
		await pollTrigger({ url: sim.url, token }, parameters, mode, staticData, budget);
	/** A poll whose time is up after its first response. */
	const pollInHurry = async () => {
		const { monotonic } = clock;
		const calls = sim.requests.length;
		clock.monotonic = () => monotonic() + (sim.requests.length > calls ? 7_000 : 0);
		return await poll('trigger', 10_000);
	};
	return { poll, pollInHurry, staticData, state: () => stateIn(staticData) };
}

/** What the trigger remembers. */
function stateIn(staticData: IDataObject): IDataObject {
	return (staticData['node:Node'] as IDataObject).watch as IDataObject;
}

const idsOf = (rows: IDataObject[]) => rows.map(({ id }) => id);

const dateIn = (days: number) =>
	`${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}T00:00:00Z`;

/** Changes a record as somebody in Samsara's dashboard would. */
function change(id: string, values: object) {
	Object.assign(sim.state.records.get(id)!, values, {
		updatedAtTime: new Date(Date.now() - 500).toISOString(),
	});
}

const activeRecord = () =>
	[...sim.state.records.values()].find(({ recordStatus }) => recordStatus === 'active')!;

describe('Samsara Trigger', () => {
	test('an updated record triggers once, with a flat row, the event, and the name of its owner', async () => {
		const { poll } = trigger({ event: 'recordUpdated', entityType: 'both' });
		expect(await poll()).toEqual([]);
		const record = activeRecord();
		change(record.id, {});
		const rows = await poll();
		expect(rows).toEqual([
			expect.objectContaining({
				event: 'recordUpdated',
				id: record.id,
				status: 'active',
				ownerId: record.owner.id,
			}),
		]);
		expect(rows[0].ownerName).toEqual(expect.stringMatching(/\w/));
		expect(await poll()).toEqual([]);
	});

	test('rows of one type have the same columns, and those of another type none of them', async () => {
		const { poll } = trigger({ event: 'recordUpdated', entityType: 'worker' });
		await poll();
		const workers = [...sim.state.records.values()].filter(
			({ owner, recordStatus }) => owner.entityType === 'worker' && recordStatus === 'active',
		);
		const one = workers.find(({ fields }) => fields.length > 2)!;
		const same = workers.find((record) => record.id !== one.id && record.typeId === one.typeId)!;
		const other = workers.find(({ typeId }) => typeId !== one.typeId)!;
		change(one.id, {});
		change(same.id, { fields: same.fields.slice(0, 1) });
		change(other.id, {});
		const rows = await poll();
		const columns = Object.fromEntries(rows.map((row) => [String(row.id), Object.keys(row)]));
		expect(columns[same.id]).toEqual(columns[one.id]);
		expect(columns[one.id].slice(0, 3)).toEqual(['event', 'ownerName', 'type']);
		const { fields } = sim.state.qualificationTypes.get(one.typeId)!;
		const labels = fields.map(({ label }) => label);
		expect(columns[one.id].filter((column) => labels.includes(column)).length).toBeGreaterThan(2);
		expect(columns[other.id].filter((column) => labels.includes(column))).toEqual([]);
	});

	test('a poll makes one call per entity type if nothing changed, and always with an end time', async () => {
		const { poll } = trigger({ event: 'recordCreated', entityType: 'both' });
		await poll();
		sim.requests.length = 0;
		await poll();
		expect(sim.requests.map(({ path }) => path)).toEqual(
			Array(2).fill('/qualification-records/stream'),
		);
		for (const { query } of sim.requests) expect(query).toMatch(/endTime=/);
	});

	describe('the names of owners', () => {
		const ofAssets = () =>
			[...sim.state.records.values()].filter(
				({ recordStatus, owner }) => recordStatus === 'active' && owner.entityType === 'asset',
			);
		const assetCalls = () => sim.requests.filter(({ path }) => path === '/assets');

		test('are read by ID, without the lists of all owners', async () => {
			sim.settings.pageSize = 2;
			const { poll } = trigger({ event: 'recordUpdated', entityType: 'both' });
			await poll();
			const record = ofAssets().at(-1)!;
			change(record.id, {});
			expect(await poll()).toEqual([
				expect.objectContaining({ id: record.id, ownerName: expect.stringMatching(/\w/) }),
			]);
			expect(assetCalls()).toHaveLength(1);
		});

		test('are left out for an owner who was deleted', async () => {
			const { poll } = trigger({ event: 'recordUpdated', entityType: 'both' });
			await poll();
			const { id, owner } = activeRecord();
			sim.state.drivers.delete(owner.id);
			change(id, {});
			expect(idsOf(await poll())).toEqual([id]);
		});

		test('are left out if reading them takes longer than n8n lets a poll run', async () => {
			const { poll } = trigger({ event: 'recordUpdated', entityType: 'asset' });
			const [record] = ofAssets();
			const [vehicle] = sim.state.vehicles.values();
			for (let i = 0; i < 120; i++) {
				const [id, ownerId] = [sim.state.newUuid(), sim.state.newEntityId()];
				sim.state.vehicles.set(ownerId, { ...vehicle, id: ownerId, externalIds: {} });
				sim.state.records.set(id, {
					...record,
					id,
					owner: { entityType: 'asset', id: ownerId },
					externalIds: {},
				});
			}
			await poll();
			for (const { id } of [...sim.state.records.values()].slice(-120)) change(id, {});
			sim.settings.pageSize = 1000;
			const { monotonic } = clock;
			clock.monotonic = () => monotonic() + (sim.requests.length > 1 ? 8_000 : 0);
			sim.requests.length = 0;
			sim.faults.add({ kind: 'emptyPage', path: '/assets' });
			const rows = await poll('trigger', 10_000);
			expect(rows).toHaveLength(120);
			expect(assetCalls()).toHaveLength(1);
			expect(rows.filter(({ ownerName }) => ownerName)).toEqual([]);
		});
	});

	test('filters by type and owner apply when drivers and assets are watched together', async () => {
		const [watched, other] = [...sim.state.records.values()].filter(
			({ recordStatus, owner }, i, all) =>
				recordStatus === 'active' &&
				owner.entityType === 'asset' &&
				all.findIndex((record) => record.owner.id === owner.id) === i,
		);
		const filters = {
			qualificationTypes: [watched.typeId],
			owners: [watched.owner.id],
		};
		const { poll } = trigger({ event: 'recordUpdated', entityType: 'both', filters });
		await poll();
		change(watched.id, {});
		change(other.id, {});
		expect((await poll()).map(({ id }) => id)).toEqual([watched.id]);
	});

	test("the types of the main form apply, or else those among a saved node's filters", async () => {
		const [watched, other] = [...sim.state.records.values()].filter(
			({ recordStatus, typeId }, i, all) =>
				recordStatus === 'active' && all.findIndex((record) => record.typeId === typeId) === i,
		);
		const { poll } = trigger({
			event: 'recordUpdated',
			entityType: 'both',
			qualificationTypes: [watched.typeId],
			filters: { qualificationTypes: [other.typeId] },
		});
		await poll();
		change(watched.id, {});
		change(other.id, {});
		expect((await poll()).map(({ id }) => id)).toEqual([watched.id]);
	});

	describe('filters by name, external ID, or uppercase ID', () => {
		const watched = () =>
			[...sim.state.records.values()].find(
				({ recordStatus, owner }) => recordStatus === 'active' && owner.entityType === 'worker',
			)!;
		const owner = () => sim.state.drivers.get(watched().owner.id)!;
		const type = () => sim.state.qualificationTypes.get(watched().typeId)!;

		test.each([
			['type name', () => ({ qualificationTypes: ` ${type().name.toUpperCase()} ` })],
			['uppercase type ID', () => ({ qualificationTypes: [type().id.toUpperCase()] })],
			['owner name', () => ({ owners: [owner().name] })],
			['owner external ID', () => ({ owners: `payrollId:${owner().externalIds.payrollId}` })],
			['IDs separated by spaces', () => ({ owners: `${owner().id} 1` })],
		])('%s', async (_, filters) => {
			for (const entityType of ['worker', 'both']) {
				const { poll } = trigger({ event: 'recordUpdated', entityType, filters: filters() });
				expect(await poll()).toEqual([]);
				change(watched().id, {});
				expect((await poll()).map(({ id }) => id)).toEqual([watched().id]);
			}
		});

		test.each([
			[
				{ qualificationTypes: ['Medcial'] },
				"'Qualification Types' names 'Medcial'",
				'Medical Card',
			],
			[
				{ owners: 'Nobody Known' },
				"'Owners' contains 'Nobody Known', but Samsara has no such driver",
				'pick the owner from the list',
			],
			[{ owners: ['payrollId:none'] }, "'Owners' contains 'payrollId:none'", "'Belongs To'"],
		])('%j is refused before any record is read', async (filters, message, remedy) => {
			const { poll } = trigger({ event: 'recordUpdated', entityType: 'worker', filters });
			await expect(poll()).rejects.toMatchObject({
				message: expect.stringContaining(message),
				description: expect.stringContaining(remedy),
			});
			expect(sim.requests.some(({ path }) => path.endsWith('/stream'))).toBe(false);
		});

		test('a name that two owners share is refused', async () => {
			const [one, other] = sim.state.drivers.values();
			other.name = one.name;
			const { poll } = trigger({
				event: 'recordUpdated',
				entityType: 'worker',
				filters: { owners: [one.name] },
			});
			await expect(poll()).rejects.toThrow(
				`'Owners' contains '${one.name}', but 2 drivers or assets have that name`,
			);
		});
	});

	test('widening a filter does not trigger for the records that it adds, and the others still trigger', async () => {
		const [one, other] = [...sim.state.records.values()].filter(
			({ recordStatus, owner }, i, all) =>
				recordStatus === 'active' &&
				owner.entityType === 'worker' &&
				all.findIndex((record) => record.owner.id === owner.id) === i,
		);
		const parameters = {
			event: 'recordUpdated',
			entityType: 'worker',
			filters: { owners: [one.owner.id] },
		};
		const { poll } = trigger(parameters);
		await poll();
		change(one.id, {});
		change(other.id, {});
		parameters.filters.owners.push(other.owner.id);
		expect((await poll()).map(({ id }) => id)).toEqual([one.id]);
		change(other.id, {});
		expect((await poll()).map(({ id }) => id)).toEqual([other.id]);
	});

	test('a poll that starts while another one is running emits nothing, and the next one works', async () => {
		const { poll } = trigger({ event: 'recordUpdated', entityType: 'both' });
		await poll();
		const record = activeRecord();
		change(record.id, {});
		sim.faults.add({ kind: 'delay', ms: 100, path: '/qualification-records/stream', times: 2 });
		const results = await Promise.all([poll(), poll(), poll()]);
		expect(results.flat().map(({ id }) => id)).toEqual([record.id]);
		change(record.id, {});
		expect((await poll()).map(({ id }) => id)).toEqual([record.id]);
	});

	test.each([-240_000, 30_000, 240_000])(
		"changes trigger exactly once when Samsara's clock is %d ms ahead",
		async (clockOffsetMs) => {
			sim.settings.clockOffsetMs = clockOffsetMs;
			const { poll } = trigger({ event: 'recordUpdated', entityType: 'both' });
			const record = activeRecord();
			await poll();
			for (let round = 0; round < 2; round++) {
				record.updatedAtTime = new Date(Date.now() + clockOffsetMs - 10).toISOString();
				expect((await poll()).map(({ id }) => id)).toEqual([record.id]);
				expect(await poll()).toEqual([]);
			}
		},
	);

	describe('a first poll without time to read everything', () => {
		/** Assets' records that were changed at this time, of which the first poll reads one page. */
		function assetsChangedAt(time: number) {
			sim.settings.pageSize = 3;
			const records = [...sim.state.records.values()].filter(
				({ recordStatus }) => recordStatus === 'active',
			);
			const times = { createdAtTime: dateIn(-100), updatedAtTime: dateIn(-10) };
			for (const record of records) Object.assign(record, times);
			const ofAssets = records.filter(({ owner }) => owner.entityType === 'asset').slice(0, 10);
			ofAssets.forEach((record, i) => {
				record.updatedAtTime = new Date(time + i).toISOString();
			});
			return ofAssets;
		}

		test.each([
			['recordUpdated', 5],
			['recordUpdated', 12 * 60],
			['recordCreated', 5],
		])('%s: nothing triggers that happened %d minutes before it', async (event, minutes) => {
			const { poll, pollInHurry } = trigger({ event, entityType: 'both' });
			const records = assetsChangedAt(Date.now() - minutes * 60_000);
			for (const record of records)
				if (event === 'recordCreated') record.createdAtTime = record.updatedAtTime;
			expect(await pollInHurry()).toEqual([]);
			const changed = records.at(-2)!;
			changed.updatedAtTime = new Date().toISOString();
			const isNew = event === 'recordUpdated';
			expect(idsOf(await poll())).toEqual(isNew ? [changed.id] : []);
			expect(await poll()).toEqual([]);
		});

		test('what happens after it triggers once, even if the next polls have to hurry as well', async () => {
			const { poll, pollInHurry, state } = trigger({ event: 'recordUpdated', entityType: 'both' });
			const records = assetsChangedAt(Date.now() - 5 * 60_000);
			await pollInHurry();
			const changed = records.slice(2, 9);
			for (const record of changed) record.updatedAtTime = new Date().toISOString();
			const emitted: unknown[] = [];
			for (let polls = 0; polls < 3; polls++) emitted.push(...idsOf(await pollInHurry()));
			do emitted.push(...idsOf(await poll()));
			while (state().backlog);
			expect(emitted.sort()).toEqual(idsOf(changed as unknown as IDataObject[]).sort());
		});

		test('what it remembers for that is forgotten once it is not needed', async () => {
			const { poll, pollInHurry, state } = trigger({ event: 'recordUpdated', entityType: 'both' });
			assetsChangedAt(Date.now() - 5 * 60_000);
			await pollInHurry();
			expect(state().startedAt).toBeDefined();
			const later = Date.now() + 30 * 60_000;
			clock.now = () => later;
			sim.settings.now = () => new Date(later);
			await poll();
			expect(state().startedAt).toBeUndefined();
		});
	});

	test("polls continue when n8n's clock is set back by an hour, and when it is corrected", async () => {
		const { poll } = trigger({ event: 'recordUpdated', entityType: 'both' });
		const record = activeRecord();
		await poll();
		// To n8n, Samsara's clock is then an hour ahead.
		sim.settings.clockOffsetMs = 3_600_000;
		for (let round = 0; round < 2; round++) {
			record.updatedAtTime = new Date(Date.now() + 3_599_990).toISOString();
			expect((await poll()).map(({ id }) => id)).toEqual([record.id]);
			expect(await poll()).toEqual([]);
		}
		sim.settings.clockOffsetMs = 0;
		expect(await poll()).toEqual([]);
	});

	describe('a record without a valid time of change', () => {
		const activeRecords = () =>
			[...sim.state.records.values()].filter(({ recordStatus }) => recordStatus === 'active');

		test.each([
			['null', 'memory'],
			['missing', 'JSON'],
		] as const)('%s does not stop the trigger, with its state in %s', async (shown, storage) => {
			const { poll, staticData, state } = trigger({ event: 'recordUpdated', entityType: 'both' });
			const [undated, record] = activeRecords();
			undated.shownUpdatedAtTime = shown;
			change(undated.id, {});
			await poll();
			for (let round = 0; round < 2; round++) {
				if (storage === 'JSON')
					Object.assign(staticData['node:Node']!, { watch: JSON.parse(JSON.stringify(state())) });
				change(record.id, {});
				expect(idsOf(await poll())).toEqual([record.id]);
				expect(await poll()).toEqual([]);
			}
		});

		test('triggers once when it is archived', async () => {
			const { poll } = trigger({ event: 'recordArchived', entityType: 'both' });
			await poll();
			const { id } = activeRecord();
			change(id, { recordStatus: 'archived', shownUpdatedAtTime: 'null' });
			expect(idsOf(await poll())).toEqual([id]);
			expect(await poll()).toEqual([]);
		});

		test.each([null, NaN])(
			'a state in which an earlier version left the time %s starts over and emits nothing old',
			async (readTo) => {
				const { poll, state } = trigger({ event: 'recordUpdated', entityType: 'both' });
				await poll();
				state().readTo = readTo;
				expect(await poll()).toEqual([]);
				const { id } = activeRecord();
				change(id, {});
				expect(idsOf(await poll())).toEqual([id]);
			},
		);

		test.each([null, NaN])(
			'a trigger on expiring records with the time %s misses none and emits none again',
			async (readTo) => {
				const parameters = {
					event: 'recordExpiring',
					entityType: 'both',
					daysAhead: '30',
					includeAlreadyDue: true,
				};
				const { poll, state } = trigger(parameters);
				const [due, dueLater, dueByChange] = activeRecords();
				due.expirationDate = dateIn(20);
				dueByChange.expirationDate = dateIn(50);
				expect(idsOf(await poll())).toContain(due.id);
				state().readTo = readTo;
				change(dueLater.id, { expirationDate: dateIn(22) });
				expect(idsOf(await poll())).toEqual([dueLater.id]);
				state().readTo = readTo;
				Object.assign(parameters, { daysAhead: '60, 30', includeAlreadyDue: false });
				expect(await poll()).toEqual([]);
			},
		);
	});

	test('an expiring record triggers with its step and days', async () => {
		const { poll } = trigger({
			event: 'recordExpiring',
			entityType: 'both',
			daysAhead: '60, 30, 7',
		});
		expect(await poll()).toEqual([]);
		const record = activeRecord();
		change(record.id, { expirationDate: dateIn(22) });
		const [row, ...more] = await poll();
		expect(more).toEqual([]);
		expect(row).toMatchObject({ event: 'recordExpiring', step: 30, id: record.id });
		expect([21, 22, 23]).toContain(row.daysUntilExpiration);
		expect(await poll()).toEqual([]);
	});

	describe('a day whose reading is unfinished when the settings are changed', () => {
		/** Noon in Chicago, so that neither clock is near midnight. */
		const noon = Date.parse(`${dateIn(0).slice(0, 10)}T18:00:00Z`);
		const setClocks = (time: number) => {
			clock.now = () => time;
			sim.settings.now = () => new Date(time);
		};

		test.each([false, true])(
			'still triggers for a record that it had not read, also if the next poll has to hurry: %s',
			async (isNextInHurry) => {
				setClocks(noon);
				sim.settings.pageSize = 20;
				const records = [...sim.state.records.values()];
				const workers = records.filter(
					({ owner, recordStatus }) => owner.entityType === 'worker' && recordStatus === 'active',
				);
				for (const record of records) record.updatedAtTime = dateIn(0);
				workers.forEach((record, i) => {
					const updatedAtTime = new Date(noon - (100 - i) * 3_600_000).toISOString();
					Object.assign(record, { updatedAtTime, expirationDate: dateIn(200) });
				});
				const [readInTime, unread] = [workers[0], workers.at(-3)!];
				for (const record of [readInTime, unread]) record.expirationDate = dateIn(31);
				const parameters = { event: 'recordExpiring', entityType: 'worker', daysAhead: '30' };
				const { poll, pollInHurry, state } = trigger(parameters);
				expect(await poll()).toEqual([]);
				setClocks(noon + 86_400_000);
				expect(idsOf(await pollInHurry())).toEqual([readInTime.id]);
				expect(state().backlog).toBeDefined();
				parameters.daysAhead = '30, 14';
				const rows = isNextInHurry ? await pollInHurry() : [];
				rows.push(...(await poll()), ...(await poll()));
				expect(rows).toEqual([expect.objectContaining({ id: unread.id, step: 30 })]);
			},
		);
	});

	test("'Include Already Due' triggers once for each record that is due at the start", async () => {
		const { poll } = trigger({
			event: 'recordExpired',
			entityType: 'worker',
			includeAlreadyDue: true,
		});
		const rows = await poll();
		const expired = [...sim.state.records.values()].filter(
			({ recordStatus, expirationDate, owner }) =>
				recordStatus === 'active' &&
				owner.entityType === 'worker' &&
				expirationDate &&
				expirationDate < dateIn(-1),
		);
		expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining(expired.map(({ id }) => id)));
		expect(rows.every(({ daysUntilExpiration }) => Number(daysUntilExpiration) < 0)).toBe(true);
		expect(await poll()).toEqual([]);
	});

	test('a poll that fails emits nothing, and the next one makes up for it', async () => {
		const { poll, staticData } = trigger({ event: 'recordUpdated', entityType: 'both' });
		await poll();
		const before = JSON.stringify(staticData);
		const record = activeRecord();
		change(record.id, {});
		sim.faults.add({ kind: 'status', status: 403, path: '/fleet/drivers', times: 1 });
		sim.faults.add({
			kind: 'status',
			status: 400,
			path: '/qualification-records/stream',
			after: 1,
			times: 1,
		});
		await expect(poll()).rejects.toThrow();
		expect(JSON.stringify(staticData)).toBe(before);
		expect((await poll()).map(({ id }) => id)).toEqual([record.id]);
	});

	test('a test in the editor shows a real record and does not change the state', async () => {
		const { poll, staticData } = trigger({
			event: 'recordExpiring',
			entityType: 'both',
			daysAhead: '30',
		});
		const before = JSON.stringify(staticData);
		const rows = await poll('manual');
		expect(rows).toHaveLength(1);
		expect(sim.state.records.get(String(rows[0].id))).toMatchObject({ recordStatus: 'active' });
		expect(JSON.stringify(staticData)).toBe(before);
	});

	const expiresIn = (record: { expirationDate?: string }, days: number) => {
		record.expirationDate = new Date(Date.now() + days * 86_400_000).toISOString();
	};

	test('a test in the editor prefers a record that is due, at the step that it has reached', async () => {
		const records = [...sim.state.records.values()];
		for (const record of records) expiresIn(record, 200);
		const [due, changedLater] = records.filter(({ recordStatus }) => recordStatus === 'active');
		due.updatedAtTime = new Date(Date.now() - 100 * 86_400_000).toISOString();
		changedLater.updatedAtTime = new Date().toISOString();
		expiresIn(due, 20);
		const parameters = { event: 'recordExpiring', entityType: 'both', daysAhead: '60, 30, 7' };
		expect(await trigger(parameters).poll('manual')).toMatchObject([{ id: due.id, step: 30 }]);
		due.recordStatus = 'archived';
		const [row] = await trigger(parameters).poll('manual');
		expect(row).toMatchObject({ step: 60, daysUntilExpiration: expect.closeTo(200, -1) });
	});

	test('a test in the editor is refused if there is no record to show', async () => {
		sim.state.records.clear();
		const { poll } = trigger({ event: 'recordExpiring', entityType: 'both', daysAhead: '30' });
		await expect(poll('manual')).rejects.toThrow(
			'Samsara has no matching qualification record to use as a sample',
		);
	});

	test.each(['', 'soon', '-1', '7.5', '99999'])(
		"'Days Ahead' '%s' is refused before any call",
		async (daysAhead) => {
			const { poll } = trigger({ event: 'recordExpiring', entityType: 'both', daysAhead });
			await expect(poll()).rejects.toThrow(
				"'Days Ahead' must be whole numbers from 0 to 3650, but is",
			);
			expect(sim.requests).toEqual([]);
		},
	);

	test('an invalid token gives a clear message', async () => {
		const { poll } = trigger({ event: 'recordUpdated', entityType: 'both' }, { token: 'another' });
		await expect(poll()).rejects.toMatchObject({
			description: expect.stringContaining('API token is wrong or was revoked'),
			failure: { cause: 'credential-invalid' },
		});
	});
});

describe('Samsara Trigger on drivers', () => {
	const drivers = () => [...sim.state.drivers.values()];
	const withStatus = (status: string) =>
		drivers().find(({ driverActivationStatus }) => driverActivationStatus === status)!;

	/** Changes a driver; by default, Samsara counts that as an update. */
	function edit(id: string, values: object, isUpdate = true) {
		const updatedAtTime = new Date(Date.now() - 500).toISOString();
		Object.assign(sim.state.drivers.get(id)!, values, isUpdate ? { updatedAtTime } : {});
	}

	test('an updated driver triggers once, with what changed and a flat row', async () => {
		const { poll } = trigger({ event: 'driverUpdated' });
		expect(await poll()).toEqual([]);
		const { id, username } = withStatus('active');
		edit(id, { name: 'Ada Byron', tagIds: [] });
		const rows = await poll();
		expect(rows).toEqual([
			expect.objectContaining({
				event: 'driverUpdated',
				changed: ['name', 'tags'],
				name: 'Ada Byron',
				username,
				status: 'active',
				id,
			}),
		]);
		expect(Object.keys(rows[0]).slice(0, 4)).toEqual(['event', 'changed', 'name', 'License Class']);
		expect(await poll()).toEqual([]);
	});

	test('attributes that Samsara does not count as an update trigger as well, even those of a deactivated driver', async () => {
		const { poll } = trigger({ event: 'driverUpdated', simplify: false });
		await poll();
		const driver = drivers().find(({ attributes }) => attributes.length > 0)!;
		driver.driverActivationStatus = 'deactivated';
		await poll();
		edit(driver.id, { attributes: driver.attributes.slice(1) }, false);
		expect(await poll()).toEqual([
			{
				event: 'driverUpdated',
				changed: ['attributes'],
				driver: expect.objectContaining({ id: driver.id, driverActivationStatus: 'deactivated' }),
			},
		]);
		expect(await poll()).toEqual([]);
	});

	test('deactivating and activating again are changes of the status', async () => {
		const { poll } = trigger({ event: 'driverUpdated' });
		await poll();
		const { id } = withStatus('active');
		for (const driverActivationStatus of ['deactivated', 'active']) {
			edit(id, { driverActivationStatus });
			expect(await poll()).toEqual([
				expect.objectContaining({ id, changed: ['status'], status: driverActivationStatus }),
			]);
		}
	});

	test('a new driver triggers once, and a changed one does not', async () => {
		const { poll } = trigger({ event: 'driverCreated' });
		expect(await poll()).toEqual([]);
		const id = sim.state.newEntityId();
		const createdAtTime = new Date(Date.now() - 200).toISOString();
		sim.state.drivers.set(id, { ...withStatus('active'), id, name: 'New', createdAtTime });
		edit(withStatus('active').id, { name: 'Old' });
		expect(await poll()).toEqual([
			expect.objectContaining({ event: 'driverCreated', name: 'New', id }),
		]);
		edit(id, { name: 'Newer' });
		expect(await poll()).toEqual([]);
	});

	test('a poll of few drivers makes one call for the active and one for the deactivated ones', async () => {
		const { poll } = trigger({ event: 'driverUpdated' });
		await poll();
		sim.requests.length = 0;
		await poll();
		expect(sim.requests.map(({ path, query }) => `${path}?${query}`)).toEqual([
			'/fleet/drivers?limit=512',
			'/fleet/drivers?limit=512&driverActivationStatus=deactivated',
		]);
	});

	test('a poll of more drivers reads only updated ones until enough time has passed', async () => {
		const { poll } = trigger({ event: 'driverUpdated' });
		for (const driver of drivers().slice(0, 2)) {
			for (let i = 0; i < 600; i++) {
				const id = sim.state.newEntityId();
				sim.state.drivers.set(id, { ...driver, id });
			}
		}
		await poll();
		sim.requests.length = 0;
		const { id } = withStatus('active');
		edit(id, { name: 'Renamed' });
		expect(await poll()).toEqual([expect.objectContaining({ id })]);
		expect(sim.requests.filter(({ path }) => path === '/fleet/drivers')).toEqual(
			Array(2).fill(
				expect.objectContaining({ query: expect.stringContaining('updatedAfterTime') }),
			),
		);
		const other = withStatus('deactivated');
		edit(other.id, { name: 'Unnoticed' }, false);
		expect(await poll()).toEqual([]);
		clock.now = () => Date.now() + 60_000;
		expect(await poll()).toEqual([expect.objectContaining({ id: other.id, changed: ['name'] })]);
	});

	test('filters by parent tag, status, and kind of change', async () => {
		const parent = [...sim.state.tags.values()].find(({ id }) =>
			[...sim.state.tags.values()].some(({ parentTagId }) => parentTagId === id),
		)!;
		const child = [...sim.state.tags.values()].find(
			({ parentTagId }) => parentTagId === parent.id,
		)!;
		const [inside, renamed, outside, gone] = drivers();
		for (const driver of [inside, renamed, gone]) driver.tagIds = [child.id];
		outside.tagIds = [];
		const { poll } = trigger({
			event: 'driverUpdated',
			filters: {
				parentTagIds: [parent.name],
				driverActivationStatus: 'active',
				changes: ['externalIds', 'status'],
			},
		});
		await poll();
		for (const { id } of [inside, outside]) edit(id, { externalIds: { payrollId: `A${id}` } });
		edit(renamed.id, { name: 'Renamed' });
		edit(gone.id, { driverActivationStatus: 'deactivated' });
		expect((await poll()).map(({ id }) => id)).toEqual([inside.id]);
	});

	test('a filter that is changed does not trigger for drivers that have not changed', async () => {
		const { poll, staticData } = trigger({ event: 'driverUpdated', filters: { tagIds: ['1'] } });
		await poll();
		const all = trigger({ event: 'driverUpdated' });
		Object.assign(all.staticData, staticData);
		expect(await all.poll()).toEqual([]);
	});

	test('starts over if the event was changed', async () => {
		const { poll, staticData } = trigger({ event: 'driverUpdated' });
		await poll();
		const id = sim.state.newEntityId();
		const createdAtTime = new Date().toISOString();
		sim.state.drivers.set(id, { ...withStatus('active'), id, createdAtTime });
		for (const event of ['driverCreated', 'recordCreated', 'driverUpdated']) {
			const next = trigger({ event, entityType: 'both' });
			Object.assign(next.staticData, staticData);
			expect(await next.poll()).toEqual([]);
			expect(await next.poll()).toEqual([]);
			Object.assign(staticData, next.staticData);
		}
	});

	test('a status that an expression got wrong is refused before any call', async () => {
		const { poll } = trigger({
			event: 'driverCreated',
			filters: { driverActivationStatus: 'retired' },
		});
		await expect(poll()).rejects.toThrow("'Status' is 'retired', which is not one of its choices");
		expect(sim.requests).toEqual([]);
	});

	test('a test in the editor returns the driver who changed last, and does not use up the event', async () => {
		const { poll, staticData } = trigger({ event: 'driverUpdated' });
		await poll();
		const { id } = withStatus('deactivated');
		edit(id, { name: 'Latest' });
		const before = JSON.stringify(staticData);
		expect(await poll('manual')).toEqual([
			expect.objectContaining({ id, event: 'driverUpdated', changed: ['name'] }),
		]);
		expect(JSON.stringify(staticData)).toBe(before);
		expect(await poll()).toEqual([expect.objectContaining({ id })]);
	});

	test('without a driver, a test in the editor says what to do', async () => {
		sim.state.drivers.clear();
		const { poll } = trigger({ event: 'driverCreated' });
		await expect(poll('manual')).rejects.toThrow(
			'Samsara has no matching driver to use as a sample',
		);
	});
});
