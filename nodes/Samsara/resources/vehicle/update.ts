import type { INodeProperties } from 'n8n-workflow';
import { specsOf } from '../../fields/fieldSpecs';
import { vehicleAdapter } from '../shared/entityAdapters';
import { driverId } from '../shared/entityIds';
import { updateOperation } from '../shared/entityOperations';
import { notes, regulationMode } from '../shared/assetFields';
import { externalIds } from '../shared/externalIds';
import { tags } from '../shared/tags';
import { nestedFields, readNestedFields } from './helpers/nestedFields';

const fields: INodeProperties[] = [
	{
		displayName: 'Engine Hours',
		name: 'engineHours',
		type: 'number',
		default: 0,
		description: 'The reading, for vehicles that do not report it themselves',
	},
	externalIds,
	{
		displayName: 'Gateway Serial Number',
		name: 'gatewaySerial',
		type: 'string',
		default: '',
		placeholder: 'e.g. ABCD-123-XYZ',
		description: 'The serial number of the gateway to pair with the vehicle',
	},
	{
		displayName: 'Harsh Acceleration Setting',
		name: 'harshAccelerationSettingType',
		type: 'options',
		options: [
			{ name: 'Automatic', value: 'automatic' },
			{ name: 'Heavy Duty', value: 'heavyDuty' },
			{ name: 'Light Truck', value: 'lightTruck' },
			{ name: 'Off', value: 'off' },
			{ name: 'Passenger Car', value: 'passengerCar' },
		],
		default: 'automatic',
	},
	{
		displayName: 'License Plate',
		name: 'licensePlate',
		type: 'string',
		default: '',
		placeholder: 'e.g. 8ABC123',
		description: 'Up to 12 characters',
	},
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		placeholder: 'e.g. Truck 12',
	},
	notes,
	{
		displayName: 'Odometer (Meters)',
		name: 'odometerMeters',
		type: 'number',
		default: 0,
		description: 'The reading in meters, for vehicles that do not report it themselves',
	},
	{ ...regulationMode, name: 'vehicleRegulationMode' },
	{
		...driverId,
		displayName: 'Static Driver',
		name: 'staticAssignedDriverId',
		required: false,
		description:
			"The driver who is permanently assigned to the vehicle. 'Clear Fields' removes the driver.",
	},
	tags,
	{
		displayName: 'Vehicle Type',
		name: 'vehicleType',
		type: 'options',
		options: [
			{ name: 'Bus', value: 'bus' },
			{ name: 'Passenger', value: 'passenger' },
			{ name: 'Truck', value: 'truck' },
			{ name: 'Unset', value: 'unset' },
		],
		default: 'truck',
		description: 'Samsara returns it only if the organization uses commercial speed limits',
	},
	{
		displayName: 'VIN',
		name: 'vin',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1FUJA6CV97LX76154',
		description: '11 to 17 characters',
	},
];

export const update = updateOperation(
	vehicleAdapter,
	{
		action: 'Update vehicle',
		description: 'Update some fields of a vehicle. Other fields stay as they are.',
	},
	[...fields, ...nestedFields],
	specsOf(fields, {
		gatewaySerial: { minLength: 1 },
		licensePlate: { maxLength: 12 },
		name: { minLength: 1 },
		notes: { maxLength: 255 },
		staticAssignedDriverId: { cleared: '0' },
		vin: { minLength: 11, maxLength: 17 },
	}),
	{ complete: (_item, input, read) => ({ ...read, ...readNestedFields(input) }) },
);
