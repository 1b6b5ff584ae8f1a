import type { INodeProperties } from 'n8n-workflow';

/**
 * A parameter in a collection that has moved to another place: shown only if the node has it stored. It must not be
 * removed, because n8n drops values without a parameter. At least one other parameter of the collection must be unconditional:
 * n8n cannot order conditions that all refer to themselves.
 */
export function ifStored(property: INodeProperties): INodeProperties {
	return {
		...property,
		displayOptions: { show: { [property.name]: [{ _cnd: { exists: true } }] } },
	};
}
