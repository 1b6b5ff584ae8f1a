import type { INodeProperties } from 'n8n-workflow';
import type { QualificationType, RecordFieldInput } from '../../../api/types';
import { dateSettings } from '../../shared/dateFormat';
import { InvalidInputError } from '../../../common/errors';
import { parseJson, type Item } from '../../../execution/item';
import { Files } from '../../../fields/qualification/files';
import { readForm, requireFields, toApiField } from '../../../fields/qualification/formInput';
import { jsonFields } from '../../../fields/qualification/jsonInput';
import { formFields, isBlank } from '../../../fields/qualification/qualificationType';

const fieldsMode: INodeProperties = {
	displayName: 'Specify Fields',
	name: 'fieldsMode',
	type: 'options',
	options: [
		{
			name: 'Form',
			value: 'form',
			description: 'Fill in the fields of the qualification type, or map columns to them',
		},
		{
			name: 'JSON',
			value: 'json',
			description: "Enter an object of labels and values, or a list in the format of Samsara's API",
		},
	],
	default: 'form',
	description: 'How to specify the fields of the qualification type',
};

/** @param source the parameter that decides which fields there are; without a value, the form is hidden */
function fieldsForm(
	source: 'qualificationType' | 'recordId',
	resourceMapperMethod: string,
	description: string,
): INodeProperties {
	return {
		displayName: 'Fields',
		name: 'fields',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		displayOptions: { show: { fieldsMode: ['form'] }, hide: { [source]: [''] } },
		description: `${description} For a file, enter the name that it has in the input, e.g. data. Separate several files or choices with commas. A table is a list of rows, e.g. [{"Topic": "Brakes"}].`,
		typeOptions: {
			loadOptionsDependsOn: [...new Set([`${source}.value`, 'qualificationType.value'])],
			resourceMapper: {
				resourceMapperMethod,
				mode: 'add',
				fieldWords: { singular: 'field', plural: 'fields' },
				valuesLabel: 'Fields',
				noFieldsError: 'There are no fields to show.',
				addAllFields: true,
				supportAutoMap: true,
				multiKeyMatch: false,
			},
		},
	};
}

const fieldsJson: INodeProperties = {
	displayName: 'Fields (JSON)',
	name: 'fieldsJson',
	type: 'json',
	default: '{}',
	displayOptions: { show: { fieldsMode: ['json'] } },
	description:
		'An object of labels and values, e.g. {"Card Number": "MC-20418", "Result": "Passed"}, or a list in the format of Samsara\'s API',
};

/** The fields of a new record, as the chosen qualification type defines them. */
export const fieldProperties = [
	fieldsMode,
	fieldsForm(
		'qualificationType',
		'getQualificationFields',
		'The fields of the qualification type. Automatic mapping uses input columns whose names match a field, regardless of case, and ignores the others.',
	),
	fieldsJson,
];

/** The same fields for an update, none of which is required. */
export const updateFieldProperties = [
	fieldsMode,
	fieldsForm(
		'recordId',
		'getChangeableQualificationFields',
		'The fields to change. A field left empty keeps its value. Automatic mapping uses input columns whose names match a field, regardless of case, and ignores the others.',
	),
	fieldsJson,
];

/** The fields of an item in the format of Samsara's API, and the sizes of the files among them. */
export interface FieldsInput {
	fields: RecordFieldInput[];
	files: Files;
	/** @throws InvalidInputError listing the required fields that are missing */
	requireAll(): void;
}

/** Reads the fields of an item. @throws InvalidInputError if one does not fit the qualification type */
export async function readFields(item: Item, type: QualificationType): Promise<FieldsInput> {
	const ownFields = type.fields ?? [];
	const writableFields = formFields(ownFields);
	const files = new Files(item);
	const dates = dateSettings(item);
	const input = rawFields(item);
	const fields = Array.isArray(input)
		? jsonFields(ownFields, input)
		: await Promise.all(
				readForm(writableFields, input, item.json, type.name).map(
					async (entry) => await toApiField(entry, files, dates),
				),
			);
	return { fields, files, requireAll: () => requireFields(writableFields, fields) };
}

/** Whether an item may have fields to change. False means that no request is needed to know that it has none. */
export function mayHaveFields(item: Item): boolean {
	const input = rawFields(item);
	if (typeof input !== 'object' || input === null) return false;
	const { mappingMode, value = {} } = input as { mappingMode?: string; value?: object | null };
	if (mappingMode === 'autoMapInputData') return true;
	return Object.values(mappingMode === undefined ? input : (value ?? {})).some(
		(entry) => !isBlank(entry),
	);
}

function rawFields(item: Item): unknown {
	if (item.value<unknown>('fieldsMode', 'form') !== 'json')
		return item.value<unknown>('fields', null);
	const input = parseJson(item.value<unknown>('fieldsJson', ''), 'Fields (JSON)');
	if (input === undefined || input === null || typeof input === 'object') return input;
	throw new InvalidInputError(
		"'Fields (JSON)' is neither an object nor a list",
		'Enter an object like {"Card Number": "MC-20418"}.',
	);
}
