import type { INodeProperties } from 'n8n-workflow';
import { InvalidInputError } from '../../common/errors';

/** External IDs, one row per key. */
export const externalIds: INodeProperties = {
	displayName: 'External IDs',
	name: 'externalIds',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add External ID',
	default: {},
	description:
		'IDs from other systems that it can be found by later, e.g. key payrollId and value ABFS18600. Keys that you do not enter stay as they are.',
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

/** Returns the same IDs. @throws InvalidInputError if an entry has a comma, as several IDs in one text do */
export function withoutCommas(ids: string[], label: string): string[] {
	const id = ids.find((entry) => entry.includes(','));
	if (id === undefined) return ids;
	throw new InvalidInputError(
		`'${label}' has the entry '${id}', but an ID cannot contain a comma`,
		`Enter each ID as a separate entry in '${label}'.`,
	);
}
