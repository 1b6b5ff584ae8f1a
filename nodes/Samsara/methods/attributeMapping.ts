import type {
	ILoadOptionsFunctions,
	INodePropertyOptions,
	ResourceMapperFields,
} from 'n8n-workflow';
import { readDefinitions } from '../api/attributes';
import type { AttributeEntityType } from '../api/types';
import { attributeMapperFields } from '../fields/attribute/attributeMapper';
import { attributeLabel } from '../fields/attribute/attributeValueType';
import { withEditorClient, withFormError, withNoticeIfEmpty } from './editorClient';

/** One input per driver attribute. */
export async function getDriverAttributeFields(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	return await mapperFields(this, 'driver', 'drivers');
}

/** One input per attribute of vehicles, trailers and equipment. */
export async function getAssetAttributeFields(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	return await mapperFields(this, 'asset', 'assets');
}

/** Options for the attributes of drivers. */
export async function getDriverAttributes(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return await attributeOptions(this, 'driver');
}

/** Options for the attributes of assets. */
export async function getAssetAttributes(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return await attributeOptions(this, 'asset');
}

/** Options for the allowed values of driver attributes, e.g. `License Type: Class A`, with the IDs that filters use. */
export async function getDriverAttributeValues(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return await valueOptions(this, 'driver');
}

/** Options for the allowed values of asset attributes, with the IDs that filters use. */
export async function getAssetAttributeValues(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return await valueOptions(this, 'asset');
}

async function mapperFields(
	context: ILoadOptionsFunctions,
	entityType: AttributeEntityType,
	entityPlural: string,
): Promise<ResourceMapperFields> {
	return await withFormError(context, 'attributes', async () =>
		withNoticeIfEmpty(
			attributeMapperFields(await sortedDefinitions(context, entityType)),
			`No attributes are defined for ${entityPlural} yet. Create one with the resource Attribute.`,
		),
	);
}

async function attributeOptions(context: ILoadOptionsFunctions, entityType: AttributeEntityType) {
	return (await sortedDefinitions(context, entityType)).map((attribute) => ({
		name: attributeLabel(attribute),
		value: attribute.id ?? '',
	}));
}

async function valueOptions(context: ILoadOptionsFunctions, entityType: AttributeEntityType) {
	return (await sortedDefinitions(context, entityType)).flatMap(({ name, values = [] }) =>
		values.map(({ id, stringValue }) => ({
			name: `${name}: ${stringValue}`,
			value: id ?? '',
		})),
	);
}

async function sortedDefinitions(context: ILoadOptionsFunctions, entityType: AttributeEntityType) {
	return await withEditorClient(context, async (run) => {
		const attributes = await readDefinitions(run, entityType);
		return [...attributes].sort((a, b) => (a.name ?? '').localeCompare(b.name ?? ''));
	});
}
