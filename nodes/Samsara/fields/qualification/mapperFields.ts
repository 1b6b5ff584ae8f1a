import type { ResourceMapperField } from 'n8n-workflow';
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
	const { hint, ...input } = inputFor(field);
	return {
		...baseMapperField(id, hint ? `${label} (${hint})` : label),
		required: required && field.isRequired,
		...input,
	};
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

/**
 * Check boxes and tables are text, because n8n's list input only accepts JSON, and marks an empty input as invalid. Hints
 * are short, because the editor cuts labels off after about 25 characters.
 */
function inputFor(
	field: QualificationField,
): Pick<ResourceMapperField, 'type' | 'options'> & { hint?: string } {
	const labels = (field.options ?? []).map(({ label }) => label);
	switch (field.type) {
		case 'number':
			return { type: 'number', hint: field.numDecimalPlaces === 0 ? 'whole number' : '' };
		case 'datetime':
			return field.allowedDateTimeValueType === 'time'
				? { type: 'time', hint: 'hh:mm' }
				: { type: 'dateTime' };
		case 'multiple_choice':
			return { type: 'options', options: labels.map((label) => ({ name: label, value: label })) };
		case 'check_boxes': {
			const options = combinations(labels);
			return options ? { type: 'options', options } : { type: 'string', hint: shorten(labels) };
		}
		case 'table':
			return {
				type: 'string',
				hint: `rows of ${shorten((field.columns ?? []).map(({ label }) => label))}`,
			};
		case 'media':
		case 'signature':
			return { type: 'string', hint: 'file' };
		default:
			return { type: 'string' };
	}
}

const MAX_HINT_LENGTH = 120;

function shorten(labels: string[]): string {
	const text = labels.join(', ');
	return text.length <= MAX_HINT_LENGTH ? text : `${text.slice(0, MAX_HINT_LENGTH - 1)}…`;
}
