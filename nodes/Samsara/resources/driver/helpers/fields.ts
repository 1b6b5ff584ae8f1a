import type { INodeProperties } from 'n8n-workflow';
import type { Item } from '../../../execution/item';
import type { FieldSpec } from '../../../fields/fieldSpecs';
import { InvalidInputError } from '../../../common/errors';
import { externalIds } from '../../shared/externalIds';
import { tags } from '../../shared/tags';
import { optionalId, readFields } from '../../shared/updateFields';
import { vehicleId } from '../../shared/vehicleId';
import { requireDeactivation } from './deactivation';

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

/** The fields of a driver other than name and login, in alphabetical order. */
export const driverFields: INodeProperties[] = [
	{
		displayName: 'Date of Birth',
		name: 'dateOfBirth',
		type: 'dateTime',
		default: '',
	},
	{
		displayName: 'ELD Adverse Weather Exemption',
		name: 'eldAdverseWeatherExemptionEnabled',
		type: 'boolean',
		default: false,
		description: 'Whether the driver may use the adverse weather exemption in ELD logs',
	},
	{
		displayName: 'ELD Big Day Exemption',
		name: 'eldBigDayExemptionEnabled',
		type: 'boolean',
		default: false,
		description: 'Whether the driver may use the big day exemption in ELD logs',
	},
	{
		displayName: 'ELD Day Start Hour',
		name: 'eldDayStartHour',
		type: 'options',
		options: [
			{ name: 'Midnight', value: 0 },
			{ name: 'Noon', value: 12 },
		],
		default: 0,
		description: 'When a day of driving hours begins',
	},
	{
		displayName: 'ELD Exempt',
		name: 'eldExempt',
		type: 'boolean',
		default: false,
		description: 'Whether the driver is exempt from the electronic logging mandate',
	},
	{
		displayName: 'ELD Exempt Reason',
		name: 'eldExemptReason',
		type: 'string',
		default: '',
		placeholder: 'e.g. Short-haul',
	},
	{
		displayName: 'ELD Personal Conveyance',
		name: 'eldPcEnabled',
		type: 'boolean',
		default: false,
		description: 'Whether the driver may choose Personal Conveyance in ELD logs',
	},
	{
		displayName: 'ELD Yard Moves',
		name: 'eldYmEnabled',
		type: 'boolean',
		default: false,
		description: 'Whether the driver may choose Yard Move in ELD logs',
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
		displayName: 'Timezone',
		name: 'timezone',
		type: 'string',
		default: '',
		placeholder: 'e.g. America/Los_Angeles',
		description: "Time zone of the driver's home terminal, used for ELD logs",
	},
	{
		displayName: 'Waiting Time Duty Status',
		name: 'waitingTimeDutyStatusEnabled',
		type: 'boolean',
		default: false,
		description: 'Whether the driver may choose Waiting Time in ELD logs',
	},
];

/** Samsara's limits for a driver's login. `requireUsername` checks the characters of the username. */
export const loginSpecs = {
	name: { label: 'Name', type: 'text', minLength: 1, maxLength: 255 },
	username: { label: 'Username', type: 'text', minLength: 1, maxLength: 189 },
	password: { label: 'Password', type: 'text', minLength: 1 },
} satisfies Record<string, FieldSpec>;

export const driverFieldSpecs: Record<string, FieldSpec> = {
	...loginSpecs,
	driverActivationStatus: { label: 'Status', type: 'choice', choices: ['active', 'deactivated'] },
	deactivatedAtTime: { label: 'Deactivated At', type: 'time' },
	dateOfBirth: { label: 'Date of Birth', type: 'date' },
	eldAdverseWeatherExemptionEnabled: { label: 'ELD Adverse Weather Exemption', type: 'boolean' },
	eldBigDayExemptionEnabled: { label: 'ELD Big Day Exemption', type: 'boolean' },
	eldDayStartHour: { label: 'ELD Day Start Hour', type: 'integer' },
	eldExempt: { label: 'ELD Exempt', type: 'boolean' },
	eldExemptReason: { label: 'ELD Exempt Reason', type: 'text' },
	eldPcEnabled: { label: 'ELD Personal Conveyance', type: 'boolean' },
	eldYmEnabled: { label: 'ELD Yard Moves', type: 'boolean' },
	email: { label: 'Email', type: 'text' },
	currentIdCardCode: { label: 'ID Card Code', type: 'text' },
	licenseNumber: { label: 'License Number', type: 'text' },
	licenseState: { label: 'License State', type: 'text' },
	locale: { label: 'Locale', type: 'choice', choices: Object.values(LOCALES) },
	notes: { label: 'Notes', type: 'text', maxLength: 4096 },
	phone: { label: 'Phone', type: 'text', maxLength: 255 },
	profileImageUrl: { label: 'Profile Image URL', type: 'text', maxLength: 1024 },
	tachographCardNumber: { label: 'Tachograph Card Number', type: 'text' },
	timezone: { label: 'Timezone', type: 'text' },
	waitingTimeDutyStatusEnabled: { label: 'Waiting Time Duty Status', type: 'boolean' },
};

/** Reads the driver fields of a collection in the form. @throws InvalidInputError */
export async function readDriverFields(item: Item, collection: string) {
	const vehicle = optionalId(item, collection, 'staticAssignedVehicleId', 'Static Vehicle');
	const values = await readFields(item, collection, driverFieldSpecs);
	requireDeactivation(values);
	return { ...values, ...(vehicle && { staticAssignedVehicleId: vehicle }) };
}

/** @throws InvalidInputError for a username that Samsara does not accept */
export function requireUsername(driver: object): void {
	const { username } = driver as { username?: unknown };
	if (typeof username === 'string' && /[\s@]/.test(username)) {
		throw new InvalidInputError(
			`'Username' is '${username}'`,
			"Samsara accepts neither spaces nor @ in 'Username'. Use letters, digits, dots and dashes.",
		);
	}
}
