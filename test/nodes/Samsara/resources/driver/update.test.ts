import { itemsOf } from '../../../../samsara';
import { startSimulator, type Simulator } from '../../../../simulator/index.mts';
import { attributeNamed, calls, pick, rowsFrom, run } from '../shared/attributeEntities';

let sim: Simulator;

beforeEach(async () => {
	sim = await startSimulator({ records: 0 });
});
afterEach(async () => await sim.close());

const ana = { name: 'Ana Ruiz', username: 'ana.ruiz', password: 'first-Pass1' };
const driver = () => [...sim.state.drivers.values()][0];
const bodies = (method: string) =>
	sim.requests.filter((request) => request.method === method).map(({ body }) => body);
const update = async (updateFields: Parameters<typeof rowsFrom>[3], items?: object) =>
	await rowsFrom(
		sim,
		'driver',
		'update',
		{ ...pick('driver', driver().id), simplify: false, updateFields },
		items as Parameters<typeof rowsFrom>[4],
	);

const PNG = Buffer.from('89504e470d0a1a0a', 'hex').toString('base64');
const withFile = (mimeType: string, fileName: string) => ({
	items: [{ ...itemsOf({})[0], binary: { photo: { data: PNG, mimeType, fileName } } }],
});

const everything = {
	carrierName: 'Acme Freight',
	dotNumber: 1234567,
	homeTerminalAddress: '1 Harbor St, Oakland, CA',
	homeTerminalName: 'Oakland Yard',
	mainOfficeAddress: '2 Main St, Oakland, CA',
	heavyHaulExemptionToggleEnabled: true,
	hasDrivingFeaturesHidden: true,
	hasVehicleUnpinningEnabled: false,
	profileImageFile: 'photo',
	usDriverRulesetOverride: {
		ruleset: { cycle: 'California Farm (8/112)', usStateToOverride: 'CA', restbreak: 'None' },
	},
};

const sent = {
	carrierSettings: {
		carrierName: 'Acme Freight',
		dotNumber: 1234567,
		homeTerminalAddress: '1 Harbor St, Oakland, CA',
		homeTerminalName: 'Oakland Yard',
		mainOfficeAddress: '2 Main St, Oakland, CA',
	},
	hosSetting: { heavyHaulExemptionToggleEnabled: true },
	hasDrivingFeaturesHidden: true,
	hasVehicleUnpinningEnabled: false,
	profileImageBase64: PNG,
	usDriverRulesetOverride: {
		cycle: 'California Farm (8/112)',
		usStateToOverride: 'CA',
		restbreak: 'None',
		restart: '34-hour Restart',
	},
};

test('carrier, ruleset, exemptions, and the photo of a new driver and of one who exists', async () => {
	const tag = [...sim.state.tags.values()][0];
	const fields = { ...everything, peerGroupTagId: tag.name, vehicleGroupTagId: tag.id };
	const file = withFile('image/png', 'ana.png');
	await rowsFrom(sim, 'driver', 'create', { ...ana, additionalFields: fields }, file);
	const groups = { peerGroupTagId: tag.id, vehicleGroupTagId: tag.id };
	expect(bodies('POST')).toEqual([{ ...ana, ...sent, ...groups }]);
	driver().details.carrierSettings = {};
	await update(fields, file);
	expect(bodies('PATCH')).toEqual([{ ...sent, ...groups }]);
});

test.each(['merge', 'replace'] as const)(
	'a new carrier detail keeps the others, if Samsara has %s semantics',
	async (carrierSettings) => {
		sim.settings.carrierSettings = carrierSettings;
		driver().details.carrierSettings = { carrierName: 'Acme', dotNumber: 7 };
		const [row] = await update({ homeTerminalName: 'Oakland Yard', clearFields: ['carrierName'] });
		expect(row.carrierSettings).toMatchObject({
			homeTerminalName: 'Oakland Yard',
			carrierName: '',
			dotNumber: 7,
		});
	},
);

