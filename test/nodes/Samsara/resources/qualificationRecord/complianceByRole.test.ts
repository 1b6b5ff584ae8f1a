import * as fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { loadOptions } from '../../../../../nodes/Samsara/methods';
import { editorContext, itemsOf, locator, rowsOf, runSamsara } from '../../../../samsara';
import {
	startSimulator,
	type Driver,
	type Settings,
	type Simulator,
} from '../../../../simulator/index.mts';
import { addRecord, typeNamed } from './fixtures';

/*
 * Check Compliance with 'Requirements' set to By Role, and the grace period of new hires.
 */

const DAY_MS = 86_400_000;

const MEDICAL = 'Medical Card';
const LICENSE = 'Driver License';
const HAZMAT = 'Hazmat Certificate';

/** Tags of the simulator. */
const NORTH = '4029135';
const NORTH_DEPOT = '4029136';
const HARBOR = '4029137';
const SOUTH = '4029138';

let sim: Simulator;
let ada: Driver;
let ben: Driver;
let cyd: Driver;

beforeAll(async () => {
	sim = await startSimulator({ rateLimits: false, records: 0, drivers: 3, vehicles: 3 });
});

afterAll(async () => await sim.close());

beforeEach(() => {
	sim.reset();
	Object.assign(sim.settings, { nulls: 'none', repeatEntries: false, pageSize: undefined });
	sim.state.records.clear();
	[ada, ben, cyd] = [...sim.state.drivers.values()];
	for (const driver of [ada, ben, cyd])
		Object.assign(driver, { driverActivationStatus: 'active', tagIds: [], attributes: [] });
});

const attributeNamed = (name: string) => sim.state.attributeNamed('driver', name)!;

/** The ID of a value of the attribute Endorsements. */
const endorsement = (text: string) =>
	attributeNamed('Endorsements').values.find(({ stringValue }) => stringValue === text)!.id;

function endorse(driver: Driver, ...stringValues: string[]) {
	driver.attributes.push({ attributeId: attributeNamed('Endorsements').id, stringValues });
}

function role(name: string, types: string[] | string, more: INodeParameters = {}): INodeParameters {
	return { name, appliesTo: 'all', qualificationTypes: types, ...more };
}

const tagged = (tagIds: string[], includeChildTags = true): INodeParameters => ({
	appliesTo: 'tag',
	tagIds,
	includeChildTags,
});

const parameters = (roles: INodeParameters[], more: INodeParameters = {}): INodeParameters => ({
	resource: 'qualificationRecord',
	operation: 'checkCompliance',
	entityType: 'worker',
	requirements: 'byRole',
	roles: { role: roles },
	who: 'all',
	...more,
});

/** `name: type (roles)` of each row. */
const texts = (rows: IDataObject[]) =>
	rows.map(({ ownerName, type, roles }) => `${ownerName}: ${type} (${roles})`);

const check = async (roles: INodeParameters[], more?: INodeParameters) =>
	texts(await rowsOf(sim, parameters(roles, more)));

const routes = () => sim.requests.map(({ route }) => route);

