import type { IDataObject, INode } from 'n8n-workflow';
import { itemsOf, locator } from '../../../samsara';
import type { Simulator } from '../../../simulator/index.mts';
import {
	attributeNamed,
	ATTRIBUTE_ENTITIES,
	entitiesOf,
	form,
} from '../resources/shared/attributeEntities';
import { filled, newDriver, newRecord, typeNamed } from '../resources/qualificationRecord/fixtures';

/** A run of an operation that shows every column of its default output. */
export interface PreviewCase {
	parameters: INode['parameters'];
	items?: IDataObject[];
}

const FROM_ITEM = '={{ $json.id }}';

/** Adds fields that the seeded fleet leaves out, so that every column has a value. */
export function complete({ state }: Simulator): void {
	const [driver] = state.drivers.values();
	const [vehicle] = state.vehicles.values();
	const [equipment] = state.equipment.values();
	driver.details.email = 'ada@example.com';
	vehicle.details.staticAssignedDriver = { id: driver.id, name: driver.name };
	equipment.details.notes = 'Reach 4 m';
}

/** By `resource/operation`. No run removes what another one needs. */
export function previewCases(sim: Simulator): Record<string, () => PreviewCase> {
	return {
		...attributeCases(sim),
		...Object.assign(
			{},
			...ATTRIBUTE_ENTITIES.map((resource) => attributeEntityCases(sim, resource)),
		),
		...recordCases(sim),
		'qualificationType/get': () => ({
			parameters: { entityType: 'worker', qualificationType: locator(FROM_ITEM) },
			items: idsOf(
				[...sim.state.qualificationTypes.values()].filter(
					({ entityType }) => entityType === 'worker',
				),
			),
		}),
		'qualificationType/getAll': () => ({ parameters: { entityType: 'worker', returnAll: true } }),
	};
}

function attributeCases(sim: Simulator): Record<string, () => PreviewCase> {
	const length = () => attributeNamed(sim, 'vehicle', 'Vehicle Length').id;
	const all = () =>
		idsOf([...sim.state.attributes.values()].filter(({ entityType }) => entityType === 'asset'));
	const asset = { entityType: 'asset' };
	const definition = {
		...asset,
		attributeType: 'number',
		unit: 'FOOT',
		values: '10, 12.5',
	};
	return {
		'attribute/assign': () => ({
			parameters: {
				entityType: 'driver',
				attributeId: locator('={{ $json.attribute }}', 'name'),
				entityId: locator(FROM_ITEM),
				value: '={{ $json.value }}',
			},
			items: idsOf(entitiesOf(sim, 'driver')).flatMap(({ id }) => [
				{ id, attribute: 'License Class', value: 'Class B' },
				{ id, attribute: 'Years of Experience', value: 4 },
				{ id, attribute: 'Home Terminal', value: '' },
			]),
		}),
		'attribute/create': () => ({ parameters: { ...definition, name: 'Height' } }),
		'attribute/get': () => ({
			parameters: { ...asset, attributeId: locator(FROM_ITEM) },
			items: all(),
		}),
		'attribute/getAll': () => ({ parameters: { ...asset, returnAll: true } }),
		'attribute/getAssignments': () => ({
			parameters: { ...asset, attributeId: locator(FROM_ITEM), returnAll: true },
			items: all(),
		}),
		'attribute/update': () => ({
			parameters: { ...asset, attributeId: locator(length()), updateFields: { addValues: '28' } },
		}),
		'attribute/upsert': () => ({ parameters: { ...definition, name: 'Width' } }),
		'attribute/delete': () => ({
			parameters: { ...asset, attributeId: locator('Parking Spot', 'name') },
		}),
	};
}

