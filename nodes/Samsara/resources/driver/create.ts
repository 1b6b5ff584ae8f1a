import type { ItemOperation } from '../../execution/operation';
import { driverRow } from '../../fields/entityRow';
import { readMember } from '../../fields/members';
import { addMissing, driverAttributes, givenAttributes } from '../shared/attributesForm';
import { ifExists, readIfExists } from '../shared/ifExists';
import { inTurnOfAll } from '../shared/inTurn';
import { simplify } from '../shared/listing';
import { options } from '../shared/options';
import { driverFields, login, readDriver, requireUsername } from './fields';
import { findDriver, makeDriver, updateDriver, type DriverDraft } from './making';

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
		options(addMissing, {
			...ifExists,
			description:
				'What to do when a driver with one of the external IDs is there already, or, where none is given, with the username. An update leaves the password as it is.',
		}),
	],
	async execute(item) {
		const then = readIfExists(item);
		const text = (name: keyof typeof login) =>
			String(readMember(item.text(name, login[name].label), login[name]));
		const draft: DriverDraft = {
			name: text('name'),
			username: text('username'),
			password: text('password'),
			...(await readDriver(item, 'additionalFields')),
		};
		requireUsername(draft);
		const given = await givenAttributes(item, 'driver');
		const keys = Object.entries(draft.externalIds ?? {}).map((pair) => `driver ${pair.join(':')}`);
		const driver = await inTurnOfAll(
			item.samsara,
			[...keys, `driver ${draft.username}`],
			async () => {
				const there = then === 'fail' ? undefined : await findDriver(item.samsara, draft);
				if (there === undefined) return await makeDriver(item.samsara, draft, given);
				return then === 'skip' ? there : await updateDriver(item.samsara, there, draft, given);
			},
		);
		return item.flag('simplify', true) ? driverRow(driver) : driver;
	},
};
