import type { INodeProperties } from 'n8n-workflow';
import type { ItemOperation } from '../../execution/operation';
import type { FieldSpec } from '../../fields/fieldSpecs';
import { driverId } from '../shared/driverId';
import { vehicleAdapter } from '../shared/entityAdapters';
import { externalIds } from '../shared/externalIds';
import { simplify, options, byName } from '../shared/options';
import { tags } from '../shared/tags';
import { clearFields, optionalId, readFields } from '../shared/updateFields';
import { requireChange, withOtherExternalIds } from '../shared/updateHelpers';
import { vehicleId } from '../shared/vehicleId';

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
		description: 'The reading in meters, for vehicles that do not report it themselves',
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
		description: 'Whether driving the vehicle is subject to hours-of-service rules',
	},
	{
		...driverId,
		displayName: 'Static Driver',
		name: 'staticAssignedDriverId',
		required: false,
		description:
			'The driver who is permanently assigned to the vehicle. The ID 0 removes the driver.',
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

const fieldSpecs: Record<string, FieldSpec> = {
	engineHours: { label: 'Engine Hours', type: 'integer' },
	harshAccelerationSettingType: {
		label: 'Harsh Acceleration Setting',
		type: 'choice',
		choices: ['automatic', 'heavyDuty', 'lightTruck', 'off', 'passengerCar'],
	},
	licensePlate: { label: 'License Plate', type: 'text', maxLength: 12 },
	name: { label: 'Name', type: 'text', minLength: 1 },
	notes: { label: 'Notes', type: 'text', maxLength: 255 },
	odometerMeters: { label: 'Odometer (Meters)', type: 'integer' },
	vehicleRegulationMode: {
		label: 'Regulation Mode',
		type: 'choice',
		choices: ['mixed', 'regulated', 'unregulated'],
	},
	vin: { label: 'VIN', type: 'text', minLength: 11, maxLength: 17 },
};

export const update: ItemOperation = {
	name: 'Update',
	value: 'update',
	action: 'Update vehicle',
	description: 'Update some fields of a vehicle. Other fields stay as they are.',
	properties: [
		vehicleId,
		simplify,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: byName([clearFields(fieldSpecs), ...fields]),
		},
		options(),
	],
	async execute(item) {
		const id = vehicleAdapter.idOf(item);
		const driver = optionalId(item, 'updateFields', 'staticAssignedDriverId', 'Static Driver');
		const values = await readFields(item, 'updateFields', fieldSpecs);
		const changes = { ...values, ...(driver && { staticAssignedDriverId: driver }) };
		requireChange(changes);
		const vehicle = await vehicleAdapter.update(
			item.run,
			id,
			await withOtherExternalIds(item.run, vehicleAdapter, id, changes),
		);
		return item.boolean('simplify', true) ? vehicleAdapter.row(vehicle) : vehicle;
	},
};
