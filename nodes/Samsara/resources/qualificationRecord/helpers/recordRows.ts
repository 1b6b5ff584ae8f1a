import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { ownerKey, ownerNames } from '../../../api/ownerNames';
import type { QualificationRecord } from '../../../api/types';
import type { Item } from '../../../execution/item';
import { recordRow } from '../../../fields/qualification/recordRow';
import { daysOf } from './output';

export const lookUpOwnerNames: INodeProperties = {
	displayName: 'Look Up Owner Names',
	name: 'lookUpOwnerNames',
	type: 'boolean',
	default: true,
	description:
		'Whether to add the names of drivers and assets to simplified rows. They are read once per run, which requires the scope Read Drivers or Read Assets.',
};

/**
 * Returns records as flat rows, with the names of the owners unless the option is off.
 *
 * @param first columns that the operation adds
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
					`The rows have no owner names, because Samsara did not return them. ${description}`,
				),
			)
		: new Map<string, string>();
	const days = daysOf(item);
	return records.map((record) => {
		const row = recordRow(record, days, names.get(ownerKey(record)), first);
		item.run.rowGroups.set(row, record.qualificationType.id);
		return row;
	});
}
