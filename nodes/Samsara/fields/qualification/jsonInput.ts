import { InvalidInputError } from '../../common/errors';
import type { QualificationField, RecordFieldInput } from '../../api/types';
import { toText } from '../../common/toText';
import { quoteList } from './formFields';
import { fieldKind, isObject } from './jsonValue';

/**
 * Fields in the form of Samsara's API, checked against the type: every ID known and given once, the field's own type,
 * and the one value that goes with it. Members that only responses have, like `label`, are left out.
 *
 * @throws InvalidInputError naming the place in the list
 */
export function jsonFields(fields: QualificationField[], entries: unknown[]): RecordFieldInput[] {
	const seen = new Set<string>();
	return entries.map((entry, index) => {
		const location = `'Fields' (JSON), entry ${index + 1},`;
		if (!isObject(entry)) {
			throw new InvalidInputError(
				`${location} is no object`,
				'Give a list of objects with id, type and a value.',
			);
		}
		const field = fields.find(({ id }) => id === entry.id);
		if (field === undefined) {
			throw new InvalidInputError(
				`${location} has the ID '${toText(entry.id)}', which is no field of the type`,
				`The fields are ${quoteList(fields.map((candidate) => `${candidate.label}: ${candidate.id}`))}.`,
			);
		}
		if (seen.has(field.id)) {
			throw new InvalidInputError(
				`${location} gives '${field.label}' again`,
				'Give each field once.',
			);
		}
		seen.add(field.id);
		if (entry.type !== undefined && entry.type !== field.type) {
			throw new InvalidInputError(
				`${location} has the type '${toText(entry.type)}', but '${field.label}' is a '${field.type}'`,
				`Give the type '${field.type}'.`,
			);
		}
		return { id: field.id, type: field.type, ...checkedValue(field, entry, location) };
	});
}

function checkedValue(field: QualificationField, entry: Record<string, unknown>, location: string) {
	const kind = fieldKind(field.type);
	if (kind === undefined) {
		throw new InvalidInputError(
			`${location} does not have the value that goes with '${field.label}'`,
			"Samsara's API cannot write this field. Fill it in in the dashboard.",
		);
	}
	const { member, example } = kind;
	const values = Object.keys(entry).filter((name) => name.endsWith('Value'));
	if (values.length !== 1 || values[0] !== member) {
		throw new InvalidInputError(
			`${location} does not have the value that goes with '${field.label}'`,
			`Give '${member}' and no other value.`,
		);
	}
	const value = entry[member];
	const read = isObject(value) ? kind.read(value, field) : undefined;
	if (read !== undefined) return { [member]: read };
	throw new InvalidInputError(
		`${location} has a '${member}' that does not fit '${field.label}'`,
		`Give '${field.label}' a value of the form "${member}": ${example}.`,
	);
}
