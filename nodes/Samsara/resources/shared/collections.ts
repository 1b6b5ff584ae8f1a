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

/** Optional parameters. */
export function collection(
	displayName: string,
	name: string,
	placeholder: string,
	options: INodeProperties[],
): INodeProperties {
	return { displayName, name, type: 'collection', placeholder, default: {}, options };
}

/** Sorts optional fields by label. */
export function byName(fields: INodeProperties[]): INodeProperties[] {
	// localeCompare would load language data and delay n8n's start by several milliseconds.
	return [...fields].sort((a, b) => (a.displayName < b.displayName ? -1 : 1));
}
