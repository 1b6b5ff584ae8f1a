import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';
import { InvalidInputError } from '../../common/errors';

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
export function externalIdValidation(example: string): INodePropertyMode['validation'] {
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

/** The same IDs. @throws InvalidInputError for an entry of a list that holds a comma, as several IDs in one text do */
export function withoutCommas(ids: string[], label: string): string[] {
	const id = ids.find((one) => one.includes(','));
	if (id === undefined) return ids;
	throw new InvalidInputError(
		`'${label}' has the entry '${id}', but an ID cannot contain a comma`,
		`Give each ID as an entry of its own in '${label}'.`,
	);
}