test('items that name one driver by different IDs keep the carrier details of each other', async () => {
	sim.settings.latencyMs = 5;
	const { id, details } = driver();
	details.carrierSettings = { carrierName: 'Acme' };
	driver().externalIds = { payrollId: 'A-1' };
	sim.state.index(driver());
	const updateFields = {
		mainOfficeAddress: '={{ $json.office }}',
		homeTerminalName: '={{ $json.terminal }}',
	};
	const items = itemsOf(
		{ id, office: '1 Main St', terminal: '' },
		{ id: 'payrollId:A-1', office: '', terminal: 'Oakland Yard' },
	);
	const parameters = { ...pick('driver', '={{ $json.id }}'), updateFields };
	await rowsFrom(sim, 'driver', 'update', parameters, { items });
	expect(driver().details.carrierSettings).toEqual({
		carrierName: 'Acme',
		mainOfficeAddress: '1 Main St',
		homeTerminalName: 'Oakland Yard',
	});
});

test('create keeps the carrier details of a driver who exists', async () => {
	driver().details.carrierSettings = { carrierName: 'Acme', dotNumber: 7 };
	await rowsFrom(sim, 'driver', 'create', {
		...ana,
		username: driver().username,
		additionalFields: { homeTerminalName: 'Oakland Yard' },
		options: { ifExists: 'update' },
	});
	expect(driver().details.carrierSettings).toEqual({
		carrierName: 'Acme',
		dotNumber: 7,
		homeTerminalName: 'Oakland Yard',
	});
});

test("the organization's ruleset removes the override, and a new driver has none", async () => {
	const none = { usDriverRulesetOverride: { ruleset: { cycle: 'none' } } };
	await update(everything, withFile('image/png', 'ana.png'));
	expect(driver().details.usDriverRulesetOverride).toBeDefined();
	await update(none);
	expect(driver().details.usDriverRulesetOverride).toBeUndefined();
	const federal = { ruleset: { usStateToOverride: 'federal' } };
	await update({ usDriverRulesetOverride: federal });
	expect(driver().details.usDriverRulesetOverride).toMatchObject({ usStateToOverride: '' });
	await rowsFrom(sim, 'driver', 'create', { ...ana, additionalFields: none });
	expect(bodies('POST')).toEqual([ana]);
});

test.each(['', '0', 'null'] as const)(
	"date of birth, static vehicle, and group tags are cleared, if '%s' clears them",
	async (driverClearing) => {
		sim.settings.driverClearing = driverClearing;
		const [vehicle] = sim.state.vehicles.values();
		const [tag] = sim.state.tags.values();
		await update({
			dateOfBirth: '1990-05-05',
			staticAssignedVehicleId: { __rl: true, mode: 'id', value: vehicle.id },
			trailerGroupTagId: tag.id,
		});
		expect(Object.keys(driver().details)).toEqual(
			expect.arrayContaining(['dateOfBirth', 'staticAssignedVehicle', 'trailerGroupTag']),
		);
		const [row] = await update({
			phone: '5551234567',
			clearFields: ['dateOfBirth', 'Static Vehicle', 'trailerGroupTagId', 'vehicleGroupTagId'],
		});
		expect(row).toMatchObject({ phone: '5551234567' });
		for (const details of [driver().details, row])
			for (const member of ['dateOfBirth', 'staticAssignedVehicle', 'trailerGroupTag'])
				expect(details).not.toHaveProperty(member);
	},
);

test('says which value Samsara keeps, and the other changes are made', async () => {
	sim.settings.driverClearing = 'ignored';
	await update({ dateOfBirth: '1990-05-05' });
	await expect(update({ phone: '5551234567', clearFields: ['dateOfBirth'] })).rejects.toMatchObject(
		{
			message: expect.stringContaining(
				"'Clear Fields' has 'Date of Birth', but Samsara keeps its value",
			),
		},
	);
	expect(driver().details).toMatchObject({ phone: '5551234567', dateOfBirth: '1990-05-05' });
});

test('a response that leaves out the value does not mean that Samsara has cleared it', async () => {
	sim.settings.driverClearing = 'null';
	await update({ dateOfBirth: '1990-05-05' });
	const body = { data: { id: driver().id, name: driver().name } };
	sim.faults.add({ kind: 'status', status: 200, method: 'PATCH', body });
	await update({ clearFields: ['dateOfBirth'] });
	expect(driver().details).not.toHaveProperty('dateOfBirth');
});

