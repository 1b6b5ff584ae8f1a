import assert from 'node:assert/strict';

const id = (value) => ({ __rl: true, mode: 'id', value });
const of = (node) => id(`={{ $('${node}').first().json.id }}`);
const values = (value) => ({ mappingMode: 'defineBelow', value });
const limited = { returnAll: false, limit: 5 };

/**
 * Runs of all operations, ordered so that each one finds the data that it needs.
 *
 * @param {import('../../simulator/state.mts').State} state
 * @returns {{
 *   resource: string,
 *   operation: string,
 *   check: (items: Record<string, unknown>[]) => void,
 * }[]} the other members are parameters of the node
 */
export function operationRuns(state) {
	const [driver] = state.drivers.values();
	const [vehicle] = state.vehicles.values();
	const [equipment] = state.equipment.values();
	return [
		...attributeRuns(driver),
		...driverRuns(),
		...vehicleRuns(vehicle),
		...trailerRuns(),
		...equipmentRuns(equipment),
		...assetRuns(),
		...typeRuns(),
		...recordRuns(state, driver),
		attributeDeletion,
	];
}

function attributeRuns(driver) {
	const resource = 'attribute';
	const entityType = 'driver';
	const attributeId = of('attribute create');
	const definition = { resource, entityType, name: 'Depot Key', attributeType: 'single-select' };
	return [
		{
			...definition,
			operation: 'create',
			values: 'North, South',
			check: ([row]) => assert.equal(row.name, 'Depot Key'),
		},
		{
			...definition,
			operation: 'upsert',
			values: 'East',
			check: ([row]) => assert.equal(row.values, 'North, South, East'),
		},
		{
			resource,
			operation: 'get',
			entityType,
			attributeId,
			check: ([row]) => assert.equal(row.type, 'Single Select'),
		},
		{
			resource,
			operation: 'getAll',
			entityType,
			...limited,
			check: (rows) => assert.equal(rows.length, 5),
		},
		{
			resource,
			operation: 'assign',
			entityType,
			attributeId,
			entityId: id(driver.id),
			value: 'East',
			check: (rows) => assert.equal(rows.length, 1),
		},
		{
			resource,
			operation: 'getAssignments',
			entityType,
			attributeId,
			...limited,
			check: ([row]) => assert.deepEqual([row.entityId, row.value], [driver.id, 'East']),
		},
		{
			resource,
			operation: 'update',
			entityType,
			attributeId,
			updateFields: { name: 'Depot Gate Key' },
			check: ([row]) => assert.equal(row.name, 'Depot Gate Key'),
		},
	];
}

const attributeDeletion = {
	resource: 'attribute',
	operation: 'delete',
	entityType: 'driver',
	attributeId: of('attribute create'),
	check: ([row]) => assert.equal(row.deleted, true),
};

function driverRuns() {
	const resource = 'driver';
	const driverId = of('driver create');
	return [
		{
			resource,
			operation: 'create',
			name: 'Olga Brandt',
			username: 'obrandt',
			password: 'First-day-2026',
			attributes: values({ 'Home Terminal': 'Portland Hub', 'Hire Date': '2026-11-02' }),
			check: ([row]) => assert.equal(row['Home Terminal'], 'Portland Hub'),
		},
		{
			resource,
			operation: 'get',
			driverId,
			check: ([row]) => assert.equal(row.username, 'obrandt'),
		},
		{ resource, operation: 'getAll', ...limited, check: (rows) => assert.equal(rows.length, 5) },
		{
			resource,
			operation: 'update',
			driverId,
			updateFields: { phone: '5550001122', homeTerminalName: 'Portland Hub' },
			check: ([row]) => assert.equal(row.phone, '5550001122'),
		},
		{
			resource,
			operation: 'remoteSignOut',
			driverId,
			check: ([row]) => assert.equal(row.signedOut, true),
		},
		{
			resource,
			operation: 'setAttributes',
			driverId,
			attributes: values({ 'License Class': 'class b' }),
			check([row]) {
				assert.equal(row['License Class'], 'Class B');
				assert.equal(row['Home Terminal'], 'Portland Hub');
			},
		},
	];
}

