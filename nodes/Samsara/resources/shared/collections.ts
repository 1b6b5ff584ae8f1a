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

function collection(
	displayName: string,
	name: string,
	placeholder: string,
	options: INodeProperties[],
): INodeProperties {
	return { displayName, name, type: 'collection', placeholder, default: {}, options };
}
