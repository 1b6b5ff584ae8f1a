import type { FieldType, INodePropertyOptions, ResourceMapperField } from 'n8n-workflow';
import type { QualificationField } from '../../api/types';
import { combinations } from '../combinations';
import { dashboardFields, formFields, type FormField } from './qualificationType';

/**
 * The form of a qualification type, with one input per field. Fields that the API cannot write are shown grayed out, so
 * that users do not search for them.
 *
 * @param required false for updates, where every field can be left as it is
 */
export function mapperFields(
	fields: QualificationField[],
	required: boolean,
): ResourceMapperField[] {
	return [
		...formFields(fields).map((formField) => mapperField(formField, required)),
		...dashboardFields(fields).map(({ id, label }) => ({
			...baseMapperField(id, `${label} (only in the Samsara dashboard)`),
			readOnly: true,
		})),
	];
}

function mapperField({ id, label, field }: FormField, required: boolean): ResourceMapperField {
	const options = optionsOf(field);
	const hint = options ? '' : hintFor(field);
	return {
		...baseMapperField(id, hint ? `${label} (${hint})` : label),
		required: required && field.isRequired,
		type: options ? 'options' : mapperType(field),
		...(options && { options }),
	};
}

function optionsOf({ type, options = [] }: QualificationField): INodePropertyOptions[] | undefined {
	const labels = options.map(({ label }) => label);
	if (type === 'multiple_choice') return labels.map((label) => ({ name: label, value: label }));
	return type === 'check_boxes' ? combinations(labels) : undefined;
}

function baseMapperField(id: string, displayName: string): ResourceMapperField {
	return {
		id,
		displayName,
		required: false,
		display: true,
		defaultMatch: false,
		canBeUsedToMatch: false,
		type: 'string',
	};
}

/** Check boxes and tables are text, because n8n's list input only accepts JSON, and marks an empty input as invalid. */
function mapperType({ type, allowedDateTimeValueType }: QualificationField): FieldType {
	switch (type) {
		case 'number':
			return 'number';
		case 'datetime':
			return allowedDateTimeValueType === 'time' ? 'time' : 'dateTime';
		default:
			return 'string';
	}
}

/** Short, because the editor cuts labels off after about 25 characters. */
function hintFor(field: QualificationField): string {
	switch (field.type) {
		case 'number':
			return field.numDecimalPlaces === 0 ? 'whole number' : '';
		case 'datetime':
			return field.allowedDateTimeValueType === 'time' ? 'hh:mm' : '';
		case 'check_boxes':
			return joinLabels(field.options ?? []);
		case 'table':
			return `rows of ${joinLabels(field.columns ?? [])}`;
		case 'media':
		case 'signature':
			return 'file';
		default:
			return '';
	}
}

const MAX_HINT_LENGTH = 120;

function joinLabels(labels: Array<{ label: string }>): string {
	const text = labels.map(({ label }) => label).join(', ');
	return text.length <= MAX_HINT_LENGTH ? text : `${text.slice(0, MAX_HINT_LENGTH - 1)}…`;
}
