import type { Resource } from '../../execution/operation';
import { create } from './create';
import { remove } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { setAttributes } from './setAttributes';
import { update } from './update';

export const asset: Resource = {
	name: 'Asset',
	value: 'asset',
	operations: [create, remove, get, getAll, setAttributes, update],
	defaultOperation: getAll.value,
};
