import type { IDataObject } from 'n8n-workflow';
import type { Attribute, AttributeAssignment, AttributeWithEntities } from '../../api/types';
import { allowedValues, valueTypeOf } from './attributeValueType';
import { typeName, unitName } from './attributeTypes';
import { attributeText } from '../entityRow';
import { formatExternalIds } from '../externalIds';
import { compact } from '../flatRow';

/** A definition as one flat row; with its entities, where the API gave them, only their number. */
export function attributeRow(attribute: AttributeWithEntities): IDataObject {
	const { list } = valueTypeOf(attribute);
	const values =
		list === 'numberValues' ? (attribute.numberValues ?? []) : allowedValues(attribute);
	return compact({
		id: attribute.id,
		name: attribute.name,
		type: typeName(attribute),
		entityType: attribute.entityType,
		unit: unitName(attribute.unit),
		values: values.join(', '),
		assignments: attribute.entities?.length,
	});
}

/** A value on an entity as one flat row. One that could not be read is said to be so: the entity has some value. */
export function assignmentRow(attribute: Attribute, assignment: AttributeAssignment): IDataObject {
	const value = attributeText(assignment);
	return compact({
		attributeId: attribute.id,
		attributeName: attribute.name,
		entityId: assignment.entityId,
		entityName: assignment.name,
		externalIds: formatExternalIds(assignment.externalIds),
		value,
		valueUnreadable: value === undefined ? true : undefined,
	});
}
