import type { SamsaraClient } from '../../api/client';
import { collect, PAGE_SIZE } from '../../api/pages';
import { path } from '../../api/path';
import type { Attribute, AttributeEntityType, Data } from '../../api/types';
import { kindOf } from '../../fields/attributeKind';
import { readAttribute, type GivenAttribute } from '../../fields/attributeValues';
import { unchanged, withAdded } from '../../fields/definedValues';
import { inTurn } from './inTurn';

/** Every attribute of drivers or assets, read once a run. */
export async function definitionsOf(
	samsara: SamsaraClient,
	entityType: AttributeEntityType,
): Promise<Attribute[]> {
	return await samsara.once(
		`attributes ${entityType}`,
		async () => await collect<Attribute>(samsara, '/attributes', { entityType, limit: PAGE_SIZE }),
	);
}

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
	for (const { attribute, values, missing } of given) {
		if (missing.length > 0) {
			const target = path`/attributes/${attribute.id ?? ''}`;
			await inTurn(samsara, target, async () => {
				if (readAttribute(attribute, missing, true)?.missing.length === 0) return;
				const { data } = await samsara.get<Data<Attribute>>(target, { entityType });
				const { list } = kindOf(attribute);
				const added = withAdded(data, { [list]: missing }, attribute.name ?? '');
				if (added) await samsara.patch(target, { entityType, ...unchanged(data), ...added });
				Object.assign(attribute, { [list]: data[list as 'stringValues'] }, added);
			});
		}
		settled.push(readAttribute(attribute, values, false) ?? { attribute, values, missing: [] });
	}
	return settled;
}