describe('whom a role applies to', () => {
	test('everyone, or those with a tag, with or without its child tags', async () => {
		sim.state.tags.set('77', { id: '77', name: 'Dock', parentTagId: HARBOR });
		ada.tagIds = [NORTH];
		ben.tagIds = ['77'];
		cyd.tagIds = [SOUTH];
		const everyone = role('Everyone', [MEDICAL]);
		const withChildTags = role('North', [LICENSE], tagged([NORTH]));
		expect(await check([everyone, withChildTags])).toEqual([
			`${ada.name}: ${MEDICAL} (Everyone)`,
			`${ada.name}: ${LICENSE} (North)`,
			`${ben.name}: ${MEDICAL} (Everyone)`,
			`${ben.name}: ${LICENSE} (North)`,
			`${cyd.name}: ${MEDICAL} (Everyone)`,
		]);
		const without = role('North', [LICENSE], tagged([NORTH], false));
		expect(await check([without])).toEqual([`${ada.name}: ${LICENSE} (North)`]);
		const byName = role('North', [LICENSE], tagged(['north region', 'South Region'], false));
		expect(await check([byName])).toEqual([
			`${ada.name}: ${LICENSE} (North)`,
			`${cyd.name}: ${LICENSE} (North)`,
		]);
	});

	test('those with all of the attribute values', async () => {
		endorse(ada, 'Hazmat', 'Tanker');
		endorse(ben, 'Hazmat');
		const values = (...of: string[]) => ({
			appliesTo: 'attribute',
			attributeValueIds: of.map(endorsement),
		});
		expect(await check([role('Hazmat', [HAZMAT], values('Hazmat'))])).toEqual([
			`${ada.name}: ${HAZMAT} (Hazmat)`,
			`${ben.name}: ${HAZMAT} (Hazmat)`,
		]);
		expect(await check([role('Both', [HAZMAT], values('Hazmat', 'Tanker'))])).toEqual([
			`${ada.name}: ${HAZMAT} (Both)`,
		]);
	});

	test('a list, by Samsara ID or external ID', async () => {
		const owners = [ada.id, `payrollId:${cyd.externalIds.payrollId}`];
		expect(await check([role('Trainers', [MEDICAL], { appliesTo: 'list', owners })])).toEqual([
			`${ada.name}: ${MEDICAL} (Trainers)`,
			`${cyd.name}: ${MEDICAL} (Trainers)`,
		]);
		expect(routes().filter((route) => route.startsWith('/fleet/drivers'))).toHaveLength(1);
	});

	test("'Who' still says who is checked", async () => {
		[ada.tagIds, ben.tagIds] = [[NORTH], [SOUTH]];
		const roles = [role('North', [MEDICAL], tagged([NORTH])), role('Everyone', [LICENSE])];
		expect(await check(roles, { who: 'tag', tagIds: [SOUTH] })).toEqual([
			`${ben.name}: ${LICENSE} (Everyone)`,
		]);
		expect(await check(roles, { who: 'list', owners: [ada.id] })).toEqual([
			`${ada.name}: ${MEDICAL} (North)`,
			`${ada.name}: ${LICENSE} (Everyone)`,
		]);
	});

	test('an input item names a driver, also a deactivated one', async () => {
		cyd.driverActivationStatus = 'deactivated';
		cyd.tagIds = [NORTH];
		endorse(cyd, 'Hazmat');
		const roles = [
			role('North', [MEDICAL], tagged([NORTH])),
			role('Hazmat', [HAZMAT], {
				appliesTo: 'attribute',
				attributeValueIds: [endorsement('Hazmat')],
			}),
		];
		const more = { who: 'items', ownerId: locator('={{ $json.id }}') };
		const { output } = await runSamsara(sim, parameters(roles, more), {
			items: itemsOf({ id: cyd.id }, { id: ada.id }),
		});
		expect(output.map(({ json, pairedItem }) => [json.ownerId, json.type, pairedItem])).toEqual([
			[cyd.id, MEDICAL, { item: 0 }],
			[cyd.id, HAZMAT, { item: 0 }],
		]);
	});

	test('assets', async () => {
		const [truck, other] = sim.state.vehicles.values();
		for (const asset of sim.state.allAssets()) asset.tagIds = [];
		truck.tagIds = [HARBOR];
		other.tagIds = [SOUTH];
		const rows = await rowsOf(
			sim,
			parameters([role('North', ['Annual Inspection'], tagged([NORTH]))], { entityType: 'asset' }),
		);
		expect(texts(rows)).toEqual([`${truck.name}: Annual Inspection (North)`]);
	});
});

test('in several roles, all types are required, each once', async () => {
	ada.tagIds = [NORTH];
	expect(
		await check([
			role('', [MEDICAL]),
			role('North', [LICENSE, MEDICAL, 'medical card'], tagged([NORTH])),
			role('North', [MEDICAL], tagged([NORTH])),
			role('  ', [MEDICAL], { appliesTo: 'list', owners: [ada.id] }),
		]),
	).toEqual([
		`${ada.name}: ${MEDICAL} (Role 1, North, Role 4)`,
		`${ada.name}: ${LICENSE} (North)`,
		`${ben.name}: ${MEDICAL} (Role 1)`,
		`${cyd.name}: ${MEDICAL} (Role 1)`,
	]);
});