function vehicleRuns(vehicle) {
	const resource = 'vehicle';
	const vehicleId = id(vehicle.id);
	return [
		{
			resource,
			operation: 'get',
			vehicleId,
			check: ([row]) => assert.equal(row.name, vehicle.name),
		},
		{ resource, operation: 'getAll', ...limited, check: (rows) => assert.equal(rows.length, 5) },
		{
			resource,
			operation: 'update',
			vehicleId,
			updateFields: {
				licensePlate: '8ABC123',
				auxInputs: { inputs: [{ input: 3, type: 'boom' }] },
				grossVehicleWeight: { weight: { weight: 33000, unit: 'lb' } },
				clearFields: ['staticAssignedDriverId'],
				clearExternalIds: 'maintenanceId',
			},
			check([row]) {
				assert.equal(row.licensePlate, '8ABC123');
				assert.equal(row.driver, null);
				assert.doesNotMatch(row.externalIds, /maintenanceId/);
			},
		},
		{
			resource,
			operation: 'setAttributes',
			vehicleId,
			attributes: values({ 'Parking Spot': 'Dock 9' }),
			check: ([row]) => assert.equal(row['Parking Spot'], 'Dock 9'),
		},
	];
}

function trailerRuns() {
	const resource = 'trailer';
	const trailerId = of('trailer create');
	return [
		{
			resource,
			operation: 'create',
			name: 'Trailer 9001',
			attributes: values({ 'Ownership Type': 'leased' }),
			check: ([row]) => assert.equal(row['Ownership Type'], 'Leased'),
		},
		{
			resource,
			operation: 'get',
			trailerId,
			check: ([row]) => assert.equal(row.name, 'Trailer 9001'),
		},
		{ resource, operation: 'getAll', ...limited, check: (rows) => assert.equal(rows.length, 5) },
		{
			resource,
			operation: 'update',
			trailerId,
			updateFields: { notes: 'New tires' },
			check: ([row]) => assert.equal(row.notes, 'New tires'),
		},
		{
			resource,
			operation: 'setAttributes',
			trailerId,
			attributes: values({ 'Vehicle Length': 53 }),
			check([row]) {
				assert.equal(row['Vehicle Length'], 53);
				assert.equal(row['Ownership Type'], 'Leased');
			},
		},
		{
			resource,
			operation: 'delete',
			trailerId,
			check: ([row]) => assert.equal(row.deleted, true),
		},
	];
}

function equipmentRuns(equipment) {
	const resource = 'equipment';
	const equipmentId = id(equipment.id);
	return [
		{
			resource,
			operation: 'get',
			equipmentId,
			check: ([row]) => assert.equal(row.name, equipment.name),
		},
		{ resource, operation: 'getAll', ...limited, check: (rows) => assert.equal(rows.length, 5) },
		{
			resource,
			operation: 'update',
			equipmentId,
			updateFields: { notes: 'In the yard' },
			check: ([row]) => assert.equal(row.notes, 'In the yard'),
		},
		{
			resource,
			operation: 'setAttributes',
			equipmentId,
			attributes: values({ 'Parking Spot': 'Row C 4' }),
			check: ([row]) => assert.equal(row['Parking Spot'], 'Row C 4'),
		},
	];
}

function assetRuns() {
	const resource = 'asset';
	const assetId = of('asset create');
	return [
		{
			resource,
			operation: 'create',
			type: 'unpowered',
			name: 'Container 12',
			attributes: values({ 'Ownership Type': 'leased' }),
			additionalFields: { externalIds: { ids: [{ key: 'assetNumber', value: 'C-12' }] } },
			check: ([row]) =>
				assert.deepEqual([row.type, row['Ownership Type']], ['unpowered', 'Leased']),
		},
		{
			resource,
			operation: 'get',
			assetId,
			check: ([row]) => assert.equal(row.externalIds, 'assetNumber:C-12'),
		},
		{
			resource,
			operation: 'getAll',
			returnAll: true,
			filters: {
				type: 'unpowered',
				externalIds: 'assetNumber:C-12',
				attributes: {
					conditions: [{ attribute: 'Ownership Type', condition: 'is', value: 'leased' }],
				},
			},
			check: (rows) =>
				assert.deepEqual(
					rows.map(({ name }) => name),
					['Container 12'],
				),
		},
		{
			resource,
			operation: 'update',
			assetId,
			updateFields: { notes: 'Behind the shed', type: 'uncategorized' },
			check: ([row]) =>
				assert.deepEqual([row.notes, row.type], ['Behind the shed', 'uncategorized']),
		},
		{
			resource,
			operation: 'setAttributes',
			assetId,
			attributes: values({ 'Parking Spot': 'Row C 4' }),
			check: ([row]) =>
				assert.deepEqual([row['Parking Spot'], row['Ownership Type']], ['Row C 4', 'Leased']),
		},
		{
			resource,
			operation: 'delete',
			assetId,
			check: ([row]) => assert.equal(row.deleted, true),
		},
	];
}

