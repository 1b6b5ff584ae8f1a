import { Refusal } from '../../refusal';
import type { QualificationField, RecordFieldInput } from '../../api/types';
import { quoted } from './form';

const VALUE_OF: Record<string, string> = {
	text: 'textValue',
	number: 'numberValue',
	datetime: 'dateTimeValue',
	multiple_choice: 'multipleChoiceValue',
	check_boxes: 'checkBoxesValue',
	table: 'tableValue',
	media: 'mediaValue',
	signature: 'signatureValue',
};

/**
 * Fields in the API's own form, checked against the type: every ID known and given once, the type that of the field,
 * and the one value object that goes with it.
 *
 * @throws Refusal naming the place in the list
 */
export function jsonFields(fields: QualificationField[], given: unknown[]): RecordFieldInput[] {
	const seen = new Set<string>();
	return given.map((entry, place) => {
		const at = `'Fields' (JSON), entry ${place + 1},`;
		if (typeof entry !== 'object' || entry === null) {
			throw new Refusal(`${at} is no object`, 'Give a list of objects with id, type and a value.');
		}
		const { id, type } = entry as { id?: unknown; type?: unknown };
		const field = fields.find((candidate) => candidate.id === id);
		if (field === undefined) {
			throw new Refusal(
				`${at} has the ID '${String(id)}', which is no field of the type`,
				`The fields are ${quoted(fields.map((known) => `${known.label}: ${known.id}`))}.`,
			);
		}
		if (seen.has(field.id)) {
			throw new Refusal(`${at} gives '${field.label}' again`, 'Give each field once.');
		}
		seen.add(field.id);
		return { ...entry, id: field.id, type: checkedType(field, type, entry, at) };
	});
}

function checkedType(field: QualificationField, type: unknown, entry: object, at: string): string {
	const expected = VALUE_OF[field.type];
	if (type !== undefined && type !== field.type) {
		throw new Refusal(
			`${at} has the type '${String(type)}', but '${field.label}' is a '${field.type}'`,
			`Give the type '${field.type}'.`,
		);
	}
	const values = Object.keys(entry).filter((member) => member.endsWith('Value'));
	if (expected !== undefined && values.length === 1 && values[0] === expected) return field.type;
	throw new Refusal(
		`${at} does not have the value that goes with '${field.label}'`,
		expected === undefined
			? "Samsara's API cannot write this field. Fill it in in the dashboard."
			: `Give '${expected}' and no other value.`,
	);
}