test('one row per owner has a column for every type, null where it is not required', async () => {
	ada.tagIds = [NORTH];
	const roles = [
		role('North', [LICENSE], tagged([NORTH])),
		role('Medical', [MEDICAL], { appliesTo: 'list', owners: [ada.id, ben.id] }),
	];
	const rows = await rowsOf(sim, parameters(roles, { oneRowPerOwner: true }));
	expect(
		rows.map((row) => [row.ownerName, row.verdict, row.roles, row[LICENSE], row[MEDICAL]]),
	).toEqual([
		[ada.name, 'missing', 'North, Medical', 'missing', 'missing'],
		[ben.name, 'missing', 'Medical', null, 'missing'],
	]);
	expect(Object.keys(rows[1])).toEqual(Object.keys(rows[0]));
});

test('those without a role are returned only if chosen', async () => {
	ada.tagIds = [NORTH];
	const roles = [role('North', [MEDICAL], tagged([NORTH]))];
	const all = { includeWithoutRole: true };
	for (const show of ['all', 'actionNeeded']) {
		const rows = await rowsOf(sim, parameters(roles, { ...all, show }));
		expect(
			rows.map(({ ownerName, status, type, roles: names }) => [ownerName, status, type, names]),
		).toEqual([
			[ada.name, 'missing', MEDICAL, 'North'],
			[ben.name, 'noRole', null, null],
			[cyd.name, 'noRole', null, null],
		]);
		for (const row of rows) expect(Object.keys(row)).toEqual(Object.keys(rows[0]));
	}
	const [, row] = await rowsOf(sim, parameters(roles, { ...all, oneRowPerOwner: true }));
	expect(row).toMatchObject({ ownerName: ben.name, verdict: 'noRole', [MEDICAL]: null });
	expect(await check(roles, { ...all, show: 'missing' })).toHaveLength(1);
	expect(await check(roles)).toHaveLength(1);
});

test('one run reads the drivers, the tags and the records once', async () => {
	[ada.tagIds, ben.tagIds] = [[NORTH], [HARBOR]];
	endorse(ada, 'Hazmat');
	const roles = [
		role('Everyone', [MEDICAL]),
		role('North', [LICENSE], tagged([NORTH])),
		role('Depot', [LICENSE], tagged([NORTH_DEPOT, HARBOR])),
		role('Trainers', [LICENSE], { appliesTo: 'list', owners: [ada.id] }),
	];
	await rowsOf(sim, parameters(roles), { items: itemsOf({}, {}, {}) });
	const expected = [
		'/qualification-types',
		'/tags',
		'/fleet/drivers',
		'/qualification-records/stream',
	];
	expect(routes()).toEqual(expected);
	sim.requests.length = 0;
	const hazmat = role('Hazmat', [HAZMAT], {
		appliesTo: 'attribute',
		attributeValueIds: [endorsement('Hazmat')],
	});
	await rowsOf(sim, parameters([...roles, hazmat]));
	expect(routes().sort()).toEqual([...expected, '/attributes', '/fleet/drivers'].sort());
});

test('records are read only for those who have a role', async () => {
	ada.tagIds = [NORTH];
	await check([role('North', [MEDICAL], tagged([NORTH]))]);
	const stream = sim.requests.find(({ route }) => route.endsWith('/stream'))!;
	expect(new URLSearchParams(stream.query).get('ownerIds')).toBe(ada.id);
	sim.requests.length = 0;
	await check([role('South', [MEDICAL], tagged([SOUTH]))]);
	expect(routes()).not.toContain('/qualification-records/stream');
});

test('says which role nobody has', async () => {
	const roles = [role('Everyone', [MEDICAL]), role('South', [MEDICAL], tagged([SOUTH]))];
	const { run } = await runSamsara(sim, parameters(roles));
	const { hints } = run.data.resultData.runData.Node[0];
	expect(hints!.map(({ message }) => message)).toEqual([
		"Nobody who was checked has the role 'South'. Check its tags, values, or list.",
	]);
	const other = await runSamsara(sim, parameters([roles[0]]));
	expect(other.run.data.resultData.runData.Node[0].hints ?? []).toEqual([]);
});

