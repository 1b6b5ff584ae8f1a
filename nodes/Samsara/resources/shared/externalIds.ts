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

/**
 * What bears these external IDs.
 *
 * @throws InvalidInputError where they belong to different things: changing either could be wrong
 */
export async function lookUpByExternalIds<E extends { id?: string }>(
	externalIds: Record<string, string>,
	lookUp: (id: string) => Promise<E | undefined>,
): Promise<E | undefined> {
	let first: E | undefined;
	for (const [key, value] of Object.entries(externalIds)) {
		const found = await lookUp(`${key}:${value}`);
		if (first && found && first.id !== found.id) {
			throw new InvalidInputError(
				`'External IDs' belong to two different ones in Samsara, ${first.id} and ${found.id}`,
				"Correct the IDs under 'External IDs', or give only one of them.",
			);
		}
		first ??= found;
	}
	return first;
}

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
