import type { INodeProperties } from 'n8n-workflow';
import type { Item } from '../../execution/item';
import { toText } from '../../common/toText';
import { InvalidInputError } from '../../common/errors';

/** What creating does when the thing is there already. */
export const ifExists: INodeProperties = {
	displayName: 'If It Exists',
	name: 'ifExists',
	type: 'options',
	options: [
		{
			name: 'Fail',
			value: 'fail',
			description: 'Leave it as it is and stop with a message',
		},
		{
			name: 'Skip',
			value: 'skip',
			description: 'Leave it as it is and give it out',
		},
		{
			name: 'Update',
			value: 'update',
			description: 'Write what is given here to it and keep the rest',
		},
	],
	default: 'fail',
	description: 'What to do when it is in Samsara already',
};

/** What the person chose. @throws InvalidInputError for anything else, which an expression may give */
export function readIfExists(item: Item): 'fail' | 'skip' | 'update' {
	const { ifExists: chosen = 'fail' } = item.collection('options');
	if (chosen === 'fail' || chosen === 'skip' || chosen === 'update') return chosen;
	throw new InvalidInputError(
		`'If It Exists' is '${toText(chosen)}'`,
		"Choose one of fail, skip, update in 'If It Exists'.",
	);
}
