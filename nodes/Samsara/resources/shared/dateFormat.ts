import type { INodeProperties } from 'n8n-workflow';
import type { Item } from '../../execution/item';
import { DATE_FORMATS, type DateSettings } from '../../fields/dateFormat';

export const dateFormat: INodeProperties = {
	displayName: 'Date Format',
	name: 'dateFormat',
	type: 'options',
	options: Object.entries(DATE_FORMATS).map(([value, name]) => ({ name, value })),
	default: 'iso',
	description:
		'How to read dates from a spreadsheet. Dates like 2027-01-31 are always accepted, and with any choice also the day numbers of Excel, like 46418.',
};

/** How to read the dates of an item. @throws InvalidInputError for an unknown format, which an expression may return */
export function dateSettings(item: Item): DateSettings {
	const zone = item.n8n.getTimezone();
	const isSet = item.collection('options').dateFormat !== undefined;
	return { zone, format: isSet ? item.option<keyof typeof DATE_FORMATS>(dateFormat) : 'unset' };
}
