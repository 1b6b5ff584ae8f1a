import type { INodeProperties } from 'n8n-workflow';
import { path } from '../../api/path';
import type { Data, Vehicle } from '../../api/types';
import type { ItemOperation } from '../../execution/operation';
import { vehicleRow } from '../../fields/entityRow';
import type { Member } from '../../fields/members';
import { driverId } from '../driver/driverId';
import { externalIds } from '../shared/externalIds';
import { simplify } from '../shared/listing';
import { options } from '../shared/options';
import { tags } from '../shared/tags';
import { clearFields, optionalId, readFields } from '../shared/updateFields';
import { byName, requireChange, withOtherExternalIds } from '../shared/updating';
import { vehicleId } from './vehicleId';

const fields: INodeProperties[] = [
	{
		displayName: 'Engine Hours',
		name: 'engineHours',
		type: 'number',
		default: 0,
		description: 'The reading, where the vehicle does not tell it itself',
	},
	externalIds,
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
	{
		displayName: 'Notes',
		name: 'notes',
		type: 'string',
		default: '',
		description: 'Up to 255 characters',
	},
	{
		displayName: 'Odometer (Meters)',
		name: 'odometerMeters',
		type: 'number',
		default: 0,
		description: 'The reading in meters, where the vehicle does not tell it itself',
	},
	{
		displayName: 'Regulation Mode',
		name: 'vehicleRegulationMode',
		type: 'options',
		options: [
			{ name: 'Mixed', value: 'mixed' },
			{ name: 'Regulated', value: 'regulated' },
			{ name: 'Unregulated', value: 'unregulated' },
		],
		default: 'regulated',
		description: 'Whether driving the vehicle is subject to hours of service',
	},
	{
		...driverId,
		displayName: 'Static Driver',
		name: 'staticAssignedDriverId',
		required: false,
		description: 'The driver who always has the vehicle. The ID 0 takes the driver off it.',
	},
	tags,
	{
		displayName: 'VIN',
		name: 'vin',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1FUJA6CV97LX76154',
		description: '11 to 17 characters',
	},
];

const members: Record<string, Member> = {
	engineHours: { label: 'Engine Hours', kind: 'whole' },
	harshAccelerationSettingType: {
		label: 'Harsh Acceleration Setting',
		kind: 'choice',
		choices: ['automatic', 'heavyDuty', 'lightTruck', 'off', 'passengerCar'],
	},
	licensePlate: { label: 'License Plate', kind: 'text', longest: 12 },
	name: { label: 'Name', kind: 'text', shortest: 1 },
	notes: { label: 'Notes', kind: 'text', longest: 255 },
	odometerMeters: { label: 'Odometer (Meters)', kind: 'whole' },
	vehicleRegulationMode: {
		label: 'Regulation Mode',
		kind: 'choice',
		choices: ['mixed', 'regulated', 'unregulated'],
	},
	vin: { label: 'VIN', kind: 'text', shortest: 11, longest: 17 },
};

export const update: ItemOperation = {
	name: 'Update',
	value: 'update',
	action: 'Update vehicle',
	description: 'Change what is given of a vehicle and keep the rest',
	properties: [
		vehicleId,
		simplify,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: byName([clearFields(members), ...fields]),
		},
		options(),
	],
	async execute(item) {
		const target = path`/fleet/vehicles/${item.id('vehicleId', 'Vehicle')}`;
		const driver = optionalId(item, 'updateFields', 'staticAssignedDriverId', 'Static Driver');
		const read = await readFields(item, 'updateFields', members);
		const change = { ...read, ...(driver && { staticAssignedDriverId: driver }) };
		requireChange(change);
		const { data } = await item.samsara.patch<Data<Vehicle>>(
			target,
			await withOtherExternalIds(item.samsara, target, change),
		);
		return item.flag('simplify', true) ? vehicleRow(data) : data;
	},
};
