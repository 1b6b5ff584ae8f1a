import type { IDataObject } from 'n8n-workflow';
import { Refusal } from '../../refusal';
import { fieldNamed, isBlank, quoted, type FormField } from './form';

/** A field and the value that a person gave for it; never a blank one. */
export interface GivenField extends FormField {
	value: unknown;
}

interface Mapper {
	mappingMode: string;
	value?: unknown;
}

/**
 * What the form holds. With automatic mapping the item's own columns are matched to the labels, and columns that match
 * none are left alone. Also takes an object of labels and values, which an expression may give for the whole form.
 *
 * @param form the value of the form's parameter
 * @param json the item's JSON, for automatic mapping
 * @throws Refusal for a value under a name that is no field of the type
 */
export function givenFields(
	fields: FormField[],
	form: unknown,
	json: IDataObject,
	typeName: string,
): GivenField[] {
	if (isMapper(form)) {
		return form.mappingMode === 'autoMapInputData'
			? matched(fields, json, ignore)
			: matched(fields, form.value, refuse(fields, typeName));
	}
	return matched(fields, form, refuse(fields, typeName));
}

/** @throws Refusal naming the required fields that are not given */
export function requireFields(fields: FormField[], given: Array<{ field: { id: string } }>): void {
	const missing = fields.filter(
		({ field }) => field.isRequired && !given.some((known) => known.field.id === field.id),
	);
	if (missing.length === 0) return;
	throw new Refusal(
		`'Fields' lacks ${quoted(missing.map(({ name }) => name))}, which the qualification type requires`,
		'Fill in every field that is marked as required.',
	);
}

function isMapper(form: unknown): form is Mapper {
	return typeof form === 'object' && form !== null && 'mappingMode' in form;
}

function matched(
	fields: FormField[],
	values: unknown,
	unknownName: (name: string) => void,
): GivenField[] {
	if (typeof values !== 'object' || values === null) return [];
	const given = new Map<FormField, { name: string; value: unknown }>();
	for (const [name, value] of Object.entries(values)) {
		if (isBlank(value)) continue;
		const field = fieldNamed(fields, name);
		if (field === undefined) unknownName(name);
		// Of two columns that differ in case alone, the one that is written like the label counts.
		else if (!given.has(field) || name === field.name) given.set(field, { name, value });
	}
	return fields.flatMap((field) => {
		const found = given.get(field);
		return found ? [{ ...field, value: found.value }] : [];
	});
}

function ignore(): void {}

function refuse(fields: FormField[], typeName: string) {
	return (name: string): never => {
		throw new Refusal(
			`'Fields' has a value for '${name}', which is no field of '${typeName}' that can be written`,
			`The fields are ${quoted(fields.map((field) => field.name))}. If the type was changed, draw the form again with the menu of 'Fields'.`,
		);
	};
}
