import type { ItemOperation } from '../../execution/operation';
import { driverRow } from '../../fields/entityRow';
import { readFieldValue } from '../../fields/fieldSpecs';
import { addMissingOption, driverAttributes, readAttributes } from '../shared/attributeProperties';
import { ifExists, readIfExists } from '../shared/ifExists';
import { simplify } from '../shared/pagination';
import { options } from '../shared/options';
import { driverFields, loginSpecs, readDriverFields, requireUsername } from './helpers/fields';
import { findDriver, createDriver, updateDriver, type DriverInput } from './helpers/createDriver';

export const create: ItemOperation = {
	name: 'Create',
	value: 'create',
	action: 'Create driver',
	description: 'Create a driver, with attribute values',
	properties: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Tyler Freckmann',
		},
		{
			displayName: 'Username',
			name: 'username',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. tfreckmann',
			description:
				'Login of the Samsara Driver app, without blanks and @; no two drivers have the same',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The first password for the Samsara Driver app',
		},
		driverAttributes,
		simplify,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: driverFields,
		},
		options(addMissingOption, {
			...ifExists,
			description:
				'What to do when a driver with one of the external IDs is there already, or, where none is given, with the username. An update leaves the password as it is.',
		}),
	],
	async execute(item) {
		const ifExistsAction = readIfExists(item);
		const text = (name: keyof typeof loginSpecs) =>
			String(readFieldValue(item.text(name, loginSpecs[name].label), loginSpecs[name]));
		const input: DriverInput = {
			name: text('name'),
			username: text('username'),
			password: text('password'),
			...(await readDriverFields(item, 'additionalFields')),
		};
		requireUsername(input);
		const attributes = await readAttributes(item, 'driver');
		const keys = Object.entries(input.externalIds ?? {}).map((pair) => `driver ${pair.join(':')}`);
		const driver = await item.run.locks.withLocks(
			[...keys, `driver ${input.username}`],
			async () => {
				const existing = ifExistsAction === 'fail' ? undefined : await findDriver(item.run, input);
				if (existing === undefined) return await createDriver(item.run, input, attributes);
				return ifExistsAction === 'skip'
					? existing
					: await updateDriver(item.run, existing, input, attributes);
			},
		);
		return item.boolean('simplify', true) ? driverRow(driver) : driver;
	},
};
