import type { INodeProperties } from 'n8n-workflow';

/** The modes of a parameter that picks something: from a list, by Samsara ID, and those that have an example. */
interface Modes {
	listPlaceholder: string;
	searchListMethod: string;
	/** Examples. */
	id: string;
	name?: string;
	externalId?: string;
	/** The path of a page in the dashboard, and a regular expression for it whose first group is the ID. */
	url?: { example: string; pathRegex: string };
}

/** A parameter that picks a driver, an attribute, a record or the like. */
export function locator(
	parameter: Pick<INodeProperties, 'displayName' | 'name' | 'description' | 'typeOptions'>,
	{ listPlaceholder, searchListMethod, id, name = '', externalId = '', url }: Modes,
): INodeProperties {
	const picker: INodeProperties = {
		...parameter,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: listPlaceholder,
				typeOptions: {
					searchListMethod,
					searchable: true,
					slowLoadNotice: {
						message:
							'Large accounts take longer to load. Choose By ID to continue without the list.',
						timeout: 10_000,
					},
				},
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: `e.g. ${id}` },
			{ displayName: 'By Name', name: 'name', type: 'string', placeholder: `e.g. ${name}` },
			{
				// The editor cuts off names that are longer than 'From List'.
				displayName: 'Ext. ID',
				name: 'externalId',
				type: 'string',
				placeholder: `e.g. ${externalId}`,
				validation: [
					{
						type: 'regex',
						properties: {
							regex: '^[^:\\s]+:.+$',
							errorMessage: `Enter the key and the value, e.g. ${externalId}`,
						},
					},
				],
			},
			{
				displayName: 'By URL',
				name: 'url',
				type: 'string',
				placeholder: `e.g. https://cloud.samsara.com/o/1234${url?.example}`,
				extractValue: {
					type: 'regex',
					regex: `https://cloud\\.(?:[a-z]{2}\\.)?samsara\\.com/.*${url?.pathRegex}`,
				},
			},
		],
	};
	const offered: Record<string, unknown> = { list: true, id, name, externalId, url };
	return { ...picker, modes: picker.modes?.filter((mode) => offered[mode.name]) };
}
