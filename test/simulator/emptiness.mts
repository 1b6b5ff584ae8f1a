import { isExactNumber } from './json.mts';
import type { Settings } from './settings.mts';
import type { Json, JsonObject } from './types.mts';

/**
 * The lists and objects in a response object. An absent member is added, unless its name ends with `?`; a member with the
 * shape null is added only in the mode `null`.
 */
type Shape = null | [Shape?] | { [member: string]: Shape };

const attributeItem: Shape = { stringValues: [], numberValues: [], dateValues: [] };
const entity: Shape = { tags: [], externalIds: {} };
const entityWithAttributes: Shape = { ...entity, attributes: [attributeItem] };
const driver: Shape = {
	...entityWithAttributes,
	carrierSettings: null,
	phone: null,
	email: null,
	staticAssignedVehicle: null,
};
const vehicle: Shape = { ...entityWithAttributes, staticAssignedDriver: null };
const asset: Shape = { 'tags?': [], 'externalIds?': {}, 'attributes?': [attributeItem] };
const attribute: Shape = {
	stringValues: [],
	numberValues: [],
	values: [],
	'entities?': [{ ...attributeItem, values: [], externalIds: {} }],
};

const cellValue: Shape = {
	textValue: null,
	numberValue: null,
	dateTimeValue: null,
	multipleChoiceValue: null,
	checkBoxesValue: null,
	signatureValue: null,
	personValue: null,
	barcodeValue: null,
};
const row: Shape = { cells: [{ ...cellValue, mediaValue: null }] };
const record: Shape = {
	fields: [{ ...cellValue, mediaList: null, 'tableValue?': { rows: [row] } }],
};
const column: Shape = { options: [], filterByRoleIds: [] };
const type: Shape = {
	fields: [{ ...column, columns: [column], allowedAssetTypes: [], conditionalActions: [] }],
};

const SHAPES: Record<string, Shape> = {
	'/attributes': attribute,
	'/attributes/:id': attribute,
	'/fleet/drivers': driver,
	'/fleet/drivers/:id': driver,
	'/fleet/vehicles': vehicle,
	'/fleet/vehicles/:id': vehicle,
	'/fleet/trailers': entity,
	'/fleet/trailers/:id': entityWithAttributes,
	'/fleet/equipment': entity,
	'/fleet/equipment/:id': entity,
	'/beta/fleet/equipment/:id': entityWithAttributes,
	'/assets': asset,
	'/qualification-types': type,
	'/qualification-records': record,
	'/qualification-records/stream': record,
};

/** Returns the body with empty and absent members in the format that the setting `nulls` selects. */
export function renderEmpty(path: string, body: Json, mode: Settings['nulls']): Json {
	if (mode === 'none' || !isObject(body)) return body;
	const shape = SHAPES[path] ?? {};
	const data = Array.isArray(body.data)
		? body.data.map((entry) => withAbsentMembers(entry, shape, mode))
		: withAbsentMembers(body.data, shape, mode);
	return withoutEmpties({ ...body, data, ...lastPage(body, mode) }, mode);
}

/** On the last page, `pagination` is empty, too. */
function lastPage({ pagination }: JsonObject, mode: Settings['nulls']): JsonObject {
	if (!isObject(pagination) || pagination.hasNextPage === true || mode === 'empty') return {};
	return { pagination: mode === 'null' ? { endCursor: null, hasNextPage: null } : {} };
}

function withAbsentMembers(value: Json, shape: Shape | undefined, mode: Settings['nulls']): Json {
	if (shape === null || shape === undefined) return value;
	if (Array.isArray(shape)) {
		return Array.isArray(value)
			? value.map((entry) => withAbsentMembers(entry, shape[0], mode))
			: value;
	}
	if (!isObject(value)) return value;
	const result: JsonObject = { ...value };
	for (const [name, inner] of Object.entries(shape)) {
		const member = name.replace('?', '');
		if (result[member] !== undefined)
			result[member] = withAbsentMembers(result[member], inner, mode);
		else if (member !== name) continue;
		else if (inner !== null) result[member] = Array.isArray(inner) ? [] : {};
		else if (mode === 'null') result[member] = null;
	}
	return result;
}

function withoutEmpties(value: Json, mode: Settings['nulls']): Json {
	if (Array.isArray(value)) return value.map((entry) => withoutEmpties(entry, mode));
	if (!isObject(value)) return value;
	const result: JsonObject = {};
	for (const [member, inner] of Object.entries(value)) {
		if (mode === 'empty' || !isEmpty(inner)) result[member] = withoutEmpties(inner, mode);
		else if (mode === 'null') result[member] = null;
	}
	return result;
}

function isEmpty(value: Json): boolean {
	if (Array.isArray(value)) return value.length === 0;
	return isObject(value) && Object.keys(value).length === 0;
}

function isObject(value: Json): value is JsonObject {
	return (
		typeof value === 'object' && value !== null && !Array.isArray(value) && !isExactNumber(value)
	);
}
