import { isUuid } from '../../../common/ids';
import { qualificationTypes } from '../../../api/qualifications';
import type { RunContext } from '../../../api/runContext';
import type { OwnerEntityType } from '../../../api/types';
import { selectTypes } from '../../../fields/qualification/qualificationType';

/** The IDs of types by ID or name. @throws InvalidInputError if there is no such type */
export async function typeIds(
	run: RunContext,
	ownerType: OwnerEntityType,
	idsOrNames: string[],
): Promise<string[]> {
	if (idsOrNames.every(isUuid)) return idsOrNames;
	const types = await qualificationTypes(run, ownerType);
	return selectTypes(types, idsOrNames, 'Qualification Types').map(({ id }) => id);
}
