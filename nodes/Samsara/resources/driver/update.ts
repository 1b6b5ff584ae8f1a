import type { ItemOperation } from '../../execution/operation';
import { driverAdapter } from '../shared/entityAdapters';
import { simplify, options, byName } from '../shared/options';
import { clearFields } from '../shared/updateFields';
import { requireChange, withOtherExternalIds } from '../shared/updateHelpers';
import { driverId } from '../shared/driverId';
import {
	driverFields,
	driverFieldSpecs,
	readDriverFields,
	requireUsername,
} from './helpers/fields';

export const update: ItemOperation = {
	name: 'Update',
	value: 'update',
	action: 'Update driver',
	description:
		'Update some fields of a driver, or activate or deactivate the driver. Other fields stay as they are.',
	properties: [
		driverId,
		simplify,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: byName([
				clearFields(driverFieldSpecs),
				{
					displayName: 'Deactivated At',
					name: 'deactivatedAtTime',
					type: 'dateTime',
					default: '',
					description:
						'When the driver left, at most six months ago. Requires the status Deactivated.',
				},
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Tyler Freckmann',
				},
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
				...driverFields,
			]),
		},
		options(),
	],
	async execute(item) {
		const id = driverAdapter.idOf(item);
		const changes = await readDriverFields(item, 'updateFields');
		requireChange(changes);
		requireUsername(changes);
		const driver = await driverAdapter.update(
			item.run,
			id,
			await withOtherExternalIds(item.run, driverAdapter, id, changes),
		);
		return item.boolean('simplify', true) ? driverAdapter.row(driver) : driver;
	},
};