function attributeEntityCases(
	sim: Simulator,
	resource: (typeof ATTRIBUTE_ENTITIES)[number],
): Record<string, () => PreviewCase> {
	const picked = { [`${resource}Id`]: locator(FROM_ITEM) };
	const items = () => idsOf(entitiesOf(sim, resource));
	const attributes =
		resource === 'driver' ? { 'License Class': 'Class A' } : { Permits: 'Oversize' };
	const extra = { notes: 'Seen', externalIds: { ids: [{ key: 'preview', value: resource }] } };
	const tagIds = [...sim.state.tags.keys()].slice(0, 1);
	const login = {
		name: 'Ada Byron',
		username: 'preview.driver',
		password: 'A first password 1',
	};
	const more = {
		driver: { phone: '5558234327', licenseNumber: 'E1234567', licenseState: 'CA' },
		trailer: { licensePlate: '7TRL22', trailerSerialNumber: '8V8WD530FLN016251' },
		equipment: {},
		vehicle: {},
		asset: {
			licensePlate: '7TRL23',
			make: 'Bobcat',
			model: 'S630',
			serialNumber: 'LN016251',
			vin: '1FUJBBCKXCLBZ1234',
			year: 2020,
		},
	}[resource];
	const cases: Record<string, () => PreviewCase> = {
		get: () => ({ parameters: picked, items: items() }),
		getAll: () => ({ parameters: { returnAll: true } }),
		setAttributes: () => ({
			parameters: { ...picked, attributes: form(sim, resource, attributes) },
			items: items(),
		}),
		update: () => ({
			parameters: { ...picked, updateFields: { notes: 'Seen' } },
			items: items(),
		}),
		create: () => ({
			parameters: {
				...(resource === 'driver' ? login : { name: 'Reefer 12' }),
				...(resource === 'asset' && { type: 'vehicle' }),
				attributes: form(sim, resource, attributes),
				additionalFields: { ...extra, ...more, tagIds },
			},
		}),
		delete: () => ({ parameters: picked, items: items().slice(0, 1) }),
		remoteSignOut: () => ({ parameters: picked, items: items().slice(0, 1) }),
	};
	const offered = {
		driver: ['create', 'get', 'getAll', 'remoteSignOut', 'setAttributes', 'update'],
		vehicle: ['get', 'getAll', 'setAttributes', 'update'],
		asset: ['create', 'delete', 'get', 'getAll', 'setAttributes', 'update'],
		trailer: ['create', 'delete', 'get', 'getAll', 'setAttributes', 'update'],
		equipment: ['get', 'getAll', 'setAttributes', 'update'],
	}[resource];
	return Object.fromEntries(offered.map((name) => [`${resource}/${name}`, cases[name]]));
}

function recordCases(sim: Simulator): Record<string, () => PreviewCase> {
	const recordId = locator(FROM_ITEM);
	const kept = () =>
		[...sim.state.records.values()].filter(({ recordStatus }) => recordStatus !== 'deleted');
	const records = () => idsOf(kept());
	const license = typeNamed(sim, 'Driver License');
	const recordParameters = (more: INode['parameters']) => ({
		parameters: newRecord(license, newDriver(sim), { 'License Number': 'E1' }, more),
	});
	const external = (value: string) => ({ externalIds: { ids: [{ key: 'hrCardId', value }] } });
	const cases: Record<string, () => PreviewCase> = {
		archive: () => ({ parameters: { recordId }, items: records().slice(0, 1) }),
		checkCompliance: () => ({
			parameters: {
				entityType: 'worker',
				who: 'all',
				qualificationTypes: ['Driver License', 'Medical Card'],
				expiringWithinDays: 30,
			},
		}),
		create: () => recordParameters({ additionalFields: external('4711') }),
		delete: () => ({ parameters: { recordId }, items: records().slice(1, 2) }),
		downloadFiles: () => ({
			parameters: { recordId },
			items: idsOf(
				kept()
					.filter(({ fields }) => JSON.stringify(fields).includes('mediaIds'))
					.slice(0, 20),
			),
		}),
		get: () => ({ parameters: { recordId }, items: records() }),
		getAll: () => ({ parameters: { entityType: 'worker', returnAll: true } }),
		unarchive: () => ({ parameters: { recordId }, items: records().slice(0, 1) }),
		update: () => ({
			parameters: {
				entityType: 'worker',
				recordId,
				qualificationType: locator(license.id, 'list'),
				fieldsMode: 'form',
				fields: filled(license, { 'License Number': 'E2' }),
				updateFields: { expirationDate: '2031-05-05', ...external('4713') },
			},
			items: idsOf(
				[...sim.state.records.values()].filter(
					({ typeId, recordStatus }) => typeId === license.id && recordStatus === 'active',
				),
			).slice(0, 1),
		}),
		upsert: () => recordParameters({ matchBy: 'externalId', externalId: 'hrCardId:4712' }),
	};
	return Object.fromEntries(
		Object.entries(cases).map(([name, run]) => [`qualificationRecord/${name}`, run]),
	);
}

function idsOf(things: Array<{ id: string }>): IDataObject[] {
	return things.map(({ id }) => ({ id }));
}

/** The items of a case; one empty item if it needs none. */
export function itemsFor({ items = [{}] }: PreviewCase) {
	return itemsOf(...items);
}
