import { ownIdOf } from '../../common/ids';
import type { ItemOperation } from '../../execution/operation';
import { driverAdapter } from '../shared/entityAdapters';

export const remoteSignOut: ItemOperation = {
	name: 'Remote Sign-Out',
	value: 'remoteSignOut',
	action: 'Sign out driver remotely',
	description:
		'Sign a driver out of the Samsara Driver app. If the device is offline, this happens once it is online.',
	properties: [driverAdapter.idProperty],
	async execute(item) {
		const id = await ownIdOf(
			driverAdapter.idOf(item),
			async (externalId) => await driverAdapter.read(item.run, externalId),
		);
		await item.run.client.post('/fleet/drivers/remote-sign-out', { driverId: id });
		return { id, signedOut: true };
	},
};