describe('invalid input', () => {
	test.each<[INodeParameters, string]>([
		[{ requirements: 'byRoles' }, "'Requirements' is 'byRoles'"],
		[{ roles: {} }, "'Roles' is empty"],
		[{ roles: { role: [] } }, "'Roles' is empty"],
		[
			{ roles: { role: [role('A', '={{ [] }}')] } },
			"'Qualification Types' of the role 'A' is empty",
		],
		[
			{ roles: { role: [role('', '={{ [] }}')] } },
			"'Qualification Types' of the role 'Role 1' is empty",
		],
		[
			{ roles: { role: [role('A', [MEDICAL], { appliesTo: 'tag', tagIds: '={{ [] }}' })] } },
			"'Tags' of the role 'A' is empty",
		],
		[
			{ roles: { role: [role('A', [MEDICAL], { appliesTo: 'list', owners: ' , ' })] } },
			"'Owners' of the role 'A' is empty",
		],
		[
			{ roles: { role: [role('A', [MEDICAL], { appliesTo: 'list', owners: '={{ ["1,2"] }}' })] } },
			"'Owners' of the role 'A' has the entry '1,2'",
		],
		[
			{
				roles: {
					role: [role('A', [MEDICAL], { appliesTo: 'attribute', attributeValueIds: '={{ [] }}' })],
				},
			},
			"'Attribute Values' of the role 'A' is empty",
		],
		[
			{ roles: { role: [role('A', [MEDICAL], { appliesTo: 'them' })] } },
			"'Applies To' of the role 'A' is 'them'",
		],
		[{ options: { pendingDays: 10 } }, "'Hire Date Attribute' is empty"],
		[
			{ options: { hireDateAttribute: 'Hire Date', pendingDays: -1 } },
			"'Pending Days After Hire' must be a whole number",
		],
	])('%j is refused before any request', async (input, message) => {
		const { error } = await runSamsara(sim, parameters([role('A', [MEDICAL])], input));
		expect(error?.message).toContain(message);
		expect(error?.description).toBeTruthy();
		expect(sim.requests).toEqual([]);
	});

	test.each<[INodeParameters, string]>([
		[role('A', ['Pilot']), "'Qualification Types' of the role 'A' names 'Pilot'"],
		[
			role('A', [MEDICAL], tagged(['Nowhere'])),
			"'Tags' of the role 'A' has the tag 'Nowhere', which does not exist",
		],
		[
			role('A', [MEDICAL], tagged(['123456'], false)),
			"'Tags' of the role 'A' has the tag '123456', which does not exist",
		],
		[
			role('A', [MEDICAL], { appliesTo: 'attribute', attributeValueIds: ['deleted'] }),
			"'Attribute Values' of the role 'A' contains 'deleted', which is not the ID of a value",
		],
	])('%j is refused before drivers and records are read', async (bad, message) => {
		const { error } = await runSamsara(sim, parameters([role('Good', [MEDICAL]), bad]));
		expect(error?.message).toContain(message);
		for (const route of ['/fleet/drivers', '/qualification-records/stream'])
			expect(routes()).not.toContain(route);
	});

	test('a list may name someone who is not checked, but nobody who does not exist', async () => {
		cyd.driverActivationStatus = 'deactivated';
		const list = (...owners: string[]) =>
			parameters([role('Trainers', [MEDICAL], { appliesTo: 'list', owners })]);
		const rows = await rowsOf(sim, list(ada.id, cyd.id, `payrollId:${ben.externalIds.payrollId}`));
		expect(rows.map(({ ownerName }) => ownerName)).toEqual([ada.name, ben.name]);
		const selections: INodeParameters[] = [
			{ who: 'all' },
			{ who: 'list', owners: [ada.id] },
			{ who: 'items', ownerId: locator(ada.id) },
		];
		for (const who of selections) {
			const { error } = await runSamsara(sim, { ...list(ada.id, '77'), ...who });
			expect(error?.message).toContain(
				"'Owners' of the role 'Trainers' names '77', but no driver has this ID",
			);
		}
	});
});

