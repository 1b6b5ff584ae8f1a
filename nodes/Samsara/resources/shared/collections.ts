import type { INodeProperties } from 'n8n-workflow';

/** The conditions of a Get Many. */
export function filters(...options: INodeProperties[]): INodeProperties {
	return collection('Filters', 'filters', 'Add filter', options);
}

/** The fields that an update may change. */
export function updateFields(...options: INodeProperties[]): INodeProperties {
	return collection('Update Fields', 'updateFields', 'Add field', options);
}

/** The optional fields of something new. */
export function additionalFields(...options: INodeProperties[]): INodeProperties {
	return collection('Additional Fields', 'additionalFields', 'Add field', options);
}

/** Optional parameters, in alphabetical order. */
export function collection(
	displayName: string,
	name: string,
	placeholder: string,
	fields: INodeProperties[],
): INodeProperties {
	const label = (field: INodeProperties) => field.displayName.toLowerCase();
	// localeCompare would load language data and delay n8n's start by several milliseconds.
	const options = [...fields].sort((a, b) => (label(a) < label(b) ? -1 : 1));
	return { displayName, name, type: 'collection', placeholder, default: {}, options };
}
