import type { Resource } from '../../execution/operation';
import { assign } from './assign';
import { create } from './create';
import { remove } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { getAssignments } from './getAssignments';
import { update } from './update';
import { upsert } from './upsert';

export const attribute: Resource = {
	name: 'Attribute',
	value: 'attribute',
	operations: [assign, create, upsert, remove, get, getAssignments, getAll, update],
	defaultOperation: getAll.value,
};
