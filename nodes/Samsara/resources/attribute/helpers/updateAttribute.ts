import { readDefinitions } from '../../../api/attributes';
import type { RunContext } from '../../../api/runContext';
import type { Attribute, AttributeEntityType, AttributeWithEntities } from '../../../api/types';
import { valueTypeOf } from '../../../fields/attribute/attributeValueType';
import { typeName } from '../../../fields/attribute/attributeTypes';
import {
	readAllowedValues,
	valuesNotIn,
	mergeValues,
	type AllowedValues,
} from '../../../fields/attribute/allowedValues';
import type { DateSettings } from '../../../fields/dateFormat';
import { InvalidInputError } from '../../../common/errors';
import { withReadValues } from '../../shared/readAssignedEntities';
import { changeOneByOne } from './assignOneByOne';
import { Assignments } from './assignments';
import { rememberDefinition, patchAttribute, readAttribute } from '../../shared/attributeApi';
import { readEntities } from './entities';

/** What to change in an attribute. Undefined fields stay as they are. */
export interface AttributeUpdate {
	name?: string;
	/** As entered in the form: their meaning depends on the attribute. */
	addValues?: unknown;
	values?: unknown;
	entities?: unknown;
	attributeValueQuantity?: unknown;
}

/**
 * Updates an attribute and then the entities in `change`, which may need the values just allowed. The caller must hold the
 * lock of the attribute.
 *
 * @throws InvalidInputError for changes that the attribute does not allow
 */
export async function updateAttribute(
	run: RunContext,
	entityType: AttributeEntityType,
	existing: Attribute,
	change: AttributeUpdate,
	dates?: DateSettings,
): Promise<AttributeWithEntities> {
	validateUpdate(existing, change, dates);
	let current = await readAttribute(run, entityType, String(existing.id));
	const values = valuesAfter(current, change);
	const body = {
		...(change.name !== undefined && change.name !== current.name && { name: change.name }),
		...quantityAfter(current, change.attributeValueQuantity),
		...values,
	};
	if (Object.keys(body).length > 0) {
		const { entities } = current;
		current = { entities, ...(await patchAttribute(run, entityType, current, body)) };
		rememberDefinition(await readDefinitions(run, entityType), current);
		requireReplaced(current, change, values);
	}
	const entities = readEntities(current, change.entities, dates);
	if (entities.length === 0) return current;
	// Locked for all attributes: an entity that is updated by itself is sent with all of its attributes, as they were just read.
	return await run.locks.withLock(`values of ${entityType}s`, async () => {
		const assignments = new Assignments(
			run,
			entityType,
			await withReadValues(run, entityType, current),
		);
		if (!assignments.canWrite(entities.map(({ entity }) => entity))) {
			return await changeOneByOne(run, entityType, current, entities);
		}
		await assignments.write(entities);
		const unconfirmed = assignments.unconfirmedError(entities);
		if (unconfirmed) throw unconfirmed;
		return assignments.current;
	});
}

/** Refuses invalid changes before any request, based on the attribute as cached in this run. */
function validateUpdate(attribute: Attribute, change: AttributeUpdate, dates?: DateSettings): void {
	quantityAfter(attribute, change.attributeValueQuantity);
	const values = valuesAfter(attribute, change) ?? {};
	readEntities({ ...attribute, ...values }, change.entities, dates);
}

function valuesAfter(attribute: Attribute, change: AttributeUpdate): AllowedValues | undefined {
	const replaced = readAllowedValues(attribute, change.values, 'Replace Values');
	const added = readAllowedValues(attribute, change.addValues, 'Add Values');
	const isReplaced = Object.keys(replaced).length > 0;
	if (change.values !== undefined && !isReplaced) {
		throw new InvalidInputError(
			"'Replace Values' is empty",
			'Enter the values to allow, or remove the field to leave them as they are.',
		);
	}
	if (!isReplaced) return mergeValues(attribute, added, 'Add Values');
	const base = { ...attribute, values: undefined, ...replaced };
	return mergeValues(base, added, 'Add Values') ?? replaced;
}

/** Samsara's guide allows a change from one value per entity to several, but not back. */
function quantityAfter(attribute: Attribute, quantity: unknown): Partial<Attribute> {
	const { multiple } = valueTypeOf(attribute);
	if (quantity === undefined || (quantity === 'multi') === multiple) return {};
	if (multiple) {
		throw new InvalidInputError(
			`'Values per Driver or Asset' is One, but '${attribute.name}' accepts several values`,
			'Samsara does not allow changing several values back to one. Create another attribute.',
		);
	}
	if (attribute.attributeValueQuantity) return { attributeValueQuantity: 'multi' };
	if (attribute.attributeType === 'single-select') return { attributeType: 'multi-select' };
	throw new InvalidInputError(
		`'Values per Driver or Asset' is Several, but '${attribute.name}' has the type ${typeName(attribute)}`,
		'Only Single Select and legacy attributes can be changed to several values.',
	);
}

/** If Samsara merges values instead of replacing them, they cannot be removed. @throws InvalidInputError in that case */
function requireReplaced(
	current: Attribute,
	{ values }: AttributeUpdate,
	sent?: AllowedValues,
): void {
	const remaining = values === undefined ? [] : valuesNotIn(current, sent ?? {});
	if (remaining.length === 0) return;
	throw new InvalidInputError(
		`Samsara kept values of '${current.name}' that are not in 'Replace Values': ${remaining.slice(0, 20).join(', ')}`,
		'All other changes were made. Remove these values in Samsara under Settings.',
	);
}
