import type { INodeProperties } from 'n8n-workflow';
import type { Item } from '../../execution/item';
import { InvalidInputError } from '../../common/errors';

/** The parameter that picks a piece of equipment. */
export const equipmentId: INodeProperties = {
	displayName: 'Equipment',
	name: 'equipmentId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The equipment to use',
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

/** Shown above every operation that updates equipment. */
export const betaNotice: INodeProperties = {
	displayName:
		"Updating equipment is a beta feature of Samsara's API. The API token needs the scope 'Write Equipment'.",
	name: 'betaNotice',
	type: 'notice',
	default: '',
};

/** The ID of the chosen equipment. @throws InvalidInputError for an external ID, which Samsara does not accept for equipment */
export function readEquipmentId(item: Item): string {
	const id = item.id('equipmentId', 'Equipment');
	if (id.includes(':')) {
		throw new InvalidInputError(
			`'Equipment' is the external ID '${id}'`,
			'Samsara finds equipment by Samsara ID only. Pick it from the list, or map the ID that Get Many returns.',
		);
	}
	return id;
}
