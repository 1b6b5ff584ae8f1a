import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';

/** External IDs, one row a key. */
export const externalIds: INodeProperties = {
	displayName: 'External IDs',
	name: 'externalIds',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add External ID',
	default: {},
	description:
		'IDs of other systems, by which it can be found later, e.g. key payrollId and value ABFS18600. Keys that are not given stay as they are.',
	options: [
		{
			displayName: 'External ID',
			name: 'ids',
			values: [
				{
					displayName: 'Key',
					name: 'key',
					type: 'string',
					default: '',
					placeholder: 'e.g. payrollId',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					placeholder: 'e.g. ABFS18600',
				},
			],
		},
	],
};

/** What the input 'By External ID' of a pick list takes. */
export function keyAndValue(example: string): INodePropertyMode['validation'] {
	return [
		{
			type: 'regex',
			properties: {
				regex: '^[^:\\s]+:.+$',
				errorMessage: `Give the key and the value, like ${example}`,
			},
		},
	];
}
