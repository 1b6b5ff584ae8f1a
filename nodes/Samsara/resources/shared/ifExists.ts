import type { INodeProperties } from 'n8n-workflow';
import type { Item } from '../../execution/item';
import { toText } from '../../common/toText';
import { InvalidInputError } from '../../common/errors';

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
	const { ifExists: chosen = 'fail' } = item.collection('options');
	if (chosen === 'fail' || chosen === 'skip' || chosen === 'update') return chosen;
	throw new InvalidInputError(
		`'If It Exists' is '${toText(chosen)}'`,
		"Set 'If It Exists' to fail, skip or update.",
	);
}