function typeRuns() {
	const resource = 'qualificationType';
	return [
		{
			resource,
			operation: 'getAll',
			entityType: 'worker',
			returnAll: true,
			filters: { name: 'hazmat' },
			check: ([row]) => assert.equal(row.name, 'Hazmat Certificate'),
		},
		{
			resource,
			operation: 'get',
			entityType: 'worker',
			qualificationType: of('qualificationType getAll'),
			check: ([row]) => assert.equal(row.name, 'Hazmat Certificate'),
		},
	];
}

function recordRuns(state, driver) {
	const resource = 'qualificationRecord';
	const recordId = of('qualificationRecord create');
	const typed = { entityType: 'worker', qualificationType: of('qualificationType getAll') };
	const recordParameters = { ...typed, ownerId: of('driver create'), fieldsMode: 'form' };
	const withScan = [...state.records.values()].find(
		({ recordStatus, fields }) =>
			recordStatus === 'active' && fields.some(({ type }) => type === 'media'),
	);
	return [
		{
			...recordParameters,
			resource,
			operation: 'create',
			issueDate: '2026-11-01',
			expirationDate: '2026-12-01',
			fields: values({ 'Certificate Number': 'HZ-1', 'Training Hours': 8 }),
			check: ([row]) => assert.equal(row['Certificate Number'], 'HZ-1'),
		},
		{
			...recordParameters,
			resource,
			operation: 'upsert',
			matchBy: 'ownerAndType',
			issueDate: '2026-11-01',
			expirationDate: '2028-11-01',
			fields: values({ 'Certificate Number': 'HZ-2' }),
			check: ([row]) => assert.deepEqual([row.created, row['Certificate Number']], [false, 'HZ-2']),
		},
		{
			resource,
			operation: 'get',
			recordId,
			check: ([row]) => assert.equal(row.expirationDate, '2028-11-01'),
		},
		{
			resource,
			operation: 'getAll',
			entityType: 'worker',
			...limited,
			check: (rows) => assert.equal(rows.length, 5),
		},
		{
			resource,
			operation: 'update',
			recordId,
			entityType: 'worker',
			updateFields: { expirationDate: '2029-11-01' },
			check([row]) {
				assert.equal(row.expirationDate, '2029-11-01');
				assert.equal(row['Training Hours'], 8);
			},
		},
		{
			resource,
			operation: 'archive',
			recordId,
			check: ([row]) => assert.equal(row.archived, true),
		},
		{
			resource,
			operation: 'unarchive',
			recordId,
			check: ([row]) => assert.equal(row.unarchived, true),
		},
		{
			resource,
			operation: 'downloadFiles',
			recordId: id(withScan.id),
			check: ([row]) => assert.ok(Object.keys(row.binary).length > 0),
		},
		{
			resource,
			operation: 'downloadFiles',
			filesOf: 'owner',
			entityType: withScan.owner.entityType,
			ownerId: id(withScan.owner.id),
			check: ([row]) => {
				const names = Object.values(row.binary).map(({ fileName }) => fileName);
				assert.ok(names.length > 0);
				assert.deepEqual(
					names,
					row.files.map(({ fileName }) => fileName),
				);
				assert.ok(names.every((name) => name.startsWith(`${row.ownerName} - `)));
			},
		},
		{
			resource,
			operation: 'checkCompliance',
			entityType: 'worker',
			requirements: 'byRole',
			roles: {
				role: [
					{ name: 'Everyone', appliesTo: 'all', qualificationTypes: ['Hazmat Certificate'] },
					{
						name: 'Trainers',
						appliesTo: 'list',
						owners: [driver.id],
						qualificationTypes: ['Hazmat Certificate', 'Medical Card'],
					},
				],
			},
			who: 'all',
			expiringWithinDays: 30,
			options: { hireDateAttribute: 'Hire Date', pendingDays: 30 },
			check(rows) {
				const own = rows.filter(({ ownerId }) => ownerId === driver.id);
				assert.deepEqual(
					own.map(({ type, roles }) => [type, roles]),
					[
						['Hazmat Certificate', 'Everyone, Trainers'],
						['Medical Card', 'Trainers'],
					],
				);
				assert.ok(rows.length > own.length);
			},
		},
		{
			resource,
			operation: 'delete',
			recordId,
			check: ([row]) => assert.equal(row.deleted, true),
		},
	];
}
