import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';
import { findByAnyId } from '../../api/ids';
import { path } from '../../api/path';
import type { RunContext } from '../../api/runContext';
import { InvalidInputError } from '../../common/errors';
import { getOrUndefined } from './getOrUndefined';

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
 * Finds the driver or trailer that has an external ID. If Samsara answers with one that does not have it, there is none.
 *
 * @param listPath e.g. `/fleet/drivers`
 */
export async function findByExternalId<E extends { id?: string; externalIds?: object }>(
	run: RunContext,
	listPath: string,
	id: string,
): Promise<E | undefined> {
	const answered = await getOrUndefined<E>(run, `${listPath}${path`/${id}`}`);
	return answered && findByAnyId([answered], id);
}

/**
 * Finds the driver or trailer that has any of these external IDs.
 *
 * @throws InvalidInputError if they belong to different ones: changing either could be wrong
 */
export async function findByExternalIds<E extends { id?: string; externalIds?: object }>(
	run: RunContext,
	listPath: string,
	externalIds: Record<string, string>,
): Promise<E | undefined> {
	let first: E | undefined;
	for (const [key, value] of Object.entries(externalIds)) {
		const found = await findByExternalId<E>(run, listPath, `${key}:${value}`);
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
