import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { ownerKey, ownerNames } from '../../../api/ownerNames';
import type { QualificationRecord } from '../../../api/types';
import type { Item } from '../../../execution/item';
import { Days } from '../../../fields/days';
import { recordRow } from '../../../fields/qualification/recordRow';

export const lookUpOwnerNames: INodeProperties = {
	displayName: 'Look Up Owner Names',
	name: 'lookUpOwnerNames',
	type: 'boolean',
	default: true,
	description:
		"Whether to add the names of drivers and assets to simplified rows. They are read once a run, which needs the token's scope Read Drivers or Read Assets.",
};

/** Today in the workflow's time zone. */
export function daysOf(item: Item): Days {
	return new Days(new Date(), item.n8n.getTimezone());
}

/**
 * Records as flat rows, with their owners' names unless the item's options say otherwise.
 *
 * @param first columns of the operation's own
 */
export async function recordRows(
	item: Item,
	records: QualificationRecord[],
	first: IDataObject = {},
): Promise<IDataObject[]> {
	const withNames = item.collection('options').lookUpOwnerNames !== false;
	const names = withNames
		? await ownerNames(item.run, records, ({ description }, entityType) =>
				item.addHint(
					`owner names of ${entityType}`,
					`The rows have no owner names, because Samsara did not give them. ${description}`,
				),
			)
		: new Map<string, string>();
	const days = daysOf(item);
	return records.map((record) => recordRow(record, days, names.get(ownerKey(record)), first));
}
