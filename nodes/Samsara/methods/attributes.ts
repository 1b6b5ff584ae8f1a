import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { Attribute } from '../api/types';
import { typeName, unitName } from '../fields/attribute/attributeTypes';
import { withEditorClient } from './editorClient';
import { searchPages } from './search';

/** Attributes of drivers or assets by name, with type and unit. */
export async function searchAttributes(
	this: ILoadOptionsFunctions,
	filter?: string,
	token?: string,
): Promise<INodeListSearchResult> {
	const entityType = this.getCurrentNodeParameter('entityType') === 'asset' ? 'asset' : 'driver';
	return await withEditorClient(
		this,
		async (run) =>
			await searchPages<Attribute>(
				run,
				'/attributes',
				{ entityType },
				(attribute) => ({
					name: [attribute.name, typeName(attribute), unitName(attribute.unit)]
						.filter(Boolean)
						.join(' · '),
					value: String(attribute.id),
				}),
				filter,
				token,
			),
	);
}
