import type { INodeProperties } from 'n8n-workflow';

/** What creating does when the thing is there already. */
export const ifExists: INodeProperties = {
	displayName: 'If It Exists',
	name: 'ifExists',
	type: 'options',
	options: [
		{
			name: 'Fail',
			value: 'fail',
			description: "Samsara's refusal is the answer",
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

export type IfExists = 'fail' | 'skip' | 'update';
