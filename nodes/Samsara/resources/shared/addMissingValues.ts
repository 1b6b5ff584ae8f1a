import type { RunContext } from '../../api/runContext';
import type { AttributeEntityType } from '../../api/types';
import { valueTypeOf } from '../../fields/attribute/attributeValueType';
import { readAttributeValues, type AttributeInput } from '../../fields/attribute/attributeValues';
import { mergeValues } from '../../fields/attribute/allowedValues';
import { patchAttribute, attributePath, readAttribute } from './attributeApi';

/**
 * Adds values to attributes that do not allow them yet, each once per run. Items lock the attribute and send the whole list,
 * so that no item removes another's value, whether the API merges or replaces. The attribute's entities do not change.
 *
 * @returns the inputs, with the values spelled as the attributes now have them
 * @throws InvalidInputError for more than 1,000 values in one attribute
 */
export async function addMissingValues(
	run: RunContext,
	entityType: AttributeEntityType,
	inputs: AttributeInput[],
): Promise<AttributeInput[]> {
	const result: AttributeInput[] = [];
	for (const input of inputs) {
		const { attribute, values, missing } = input;
		if (missing.length > 0) {
			const { id = '' } = attribute;
			await run.locks.withLock(attributePath(id), async () => {
				if (readAttributeValues(attribute, missing, true)?.missing.length === 0) return;
				const current = await readAttribute(run, entityType, id);
				const { list } = valueTypeOf(attribute);
				const added = mergeValues(current, { [list]: missing }, attribute.name ?? '');
				if (added) await patchAttribute(run, entityType, current, added);
				Object.assign(attribute, { [list]: current[list as 'stringValues'] }, added);
			});
		}
		result.push({ ...input, missing: [], ...readAttributeValues(attribute, values, false) });
	}
	return result;
}
