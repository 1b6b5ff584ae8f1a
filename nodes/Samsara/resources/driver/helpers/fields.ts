import type { INodeProperties } from 'n8n-workflow';
import { specsOf } from '../../../fields/fieldSpecs';
import { vehicleId } from '../../shared/entityIds';
import { externalIds } from '../../shared/externalIds';
import { tags } from '../../shared/tags';
import { hoursOfServiceFields } from './hoursOfServiceFields';
import { nestedFields } from './nestedFields';

const LOCALES = {
	Austria: 'at',
	Belgium: 'be',
	Canada: 'ca',
	France: 'fr',
	Germany: 'de',
	Ireland: 'ie',
	Italy: 'it',
	Luxembourg: 'lu',
	Mexico: 'mx',
	Netherlands: 'nl',
	'Puerto Rico': 'pr',
	Spain: 'es',
	Switzerland: 'ch',
	'United Kingdom': 'gb',
	'United States': 'us',
};

/** The fields of a driver other than name, login and status. */
export const driverFields: INodeProperties[] = [
	...hoursOfServiceFields,
	...nestedFields,
	{
		displayName: 'Date of Birth',
		name: 'dateOfBirth',
		type: 'dateTime',
		typeOptions: { dateOnly: true },
		default: '',
	},
	{
		displayName: 'Hide Driving Features',
		name: 'hasDrivingFeaturesHidden',
		type: 'boolean',
		default: false,
		description:
			'Whether the Driver app hides features that only drivers need, such as vehicle selection, hours of service, and routes. For workers who do not drive.',
	},
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		default: '',
		placeholder: 'e.g. name@email.com',
	},
	externalIds,
	{
		displayName: 'ID Card Code',
		name: 'currentIdCardCode',
		type: 'string',
		default: '',
		placeholder: 'e.g. 941767043',
		description: 'The code on the back of the ID card assigned to the driver',
	},
	{
		displayName: 'License Number',
		name: 'licenseNumber',
		type: 'string',
		default: '',
		placeholder: 'e.g. E1234567',
		description:
			"Number of the driver's license. No two drivers can have the same number and License State.",
	},
	{
		displayName: 'License State',
		name: 'licenseState',
		type: 'string',
		default: '',
		placeholder: 'e.g. CA',
		description: "Abbreviation of the state or province that issued the driver's license",
	},
	{
		displayName: 'Locale',
		name: 'locale',
		type: 'options',
		options: Object.entries(LOCALES).map(([name, value]) => ({ name, value })),
		default: 'us',
		description: "Country whose formats the driver sees, if it differs from the organization's",
	},
	{
		displayName: 'Notes',
		name: 'notes',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		description: 'Up to 4,096 characters',
	},
	{
		displayName: 'Peer Group Tag',
		name: 'peerGroupTagId',
		type: 'string',
		default: '',
		placeholder: 'e.g. West Coast',
		description:
			'The drivers with whom this driver is compared in the Driver app. Enter the name or ID of a tag.',
	},
	{
		displayName: 'Phone',
		name: 'phone',
		type: 'string',
		default: '',
		placeholder: 'e.g. 5558234327',
	},
	{
		displayName: 'Profile Image URL',
		name: 'profileImageUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/tyler.jpg',
	},
	{
		...vehicleId,
		displayName: 'Static Vehicle',
		name: 'staticAssignedVehicleId',
		required: false,
		description: 'The vehicle that is permanently assigned to the driver',
	},
	{
		displayName: 'Tachograph Card Number',
		name: 'tachographCardNumber',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1000000492436002',
		description: 'The tachograph card assigned to the driver, used in Europe',
	},
	tags,
	{
		displayName: 'Trailer Tag',
		name: 'trailerGroupTagId',
		type: 'string',
		default: '',
		placeholder: 'e.g. West Coast',
		description: 'The trailers that the driver can select. Enter the name or ID of a tag.',
	},
	{
		displayName: 'Vehicle Tag',
		name: 'vehicleGroupTagId',
		type: 'string',
		default: '',
		placeholder: 'e.g. West Coast',
		description: 'The vehicles that the driver can select. Enter the name or ID of a tag.',
	},
	{
		displayName: 'Vehicle Unpinning',
		name: 'hasVehicleUnpinningEnabled',
		type: 'boolean',
		default: true,
		description: 'Whether the driver may unpin the vehicle in the Driver app',
	},
];

export const nameInput: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Tyler Freckmann',
};

/** The fields that only an update may change: name, login and status. */
export const updateOnlyFields: INodeProperties[] = [
	{
		displayName: 'Deactivated At',
		name: 'deactivatedAtTime',
		type: 'dateTime',
		default: '',
		description: 'When the driver left, at most six months ago. Requires the status Deactivated.',
	},
	nameInput,
	{
		displayName: 'Password',
		name: 'password',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description: 'A new password for the Samsara Driver app',
	},
	{
		displayName: 'Status',
		name: 'driverActivationStatus',
		type: 'options',
		options: [
			{ name: 'Active', value: 'active' },
			{ name: 'Deactivated', value: 'deactivated' },
		],
		default: 'active',
	},
	{
		displayName: 'Username',
		name: 'username',
		type: 'string',
		default: '',
		placeholder: 'e.g. tfreckmann',
		description: 'Login for the Samsara Driver app, without spaces or @',
	},
];

/** Samsara's limits. `validateDriver` checks the characters of the username. */
export const driverFieldSpecs = specsOf(
	[...updateOnlyFields, ...driverFields].filter((field) => !nestedFields.includes(field)),
	{
		name: { minLength: 1, maxLength: 255 },
		username: { minLength: 1, maxLength: 189 },
		password: { minLength: 1 },
		eldDayStartHour: { type: 'integer' },
		carrierName: { maxLength: 255 },
		homeTerminalAddress: { maxLength: 255 },
		homeTerminalName: { maxLength: 255 },
		mainOfficeAddress: { maxLength: 255 },
		dateOfBirth: { cleared: '' },
		staticAssignedVehicleId: { cleared: '' },
		notes: { maxLength: 4096 },
		phone: { maxLength: 255 },
		profileImageUrl: { maxLength: 1024 },
	},
);
