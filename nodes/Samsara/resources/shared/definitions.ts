import type { SamsaraClient } from '../../api/client';
import type { AttributeEntityType } from '../../api/types';
import { kindOf } from '../../fields/attributeKind';
import { readAttribute, type GivenAttribute } from '../../fields/attributeValues';
import { withAdded } from '../../fields/definedValues';
import { patchAttribute, place, readAttribute as readDefinition } from '../attribute/definitions';
import { inTurn } from './inTurn';

/**
 * Adds values to attributes that don't allow them yet. Each value is added once a run; items that add to one attribute
 * take turns, and the whole list is sent, so that none loses another's value whether the API merges or replaces.
 * The attribute's entities are not touched.
 *
 * @returns what was given, in the spelling that the attributes now have
 * @throws Refusal for more than 1,000 values in one attribute
 */
export async function addMissingValues(
	samsara: SamsaraClient,
	entityType: AttributeEntityType,
	given: GivenAttribute[],
): Promise<GivenAttribute[]> {
	const settled: GivenAttribute[] = [];
	for (const one of given) {
		const { attribute, values, missing } = one;
		if (missing.length > 0) {
			const { id = '' } = attribute;
			await inTurn(samsara, place(id), async () => {
				if (readAttribute(attribute, missing, true)?.missing.length === 0) return;
				const now = await readDefinition(samsara, entityType, id);
				const { list } = kindOf(attribute);
				const added = withAdded(now, { [list]: missing }, attribute.name ?? '');
				if (added) await patchAttribute(samsara, entityType, now, added);
				Object.assign(attribute, { [list]: now[list as 'stringValues'] }, added);
			});
		}
		settled.push({ ...one, missing: [], ...readAttribute(attribute, values, false) });
	}
	return settled;
}
