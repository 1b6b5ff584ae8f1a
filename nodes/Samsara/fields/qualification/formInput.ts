import type { IDataObject } from 'n8n-workflow';
import { InvalidInputError } from '../../common/errors';
import { findField, isBlank, quoteList, type FormField } from './formFields';

/** A field and the value that a person gave for it; never a blank one. */
export interface FormFieldInput extends FormField {
	value: unknown;
}

interface ResourceMapperInput {
	mappingMode: string;
	value?: unknown;
}

/**
 * What the form holds. With automatic mapping the item's own columns are matched to the labels, and columns that match
 * none are left alone. Also takes an object of labels and values, which an expression may give for the whole form.
 *
 * @param form the value of the form's parameter
 * @param json the item's JSON, for automatic mapping
 * @throws InvalidInputError for a value under a name that is no field of the type
 */
export function readFormFields(
	fields: FormField[],
	form: unknown,
	json: IDataObject,
	typeName: string,
): FormFieldInput[] {
	if (isMapper(form)) {
		return form.mappingMode === 'autoMapInputData'
			? matchFields(fields, json, ignore)
			: matchFields(fields, form.value, throwUnknownField(fields, typeName));
	}
	return matchFields(fields, form, throwUnknownField(fields, typeName));
}

/** @throws InvalidInputError naming the required fields that are not given */
export function requireFields(fields: FormField[], inputs: Array<{ field: { id: string } }>): void {
	const missing = fields.filter(
		({ field }) => field.isRequired && !inputs.some((input) => input.field.id === field.id),
	);
	if (missing.length === 0) return;
	throw new InvalidInputError(
		`'Fields' lacks ${quoteList(missing.map(({ name }) => name))}, which the qualification type requires`,
		'Fill in every field that is marked as required.',
	);
}

function isMapper(form: unknown): form is ResourceMapperInput {
	return typeof form === 'object' && form !== null && 'mappingMode' in form;
}

function matchFields(
	fields: FormField[],
	values: unknown,
	onUnknownName: (name: string) => void,
): FormFieldInput[] {
	if (typeof values !== 'object' || values === null) return [];
	const inputs = new Map<FormField, { name: string; value: unknown }>();
	for (const [name, value] of Object.entries(values)) {
		if (isBlank(value)) continue;
		const field = findField(fields, name);
		if (field === undefined) onUnknownName(name);
		// Of two columns that differ in case alone, the one that is written like the label counts.
		else if (!inputs.has(field) || name === field.name) inputs.set(field, { name, value });
	}
	return fields.flatMap((field) => {
		const found = inputs.get(field);
		return found ? [{ ...field, value: found.value }] : [];
	});
}

function ignore(): void {}

function throwUnknownField(fields: FormField[], typeName: string) {
	return (name: string): never => {
		throw new InvalidInputError(
			`'Fields' has a value for '${name}', which is no field of '${typeName}' that can be written`,
			`The fields are ${quoteList(fields.map((field) => field.name))}. If the type was changed, draw the form again with the menu of 'Fields'.`,
		);
	};
}