describe('the grace period', () => {
	const hireDate = () => attributeNamed('Hire Date');

	/** The day that is so many days from today in the engine's zone. */
	function day(days: number): string {
		const today = new Date().toLocaleDateString('en-CA', { timeZone: 'America/New_York' });
		return new Date(Date.parse(today) + days * DAY_MS).toISOString().slice(0, 10);
	}

	function hired(driver: Driver, ...days: number[]) {
		driver.attributes.push({ attributeId: hireDate().id, dateValues: days.map(day) });
	}

	const same = (more: INodeParameters = {}): INodeParameters => ({
		resource: 'qualificationRecord',
		operation: 'checkCompliance',
		entityType: 'worker',
		who: 'all',
		qualificationTypes: [MEDICAL],
		options: { hireDateAttribute: hireDate().id, pendingDays: 14 },
		...more,
	});

	const manners: Array<Settings['nulls']> = ['none', 'empty', 'null', 'missing'];

	test.each(manners)(
		'a missing qualification is pending until it has passed, with empty values as %s',
		async (nulls) => {
			sim.settings.nulls = nulls;
			hired(ada, -14);
			hired(ben, -15);
			const rows = await rowsOf(sim, same());
			expect(rows.map(({ status, pendingUntil }) => [status, pendingUntil])).toEqual([
				['pending', day(0)],
				['missing', null],
				['missing', null],
			]);
		},
	);

	test('the attribute may be named; the latest of several dates counts; a start in the future is pending', async () => {
		hired(ada, -400, -3, -700);
		hired(ben, 20);
		cyd.attributes.push({ attributeId: hireDate().id, dateValues: [] });
		const rows = await rowsOf(sim, same({ options: { hireDateAttribute: 'hire date' } }));
		expect(rows.map(({ status, pendingUntil }) => [status, pendingUntil])).toEqual([
			['pending', day(27)],
			['pending', day(50)],
			['missing', null],
		]);
	});

	test('needs no action; the verdict is pending unless something is worse', async () => {
		hired(ada, -1);
		expect(await rowsOf(sim, same({ show: 'missing' }))).toHaveLength(2);
		const rows = await rowsOf(sim, same({ show: 'actionNeeded' }));
		expect(rows.map(({ ownerName }) => ownerName)).toEqual([ben.name, cyd.name]);
		const [first] = await rowsOf(sim, same({ oneRowPerOwner: true }));
		expect(first).toMatchObject({
			verdict: 'pending',
			[MEDICAL]: 'pending',
			pendingUntil: day(13),
		});
	});

	test('an expired or upcoming record is not pending', async () => {
		hired(ada, -1);
		hired(ben, -1);
		const add = (driver: Driver, issued: number, expires: number) =>
			addRecord(sim, typeNamed(sim, MEDICAL), driver.id, {
				issueDate: `${day(issued)}T00:00:00Z`,
				expirationDate: `${day(expires)}T00:00:00Z`,
			});
		add(ada, -900, -10);
		add(ben, 5, 500);
		const rows = await rowsOf(sim, same());
		expect(rows.map(({ status }) => status)).toEqual(['expired', 'upcoming', 'missing']);
	});

	test('assets have it as well', async () => {
		const [truck] = sim.state.vehicles.values();
		for (const vehicle of sim.state.vehicles.values()) vehicle.attributes = [];
		const attribute = [...sim.state.attributes.values()].find(
			({ entityType, attributeType }) => entityType === 'asset' && attributeType === 'date',
		)!;
		truck.attributes = [{ attributeId: attribute.id, dateValues: [day(-2)] }];
		const rows = await rowsOf(
			sim,
			same({
				entityType: 'asset',
				assetType: 'vehicle',
				qualificationTypes: ['Annual Inspection'],
				options: { hireDateAttribute: attribute.id },
			}),
		);
		expect(rows.map(({ status }) => status)).toEqual(['pending', 'missing', 'missing']);
	});

	test('works with roles, and adds no column without the option', async () => {
		hired(ada, -1);
		const roles = [role('Everyone', [MEDICAL])];
		const rows = await rowsOf(
			sim,
			parameters(roles, {
				includeWithoutRole: true,
				options: { hireDateAttribute: hireDate().id },
			}),
		);
		expect(rows.map(({ status }) => status)).toEqual(['pending', 'missing', 'missing']);
		const [row] = await rowsOf(sim, same({ options: {} }));
		expect(row).not.toHaveProperty('pendingUntil');
		expect(row).not.toHaveProperty('roles');
	});

	test.each([
		['License Class', "'Hire Date Attribute' is 'License Class', which is not a date attribute"],
		['Start', "'Hire Date Attribute' is 'Start', which does not exist"],
	])('%s is refused before drivers are read', async (attribute, message) => {
		const { error } = await runSamsara(sim, same({ options: { hireDateAttribute: attribute } }));
		expect(error?.message).toContain(message);
		expect(routes()).not.toContain('/fleet/drivers');
	});

	test('the editor offers date attributes', async () => {
		const offered = await loadOptions.getDateAttributes.call(editorContext(sim, same()));
		expect(offered).toEqual([{ name: 'Hire Date', value: hireDate().id }]);
	});
});

