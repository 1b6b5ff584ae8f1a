import type {
	ILoadOptionsFunctions,
	INodePropertyOptions,
	ResourceMapperFields,
} from 'n8n-workflow';
import { readDefinitions } from '../api/attributes';
import type { Attribute, AttributeEntityType } from '../api/types';
import { attributeMapperFields } from '../fields/attribute/attributeMapper';
import { attributeLabel, valueTypeOf } from '../fields/attribute/attributeValueType';
import { withEditorClient, withFormError, withNoticeIfEmpty } from './editorClient';

/** Forms and drop-downs for the attributes of drivers. */
export const driverAttributes = attributeMethods('driver', 'drivers');

/** Forms and drop-downs for the attributes of vehicles, trailers and equipment. */
export const assetAttributes = attributeMethods('asset', 'assets');

function attributeMethods(entityType: AttributeEntityType, entityPlural: string) {
	const sortedDefinitions = async (context: ILoadOptionsFunctions) =>
		await withEditorClient(context, async (run) => {
			const attributes = await readDefinitions(run, entityType);
			return [...attributes].sort((a, b) => (a.name ?? '').localeCompare(b.name ?? ''));
		});
	return {
		/** One input per attribute. */
		async fields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
			return await withFormError(this, 'attributes', async () =>
				withNoticeIfEmpty(
					attributeMapperFields(await sortedDefinitions(this)),
					`No attributes are defined for ${entityPlural} yet. Create one with the resource Attribute.`,
				),
			);
		},
		async options(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
			return (await sortedDefinitions(this)).map(toOption);
		},
		/** Only date attributes. */
		async dateOptions(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
			return (await sortedDefinitions(this))
				.filter((attribute) => valueTypeOf(attribute).list === 'dateValues')
				.map(toOption);
		},
		/** The allowed values, e.g. `License Type: Class A`, with the IDs that filters use. */
		async valueOptions(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
			return (await sortedDefinitions(this)).flatMap(({ name, values = [] }) =>
				values.map(({ id, stringValue }) => ({
					name: `${name}: ${stringValue}`,
					value: id ?? '',
				})),
			);
		},
	};
}

function toOption(attribute: Attribute): INodePropertyOptions {
	return { name: attributeLabel(attribute), value: attribute.id ?? '' };
}
