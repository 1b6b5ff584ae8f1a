import type { INodeProperties } from 'n8n-workflow';
import type { Item } from '../../execution/item';
import { ifStored } from './stored';
import { optionsOf, requestFields } from './requestOptions';

/** The choices about the result of an operation. The options of requests are only shown here if the node has them stored. */
export function options(...own: INodeProperties[]): INodeProperties {
	return optionsOf([...own, ...requestFields.map(ifStored)]);
}

/** What Create does if the entity or record already exists. */
export const ifExists: INodeProperties = {
	displayName: 'If It Exists',
	name: 'ifExists',
	type: 'options',
	options: [
		{
			name: 'Fail',
			value: 'fail',
			description: 'Leave it as it is and fail with an error',
		},
		{
			name: 'Skip',
			value: 'skip',
			description: 'Leave it as it is and return it',
		},
		{
			name: 'Update',
			value: 'update',
			description: 'Update the fields that have a value here and keep the rest',
		},
	],
	default: 'fail',
	description: 'What to do if it already exists in Samsara',
};

/** Reads 'If It Exists'. @throws InvalidInputError for any other value, which an expression may return */
export function readIfExists(item: Item): 'fail' | 'skip' | 'update' {
	return item.option(ifExists);
}

export const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};
