import type {
	ILoadOptionsFunctions,
	INodePropertyOptions,
	ResourceMapperFields,
} from 'n8n-workflow';
import { definitionsOf } from '../api/attributes';
import type { AttributeEntityType } from '../api/types';
import { attributeFields } from '../fields/attributeFields';
import { attributeLabel } from '../fields/attributeKind';
import { inEditor, inForm } from './editor';

/** One input an attribute of drivers. */
export async function getDriverAttributeFields(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	return await fields(this, 'driver', 'drivers');
}

/** One input an attribute of vehicles, trailers and equipment. */
export async function getAssetAttributeFields(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	return await fields(this, 'asset', 'assets');
}

/** Attributes of drivers, to choose some. */
export async function getDriverAttributes(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return await names(this, 'driver');
}

/** Attributes of assets, to choose some. */
export async function getAssetAttributes(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return await names(this, 'asset');
}

/** Allowed values of drivers' attributes, `License Type: Class A`, by the ids that filters take. */
export async function getDriverAttributeValues(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return await values(this, 'driver');
}

/** Allowed values of assets' attributes, by the ids that filters take. */
export async function getAssetAttributeValues(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return await values(this, 'asset');
}

async function fields(
	context: ILoadOptionsFunctions,
	entityType: AttributeEntityType,
	whose: string,
): Promise<ResourceMapperFields> {
	return await inForm(context, 'attributes', async () => ({
		fields: attributeFields(await definitions(context, entityType)),
		emptyFieldsNotice: `No attributes are defined for ${whose} yet. Create one with the resource Attribute.`,
	}));
}

async function names(context: ILoadOptionsFunctions, entityType: AttributeEntityType) {
	return (await definitions(context, entityType)).map((attribute) => ({
		name: attributeLabel(attribute),
		value: attribute.id ?? '',
	}));
}

async function values(context: ILoadOptionsFunctions, entityType: AttributeEntityType) {
	return (await definitions(context, entityType)).flatMap(({ name, values }) =>
		(values ?? []).map(({ id, stringValue }) => ({
			name: `${name}: ${stringValue}`,
			value: id ?? '',
		})),
	);
}

async function definitions(context: ILoadOptionsFunctions, entityType: AttributeEntityType) {
	return await inEditor(context, async (samsara) => {
		const attributes = await definitionsOf(samsara, entityType);
		return [...attributes].sort((a, b) => (a.name ?? '').localeCompare(b.name ?? ''));
	});
}
