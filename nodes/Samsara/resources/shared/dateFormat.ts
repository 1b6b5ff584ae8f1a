import type { INodeProperties } from 'n8n-workflow';
import { choiceError } from '../../common/errors';
import type { Item } from '../../execution/item';
import { DATE_FORMATS, type DateSettings } from '../../fields/dateFormat';

const FORMATS = Object.keys(DATE_FORMATS) as Array<keyof typeof DATE_FORMATS>;

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
	const { dateFormat: format } = item.collection('options');
	if (format === undefined) return { zone, format: 'unset' };
	const chosen = FORMATS.find((candidate) => candidate === format);
	if (chosen) return { zone, format: chosen };
	throw choiceError('Date Format', format, FORMATS);
}
