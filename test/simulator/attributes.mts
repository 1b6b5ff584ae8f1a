import {
	assign,
	assignmentsByEntity,
	dropRemovedValues,
	withoutAttribute,
} from './attributeEntities.mts';
import type { EntityItem } from './attributeEntities.mts';
import { defineValues, describe, expand } from './definitions.mts';
import type { DefinedValues } from './definitions.mts';
import type { Context, Endpoint } from './endpoint.mts';
import { endpoint, now, text } from './endpoint.mts';
import { invalid, missing } from './errors.mts';
import { listPage } from './pages.mts';
import { attributeChange, attributeCreation, entityType } from './schemas/attributes.mts';
import { paging } from './schemas/common.mts';
import type { State } from './state.mts';
import type { Attribute, AttributeEntityType, AttributeType } from './types.mts';

const MAX_ATTRIBUTES_PER_ORGANIZATION = 1000;

interface Change extends DefinedValues {
	entityType: AttributeEntityType;
	name?: string;
	attributeType?: AttributeType;
	attributeValueQuantity?: 'single' | 'multi';
	entities?: EntityItem[];
}

interface Creation extends Change {
	name: string;
	attributeType: AttributeType;
	unit?: string;
}

const byEntityType = { query: { entityType }, requiredQuery: ['entityType'] };

/** The five operations on attribute definitions. */
export const attributeEndpoints: Endpoint[] = [
	endpoint({
		method: 'GET',
		path: '/attributes',
		scope: 'Read Attributes',
		query: { ...byEntityType.query, ...paging },
		requiredQuery: byEntityType.requiredQuery,
		handle(context) {
			const rows = [...context.backend.state.attributes.values()].filter(
				(attribute) => attribute.entityType === context.query.entityType,
			);
			return { status: 200, body: listPage(context, rows, describe, 512) };
		},
	}),
	endpoint<Creation>({
		method: 'POST',
		path: '/attributes',
		scope: 'Write Attributes',
		body: attributeCreation,
		handle: create,
	}),
	endpoint({
		method: 'GET',
		path: '/attributes/:id',
		scope: 'Read Attributes',
		...byEntityType,
		handle(context) {
			return { status: 200, body: { data: expand(context.backend, find(context)) } };
		},
	}),
	endpoint<Change>({
		method: 'PATCH',
		path: '/attributes/:id',
		scope: 'Write Attributes',
		body: attributeChange,
		handle: update,
	}),
	endpoint({
		method: 'DELETE',
		path: '/attributes/:id',
		scope: 'Write Attributes',
		...byEntityType,
		handle(context) {
			const { state } = context.backend;
			const attribute = find(context);
			state.attributes.delete(attribute.id);
			for (const entity of state.entitiesOf(attribute.entityType)) {
				entity.attributes = withoutAttribute(entity.attributes, attribute.id);
			}
			return { status: 204 };
		},
	}),
];

function create(context: Context<Creation>) {
	const { state } = context.backend;
	const { body } = context;
	if (state.attributes.size >= MAX_ATTRIBUTES_PER_ORGANIZATION) {
		throw invalid('Configuration limit exceeded');
	}
	requireFreeName(state, body.entityType, body.name);
	const attribute: Attribute = {
		id: state.newUuid(),
		name: body.name,
		entityType: body.entityType,
		attributeType: body.attributeType,
		attributeValueQuantity: body.attributeValueQuantity,
		values: [],
		numberValues: [],
	};
	requireContract(body);
	if (body.attributeType === 'number' && body.attributeValueQuantity === undefined) {
		attribute.unit = body.unit ?? 'NO_UNIT';
	} else if (body.unit !== undefined) {
		throw invalid('unit: only for attributes of type number');
	}
	defineValues(state, attribute, body);
	const assigned = assignmentsByEntity(state, attribute, body.entities ?? []);
	state.attributes.set(attribute.id, attribute);
	assign(attribute, assigned, now(context));
	return { status: 200, body: { data: expand(context.backend, attribute) } };
}

function update(context: Context<Change>) {
	const { state, settings } = context.backend;
	const { body } = context;
	const attribute = find(context, body.entityType);
	if (body.attributeType !== undefined && body.attributeType !== attribute.attributeType) {
		throw invalid('attributeType: cannot be changed after creation');
	}
	const quantity = body.attributeValueQuantity;
	if (quantity !== undefined && attribute.attributeValueQuantity === undefined) {
		throw invalid('attributeValueQuantity: not allowed on an attribute of this type');
	}
	if (quantity === 'single' && attribute.attributeValueQuantity === 'multi') {
		throw invalid('attributeValueQuantity: cannot be changed from multi to single');
	}
	if (body.name !== undefined && body.name !== attribute.name) {
		requireFreeName(state, body.entityType, body.name);
	}
	const merge = settings.attributeEntities === 'merge';
	const changed: Attribute = { ...attribute, name: body.name ?? attribute.name };
	if (quantity !== undefined) changed.attributeValueQuantity = quantity;
	defineValues(state, changed, {
		stringValues: valuesAfter(
			attribute.values.map((value) => value.stringValue),
			body.stringValues,
			merge,
		),
		numberValues: valuesAfter(attribute.numberValues, body.numberValues, merge),
	});
	const assigned = assignmentsByEntity(state, changed, body.entities ?? []);
	Object.assign(attribute, changed);
	dropRemovedValues(state, attribute);
	if (body.entities !== undefined) {
		if (!merge) {
			for (const entity of state.entitiesOf(attribute.entityType)) {
				if (!assigned.has(entity)) assigned.set(entity, undefined);
			}
		}
		assign(attribute, assigned, now(context));
	}
	return { status: 200, body: { data: expand(context.backend, attribute) } };
}

function valuesAfter<Value>(current: Value[], input: Value[] | undefined, merge: boolean): Value[] {
	if (input === undefined) return current;
	return merge ? [...current, ...input] : input;
}

function requireContract(body: Creation): void {
	const { attributeType, attributeValueQuantity, stringValues, numberValues } = body;
	if (attributeValueQuantity === undefined) {
		if (attributeType === 'string') {
			throw invalid('attributeValueQuantity: required with attributeType "string"');
		}
		return;
	}
	if (attributeType !== 'string' && attributeType !== 'number') {
		throw invalid(`attributeValueQuantity: not allowed with attributeType "${attributeType}"`);
	}
	const required = attributeType === 'string' ? stringValues : numberValues;
	if ((required?.length ?? 0) === 0) {
		throw invalid(`${attributeType}Values: required for an attribute of type ${attributeType}`);
	}
}

function requireFreeName(state: State, type: AttributeEntityType, name: string): void {
	if (state.attributeNamed(type, name) !== undefined) {
		throw invalid(`name: the ${type} attribute "${name}" already exists`);
	}
}

/** @throws ApiError 404 if the attribute is unknown or belongs to the other entity type */
function find(context: Context, type: unknown = text(context, 'entityType')): Attribute {
	const attribute = context.backend.state.attributes.get(context.id);
	if (attribute === undefined || attribute.entityType !== type) {
		throw missing(`Attribute of entityType ${String(type)}`, context.id);
	}
	return attribute;
}
