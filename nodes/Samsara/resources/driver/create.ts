import { externalIdStrings } from '../../common/ids';
import type { ItemOperation } from '../../execution/operation';
import { readFieldValue } from '../../fields/fieldSpecs';
import { addMissingOption, attributesMapper, readAttributes } from '../shared/attributeProperties';
import { dateFormat } from '../shared/dateFormat';
import { driverAdapter } from '../shared/entityAdapters';
import { entityOutput } from '../shared/entityOutput';
import { ifExists, readIfExists, simplify, options } from '../shared/options';
import { additionalFields } from '../shared/collections';
import { readFields } from '../shared/entityFields';
import { driverFields, driverFieldSpecs, nameInput } from './helpers/fields';
import { withNestedFields } from './helpers/nestedFields';
import { validateDriver } from './helpers/validateDriver';
import { findDriver, createDriver, updateDriver, type DriverInput } from './helpers/createDriver';

export const create: ItemOperation = {
	name: 'Create',
	value: 'create',
	action: 'Create driver',
	description: 'Create a driver with attribute values',
	properties: [
		{ ...nameInput, required: true },
		{
			displayName: 'Username',
			name: 'username',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. tfreckmann',
			description:
				'Login for the Samsara Driver app, without spaces or @. Each driver needs a different one.',
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
		attributesMapper('driver'),
		simplify,
		additionalFields(...driverFields),
		options(addMissingOption, dateFormat, {
			...ifExists,
			description:
				'What to do if the driver already exists. Drivers are found by external ID or, if you enter none, by username. An update does not change the password.',
		}),
	],
	async execute(item) {
		const ifExistsAction = readIfExists(item);
		const text = (name: string) => {
			const spec = driverFieldSpecs[name];
			return String(readFieldValue(item.text(name, spec.label), spec));
		};
		const input: DriverInput = {
			name: text('name'),
			username: text('username'),
			password: text('password'),
			...(await withNestedFields(
				item,
				item.collection('additionalFields'),
				await readFields(item, 'additionalFields', driverFieldSpecs),
			)),
		};
		validateDriver({ ...input });
		const attributes = await readAttributes(item, 'driver');
		const keys = externalIdStrings(input.externalIds ?? {}).map((id) => `driver ${id}`);
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
		return await entityOutput(item, driverAdapter, [driver]);
	},
};
