import type { Resource } from '../../execution/operation';
import { get } from './get';
import { getAll } from './getAll';
import { setAttributes } from './setAttributes';
import { update } from './update';

export const equipment: Resource = {
	name: 'Equipment',
	value: 'equipment',
	operations: [get, getAll, setAttributes, update],
	defaultOperation: getAll.value,
};
