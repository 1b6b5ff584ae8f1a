import type { Resource } from '../../execution/operation';
import { get } from './get';
import { getAll } from './getAll';

export const qualificationType: Resource = {
	name: 'Qualification Type',
	value: 'qualificationType',
	operations: [get, getAll],
	defaultOperation: getAll.value,
};
