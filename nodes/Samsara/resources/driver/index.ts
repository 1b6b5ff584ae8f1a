import type { Resource } from '../../execution/operation';
import { get } from './get';

export const driver: Resource = {
	name: 'Driver',
	value: 'driver',
	operations: [get],
	defaultOperation: 'get',
};
