import type { Resource } from '../../execution/operation';
import { create } from './create';
import { get } from './get';
import { getAll } from './getAll';
import { remoteSignOut } from './remoteSignOut';
import { setAttributes } from './setAttributes';
import { update } from './update';

export const driver: Resource = {
	name: 'Driver',
	value: 'driver',
	operations: [create, get, getAll, remoteSignOut, setAttributes, update],
	defaultOperation: getAll.value,
};
