import type { IDataObject } from 'n8n-workflow';
import type { QualificationField, QualificationType } from '../../api/types';
import { compact } from '../flatRow';

/** Field types that records can be given values for; others are filled in by Samsara's own apps only. */
const WRITABLE_TYPES = new Set<string>([
	'text',
	'number',
	'datetime',
	'multiple_choice',
	'check_boxes',
	'media',
	'signature',
	'table',
]);

/** A qualification type as one flat row: what records of it hold. */
export function typeRow(type: QualificationType): IDataObject {
	const fields = type.fields ?? [];
	return compact({
		id: type.id,
		name: type.name,
		entityType: type.entityType,
		numberOfFields: fields.length,
		fields: labels(fields),
		requiredFields: labels(fields.filter(({ isRequired }) => isRequired)),
		fieldsNotWritable: labels(
			fields.filter(({ type: fieldType }) => !WRITABLE_TYPES.has(fieldType)),
		),
		updatedAtTime: type.updatedAtTime,
	});
}

function labels(fields: QualificationField[]): string {
	return fields.map(({ label }) => label).join(', ');
}