test.each([
	[404, true],
	[403, false],
])('after status %d for one empty value, others are tried: %s', async (status, isTried) => {
	sim.settings.driverClearing = 'null';
	const [tag] = sim.state.tags.values();
	await update({ peerGroupTagId: tag.id });
	const sent = bodies('PATCH').length;
	sim.faults.add({ kind: 'status', status, method: 'PATCH' });
	const updating = update({ clearFields: ['peerGroupTagId'] });
	await (isTried ? updating : expect(updating).rejects.toBeDefined());
	expect(bodies('PATCH').slice(sent)).toHaveLength(isTried ? 2 : 1);
	expect('peerGroupTag' in driver().details).toBe(!isTried);
});

test('nothing is sent to clear what is empty already', async () => {
	await update({ clearFields: ['dateOfBirth', 'peerGroupTagId'] });
	expect(bodies('PATCH')).toEqual([]);
});

test.each([
	[{ profileImageFile: 'scan' }, "'Profile Image (File)' names the file 'scan'"],
	[{ profileImageFile: 'photo' }, "'Profile Image (File)' must be one .jpg or .png file"],
	[{ usDriverRulesetOverride: { ruleset: { cycle: 'Moon' } } }, "'Cycle' is 'Moon'"],
	[{ peerGroupTagId: 'No such tag' }, "'Peer Group Tag' has the tag 'No such tag'"],
	[{ carrierName: 'x'.repeat(256) }, "'Carrier Name' has 256 characters"],
	[{ dotNumber: 1.5 }, "'DOT Number'"],
])('%j is refused before the driver is changed', async (updateFields, message) => {
	const file = withFile('application/pdf', 'scan.pdf');
	await expect(update(updateFields, file)).rejects.toMatchObject({
		message: expect.stringContaining(message),
	});
	expect(bodies('PATCH')).toEqual([]);
});

test('a file and an address of the photo do not go together', async () => {
	const both = { profileImageFile: 'photo', profileImageUrl: 'https://example.com/a.jpg' };
	await expect(update(both, withFile('image/png', 'ana.png'))).rejects.toMatchObject({
		message: expect.stringContaining(
			"'Profile Image (File)' and 'Profile Image URL' are both filled in",
		),
	});
});

describe('Remote Sign-Out', () => {
	test('takes a Samsara ID or an external ID', async () => {
		const { id } = driver();
		driver().externalIds = { payrollId: 'A-1' };
		sim.state.index(driver());
		for (const picked of [id, 'payrollId:A-1']) {
			const rows = await rowsFrom(sim, 'driver', 'remoteSignOut', pick('driver', picked));
			expect(rows).toEqual([{ id, signedOut: true }]);
		}
		expect(bodies('POST')).toEqual([{ driverId: id }, { driverId: id }]);
	});

	test('is repeated after a lost response, because it changes nothing twice', async () => {
		sim.faults.add({ kind: 'reset', path: '/fleet/drivers/remote-sign-out', times: 1 });
		const options = { retries: 1 };
		const parameters = { ...pick('driver', driver().id), options };
		const rows = await rowsFrom(sim, 'driver', 'remoteSignOut', parameters);
		expect(rows).toEqual([{ id: driver().id, signedOut: true }]);
	});

	test('names the scope that a token lacks', async () => {
		sim.settings.scopes = ['Read Drivers'];
		const { error } = await run(sim, 'driver', 'remoteSignOut', pick('driver', driver().id));
		expect(error).toMatchObject({
			message: expect.stringContaining('Write Driver Remote Signout'),
		});
		expect(calls(sim)).toHaveLength(1);
	});
});

test('attributes are kept when a field is cleared', async () => {
	const before = driver().attributes.length;
	expect(attributeNamed(sim, 'driver', 'License Class')).toBeDefined();
	await update({ dateOfBirth: '1990-05-05' });
	await update({ clearFields: ['dateOfBirth'] });
	expect(driver().attributes).toHaveLength(before);
});
