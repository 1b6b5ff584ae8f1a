import { path } from '../../api/path';
import type { Data, Driver } from '../../api/types';
import type { ItemOperation } from '../../execution/operation';
import { driverRow } from '../../fields/entityRow';
import { simplify } from '../shared/pagination';
import { options } from '../shared/options';
import { clearFields } from '../shared/updateFields';
import { byName, requireChange, withOtherExternalIds } from '../shared/updateHelpers';
import { driverId } from '../shared/driverId';
import { driverFields, driverMembers, readDriverFields, requireUsername } from './helpers/fields';

export const update: ItemOperation = {
	name: 'Update',
	value: 'update',
	action: 'Update driver',
	description: 'Change what is given of a driver, also activate or deactivate, and keep the rest',
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
				clearFields(driverMembers),
				{
					displayName: 'Deactivated At',
					name: 'deactivatedAtTime',
					type: 'dateTime',
					default: '',
					description:
						'When the driver left, at most six months ago; goes with the status Deactivated',
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
					description: 'Login of the Samsara Driver app, without blanks and @',
				},
				...driverFields,
			]),
		},
		options(),
	],
	async execute(item) {
		const target = path`/fleet/drivers/${item.id('driverId', 'Driver')}`;
		const change = await readDriverFields(item, 'updateFields');
		requireChange(change);
		requireUsername(change);
		const { data } = await item.run.client.patch<Data<Driver>>(
			target,
			await withOtherExternalIds(item.run, target, change),
		);
		return item.boolean('simplify', true) ? driverRow(data) : data;
	},
};
