import type { INodeProperties } from 'n8n-workflow';
import type { Item } from '../../execution/item';
import { InvalidInputError } from '../../common/errors';

/** The pick list of equipment. */
export const equipmentId: INodeProperties = {
	displayName: 'Equipment',
	name: 'equipmentId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The equipment to work on',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select equipment…',
			typeOptions: { searchListMethod: 'searchEquipment', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 281474977075805',
		},
	],
};

/** Above every operation that changes equipment. */
export const betaNotice: INodeProperties = {
	displayName:
		"Changing equipment is a beta of Samsara's API. The API token needs the scope 'Write Equipment'.",
	name: 'betaNotice',
	type: 'notice',
	default: '',
};

/** The chosen equipment. @throws InvalidInputError for an external ID, which Samsara does not take for equipment */
export function readEquipmentId(item: Item): string {
	const id = item.id('equipmentId', 'Equipment');
	if (id.includes(':')) {
		throw new InvalidInputError(
			`'Equipment' is the external ID '${id}'`,
			'Samsara finds equipment by its own IDs only. Pick it from the list, or map the ID that Get Many gives.',
		);
	}
	return id;
}
