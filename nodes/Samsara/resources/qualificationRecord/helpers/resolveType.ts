import type { RunContext } from '../../../api/runContext';
import { qualificationTypes } from '../../../api/qualifications';
import type { OwnerEntityType, QualificationType } from '../../../api/types';
import { selectTypes } from '../../../fields/qualification/selectTypes';
import { InvalidInputError } from '../../../common/errors';

/**
 * The qualification type of an ID or name, with its fields. Types are read once a run.
 *
 * @throws InvalidInputError where the entity type has none, or several of that name
 */
export async function resolveType(
	run: RunContext,
	entityType: OwnerEntityType,
	idOrName: string,
): Promise<QualificationType> {
	const types = await qualificationTypes(run, entityType);
	const matches = selectTypes(types, [idOrName], 'Qualification Type');
	if (matches.length === 1) return matches[0];
	throw new InvalidInputError(
		`'Qualification Type' is '${idOrName}', which ${matches.length} types are called`,
		'Pick the type from the list, or map its ID.',
	);
}
