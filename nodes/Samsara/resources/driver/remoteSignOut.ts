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
		const picked = driverAdapter.idOf(item);
		// Samsara documents external IDs for the other operations on drivers only.
		const id = picked.includes(':') ? (await driverAdapter.read(item.run, picked)).id : picked;
		await item.run.client.post('/fleet/drivers/remote-sign-out', { driverId: String(id) });
		return { id, signedOut: true };
	},
};