test("tags that are each other's parents do not hang the check", async () => {
	sim.state.tags.set('1', { id: '1', name: 'One', parentTagId: '2' });
	sim.state.tags.set('2', { id: '2', name: 'Two', parentTagId: '1' });
	ada.tagIds = ['2'];
	expect(await check([role('One', [MEDICAL], tagged(['1']))])).toEqual([
		`${ada.name}: ${MEDICAL} (One)`,
	]);
});

test('however roles overlap and Samsara represents missing values, each owner needs just what the roles say', async () => {
	const types = [MEDICAL, LICENSE, HAZMAT];
	const tags = [NORTH, NORTH_DEPOT, HARBOR, SOUTH];
	const parents: Record<string, string> = { [NORTH_DEPOT]: NORTH, [HARBOR]: NORTH };
	const endorsements = ['Hazmat', 'Tanker'];
	const some = <T>(values: T[], minLength = 0) => fc.subarray(values, { minLength });
	const driverPlan = fc.record({ tags: some(tags), values: some(endorsements) });
	const rolePlan = fc.record({
		appliesTo: fc.constantFrom('all', 'tag', 'attribute', 'list'),
		tags: some(tags, 1),
		includeChildTags: fc.boolean(),
		values: some(endorsements, 1),
		listed: some([0, 1, 2], 1),
		types: some(types, 1),
	});
	const account = fc.record({
		drivers: fc.array(driverPlan, { minLength: 3, maxLength: 3 }),
		roles: fc.array(rolePlan, { minLength: 1, maxLength: 4 }),
		nulls: fc.constantFrom('none', 'empty', 'null', 'missing'),
		repeatEntries: fc.boolean(),
		pageSize: fc.constantFrom(undefined, 1, 2),
	});
	await fc.assert(
		fc.asyncProperty(account, async ({ drivers: plans, roles, ...settings }) => {
			const drivers = [ada, ben, cyd];
			plans.forEach((plan, n) => {
				Object.assign(drivers[n], { tagIds: plan.tags, attributes: [] });
				if (plan.values.length > 0) endorse(drivers[n], ...plan.values);
			});
			Object.assign(sim.settings, settings);
			const expected: string[] = [];
			plans.forEach((plan, n) => {
				const names = new Map<string, string[]>();
				roles.forEach((one, index) => {
					const hasTag = plan.tags.some(
						(id) =>
							one.tags.includes(id) || (one.includeChildTags && one.tags.includes(parents[id])),
					);
					const has = {
						all: true,
						tag: hasTag,
						attribute: one.values.every((value) => plan.values.includes(value)),
						list: one.listed.includes(n),
					}[one.appliesTo];
					for (const type of has ? one.types : [])
						names.set(type, [...(names.get(type) ?? []), `R${index}`]);
				});
				for (const [type, of] of names)
					expected.push(`${drivers[n].name}: ${type} (${of.join(', ')})`);
			});
			const found = await check(
				roles.map((one, index) =>
					role(`R${index}`, one.types, {
						appliesTo: one.appliesTo,
						tagIds: one.tags,
						includeChildTags: one.includeChildTags,
						attributeValueIds: one.values.map(endorsement),
						owners: one.listed.map((n) => drivers[n].id),
					}),
				),
			);
			expect(found).toEqual(expected);
		}),
		{ seed: 20261127, numRuns: 40 },
	);
}, 60_000);
