import type { SamsaraClient } from '../../api/client';
import { qualificationTypes } from '../../api/qualifications';
import type { OwnerEntityType, QualificationType } from '../../api/types';
import { chooseTypes } from '../../fields/qualification/typeChoice';
import { Refusal } from '../../refusal';

/**
 * The qualification type of an ID or name, with its fields. Types are read once a run.
 *
 * @throws Refusal where the entity type has none, or several of that name
 */
export async function typeOf(
	samsara: SamsaraClient,
	entityType: OwnerEntityType,
	named: string,
): Promise<QualificationType> {
	const types = await qualificationTypes(samsara, entityType);
	const chosen = chooseTypes(types, [named], 'Qualification Type');
	if (chosen.length === 1) return chosen[0];
	throw new Refusal(
		`'Qualification Type' is '${named}', which ${chosen.length} types are called`,
		'Pick the type from the list, or map its ID.',
	);
}
