import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Owner } from '../../../api/owners';
import { ownerKey, recordOwners } from '../../../api/recordOwners';
import type { RunContext } from '../../../api/runContext';
import type { OwnerEntityType, QualificationRecord } from '../../../api/types';
import { inOneText, SamsaraApiError } from '../../../common/errors';
import { succeeded } from '../../../common/settle';
import type { Item } from '../../../execution/item';
import type { Output } from '../../../execution/operation';
import { concurrency, mapWithConcurrency } from '../../../execution/concurrency';
import type { Days } from '../../../fields/dates';
import { ownerColumns, recordRow } from '../../../fields/qualification/recordRow';
import { daysOf } from './output';

export const lookUpOwnerNames: INodeProperties = {
	displayName: 'Look Up Owner Names',
	name: 'lookUpOwnerNames',
	type: 'boolean',
	default: true,
	description:
		'Whether to add the name of the driver or asset, and how to reach a driver, to simplified rows. They are read once per run, which requires the scope Read Drivers or Read Assets.',
};

/**
 * Returns records as flat rows, with their owners unless the option is off.
 *
 * @param first columns that the operation adds
 */
export async function recordRows(
	item: Item,
	records: QualificationRecord[],
	first: IDataObject = {},
): Promise<IDataObject[]> {
	return await addOwners(item, records.map(rowMaker(item, first)));
}

/** A function that makes flat rows without owners: while a list is read, rows take much less memory than records. */
export function rowMaker(
	item: Item,
	first?: IDataObject,
): (record: QualificationRecord) => IDataObject {
	const days = daysOf(item);
	return (record) => rowOf(item.run, record, days, undefined, first);
}

/** Adds the owners to rows, unless the option is off. Returns the same rows. */
export async function addOwners(item: Item, rows: IDataObject[]): Promise<IDataObject[]> {
	if (!hasOwners(item)) return rows;
	const owners = await ownersOf(item, rows.map(ownerIn));
	const columns = new Map([...owners].map(([key, owner]) => [key, ownerColumns(owner)]));
	for (const row of rows) Object.assign(row, columns.get(ownerKey(ownerIn(row))));
	return rows;
}

function ownerIn({ ownerType, ownerId }: IDataObject): Pick<QualificationRecord, 'owner'> {
	return { owner: { entityType: ownerType as OwnerEntityType, id: ownerId as string } };
}

/** A record that an item wrote, and the columns that the operation adds. */
export interface WrittenRecord {
	record: QualificationRecord;
	first?: IDataObject;
}

/**
 * Writes a record for each item, and then looks up all their owners together.
 *
 * @returns a flat row for each item, or the response if Simplify is off
 */
export async function writeRecords(
	items: Item[],
	write: (item: Item) => Promise<WrittenRecord>,
): Promise<Array<Output | Error>> {
	const [{ n8n, run }] = items;
	const written = await mapWithConcurrency(
		items,
		concurrency(n8n),
		n8n.continueOnFail(),
		async (item) => ({
			isSimplified: item.boolean('simplify', true),
			withOwner: hasOwners(item),
			...(await write(item)),
		}),
	);
	const isFailed = !n8n.continueOnFail() && written.some((outcome) => outcome instanceof Error);
	const owned = succeeded(written)
		.filter(({ isSimplified, withOwner }) => isSimplified && withOwner)
		.map(({ record }) => record);
	const owners = await ownersOf(items[0], isFailed ? [] : owned, true);
	const days = daysOf(items[0]);
	return written.map((outcome) => {
		if (outcome instanceof Error) return outcome;
		const { record, first, isSimplified } = outcome;
		if (!isSimplified) return { ...first, ...record };
		return rowOf(run, record, days, owners.get(ownerKey(record)), first);
	});
}

function hasOwners(item: Item): boolean {
	return item.collection('options').lookUpOwnerNames !== false;
}

async function ownersOf(
	item: Item,
	records: Array<Pick<QualificationRecord, 'owner'>>,
	afterWrite = false,
): Promise<Map<string, Owner>> {
	const onFailure = (failure: Error, entityType: OwnerEntityType) =>
		hintWithoutNames(item, failure, entityType);
	const lookup = { onFailure, isOptional: afterWrite, areFew: afterWrite };
	return await recordOwners(item.run, records, lookup);
}

/** Says why there are no owner names. */
export function hintWithoutNames(item: Item, failure: Error, entityType: OwnerEntityType): void {
	const reason = failure instanceof SamsaraApiError ? inOneText(failure) : failure.message;
	item.addHint(
		`owner names of ${entityType}`,
		`The rows have no owner names, because Samsara did not return them. ${reason}`,
	);
}

function rowOf(
	run: RunContext,
	record: QualificationRecord,
	days: Days,
	owner?: Owner,
	first?: IDataObject,
): IDataObject {
	const row = recordRow(record, days, owner, first);
	run.rowGroups.set(row, record.qualificationType.id);
	return row;
}
