import { definitionsOf } from '../../api/attributes';
import type { SamsaraClient } from '../../api/client';
import type { Attribute, AttributeEntityType, AttributeWithEntities } from '../../api/types';
import { kindOf } from '../../fields/attributeKind';
import { typeName } from '../../fields/attributeTypes';
import {
	definedValues,
	othersThan,
	withAdded,
	type DefinedValues,
} from '../../fields/definedValues';
import { Refusal } from '../../refusal';
import { inTurn } from '../shared/inTurn';
import { withHeldValues } from '../shared/readHolders';
import { changeSingly } from './assignSingly';
import { Assignments } from './assignments';
import { note, patchAttribute, readAttribute } from './definitions';
import { readEntities } from './entities';

/** What to change in a definition; what is undefined stays. */
export interface Change {
	name?: string;
	/** As a person gave them: read against the definition. */
	addValues?: unknown;
	values?: unknown;
	entities?: unknown;
	attributeValueQuantity?: unknown;
}

/**
 * Changes a definition and, after that, the entities named: they may take values that were allowed just now.
 * Call it in turn with others on the same attribute.
 *
 * @throws Refusal for what the attribute cannot become
 */
export async function changeAttribute(
	samsara: SamsaraClient,
	entityType: AttributeEntityType,
	known: Attribute,
	change: Change,
	zone: string,
): Promise<AttributeWithEntities> {
	requireReadable(known, change, zone);
	let now = await readAttribute(samsara, entityType, String(known.id));
	const values = valuesAfter(now, change);
	const body = {
		...(change.name !== undefined && change.name !== now.name && { name: change.name }),
		...quantityAfter(now, change.attributeValueQuantity),
		...values,
	};
	if (Object.keys(body).length > 0) {
		const { entities } = now;
		now = { entities, ...(await patchAttribute(samsara, entityType, now, body)) };
		note(await definitionsOf(samsara, entityType), now);
		requireReplaced(now, change, values);
	}
	const entities = readEntities(now, change.entities, zone);
	if (entities.length === 0) return now;
	// All in turn: an entity that is changed by itself is sent with all its attributes, as they were read just before.
	return await inTurn(samsara, `values of ${entityType}s`, async () => {
		const assignments = new Assignments(
			samsara,
			entityType,
			await withHeldValues(samsara, entityType, now),
		);
		if (!assignments.canWrite(entities)) {
			return await changeSingly(samsara, entityType, now, entities);
		}
		await assignments.write(entities);
		const unconfirmed = assignments.unconfirmed(entities);
		if (unconfirmed) throw unconfirmed;
		return assignments.now;
	});
}

/** Refuses before any call what the definition as this run knows it cannot become. */
function requireReadable(attribute: Attribute, change: Change, zone: string): void {
	quantityAfter(attribute, change.attributeValueQuantity);
	const values = valuesAfter(attribute, change) ?? {};
	readEntities({ ...attribute, ...values }, change.entities, zone);
}

function valuesAfter(attribute: Attribute, change: Change): DefinedValues | undefined {
	const replaced = definedValues(attribute, change.values, 'Replace Values');
	const added = definedValues(attribute, change.addValues, 'Add Values');
	const isReplaced = Object.keys(replaced).length > 0;
	if (change.values !== undefined && !isReplaced) {
		throw new Refusal(
			"'Replace Values' is empty",
			'Give the values to allow, or remove the field to leave them as they are.',
		);
	}
	if (!isReplaced) return withAdded(attribute, added, 'Add Values');
	const base = { ...attribute, values: undefined, ...replaced };
	return withAdded(base, added, 'Add Values') ?? replaced;
}

/** From one value an entity to several: the guide allows that, and never the way back. */
function quantityAfter(attribute: Attribute, wanted: unknown): Partial<Attribute> {
	const { many } = kindOf(attribute);
	if (wanted === undefined || (wanted === 'multi') === many) return {};
	if (many) {
		throw new Refusal(
			`'Values per Entity' is One, but '${attribute.name}' takes several values`,
			'Samsara does not let several become one again. Create another attribute.',
		);
	}
	if (attribute.attributeValueQuantity) return { attributeValueQuantity: 'multi' };
	if (attribute.attributeType === 'single-select') return { attributeType: 'multi-select' };
	throw new Refusal(
		`'Values per Entity' is Several, but '${attribute.name}' is a ${typeName(attribute)} attribute`,
		'Only Single Select attributes and those of the older contract can be changed to several values.',
	);
}

/** Where Samsara adds what it gets to what is there, values cannot be taken away: then that is said. */
function requireReplaced(now: Attribute, { values }: Change, sent?: DefinedValues): void {
	const kept = values === undefined ? [] : othersThan(now, sent ?? {});
	if (kept.length === 0) return;
	throw new Refusal(
		`Samsara kept values of '${now.name}' that are not in 'Replace Values': ${kept.slice(0, 20).join(', ')}`,
		'The other changes were made. Remove these values in Samsara under Settings.',
	);
}
