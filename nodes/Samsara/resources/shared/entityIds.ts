import type { INodeProperties } from 'n8n-workflow';
import type { Item } from '../../execution/item';
import { quote } from '../../common/coercion';
import { InvalidInputError } from '../../common/errors';
import { isExternalId } from '../../common/ids';
import { locator } from './locator';

export const driverId = locator(
	{ displayName: 'Driver', name: 'driverId', description: 'The driver to use' },
	{
		listPlaceholder: 'Select a driver…',
		searchListMethod: 'searchDrivers',
		id: '1654973',
		externalId: 'payrollId:ABFS18600',
		url: { example: '/drivers/1654973', pathRegex: '/drivers/(\\d+)' },
	},
);

export const vehicleId = locator(
	{ displayName: 'Vehicle', name: 'vehicleId', description: 'The vehicle to use' },
	{
		listPlaceholder: 'Select a vehicle…',
		searchListMethod: 'searchVehicles',
		id: '281474977075805',
		externalId: 'samsara.vin:1FUJA6CV97LX76154',
		url: { example: '/devices/281474977075805/vehicle', pathRegex: '/devices/(\\d+)' },
	},
);

export const trailerId = locator(
	{ displayName: 'Trailer', name: 'trailerId', description: 'The trailer to use' },
	{
		listPlaceholder: 'Select a trailer…',
		searchListMethod: 'searchTrailers',
		id: '281474977075805',
		externalId: 'maintenanceId:250020',
	},
);

export const equipmentId = locator(
	{ displayName: 'Equipment', name: 'equipmentId', description: 'The equipment to use' },
	{
		listPlaceholder: 'Select equipment…',
		searchListMethod: 'searchEquipment',
		id: '281474977075805',
	},
);

export const assetId = locator(
	{ displayName: 'Asset', name: 'assetId', description: 'The asset to use' },
	{
		listPlaceholder: 'Select an asset…',
		searchListMethod: 'searchAssets',
		id: '281474977075805',
		externalId: 'assetNumber:T-5301',
	},
);

/** Shown above every operation that updates equipment. */
export const equipmentNotice: INodeProperties = {
	displayName: "Updating equipment is a beta feature of Samsara's API, so it may change",
	name: 'betaNotice',
	type: 'notice',
	default: '',
};

/** The ID of the chosen equipment. @throws InvalidInputError for an external ID, which Samsara does not accept for equipment */
export function readEquipmentId(item: Item): string {
	const id = item.id('equipmentId', 'Equipment');
	if (isExternalId(id)) {
		throw new InvalidInputError(
			`'Equipment' is ${quote(id)}, but Samsara finds equipment by its own IDs only`,
			"Pick it from the list, or map the ID that 'Get Many' returns.",
		);
	}
	return id;
}
