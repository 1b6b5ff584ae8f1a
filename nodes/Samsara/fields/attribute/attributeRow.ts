import type { IDataObject } from 'n8n-workflow';
import type { AttributeAssignment, AttributeWithEntities } from '../../api/types';
import { listedValues } from './attributeValueType';
import { typeName, unitName } from './attributeTypes';
import { attributeText } from '../entityRow';
import { formatExternalIds } from '../../common/ids';
import { compact } from '../flatRow';

/** An attribute as a flat row. Of its entities, if the API returned them, only the number is shown. */
export function attributeRow(attribute: AttributeWithEntities): IDataObject {
	return compact({
		id: attribute.id,
		name: attribute.name,
		// The wording of version 1.0.0, which saved workflows may compare with.
		type: typeName(attribute).replace('Legacy', 'Older Contract'),
		entityType: attribute.entityType,
		unit: unitName(attribute.unit),
		values: listedValues(attribute).join(', '),
		assignments: attribute.entities?.length,
	});
}

/** An entity's value as a flat row. `valueUnreadable` marks a value that exists but could not be read. */
export function assignedEntityRow(assignment: AttributeAssignment): IDataObject {
	const value = attributeText(assignment);
	return compact({
		entityId: assignment.entityId,
		entityName: assignment.name,
		externalIds: formatExternalIds(assignment.externalIds),
		value,
		valueUnreadable: value === undefined ? true : undefined,
	});
}
