import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { SamsaraFailure } from '../../api/failure';
import { ownersOf } from '../../api/owners';
import type { OwnerEntityType, QualificationRecord } from '../../api/types';
import { asError } from '../../asError';
import type { Item } from '../../execution/item';
import { Days } from '../../fields/days';
import { recordRow } from '../../fields/qualification/recordRow';

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

/** Records as flat rows, with their owners' names unless the item's options say otherwise. */
export async function recordRows(
	item: Item,
	records: QualificationRecord[],
): Promise<IDataObject[]> {
	const wanted = item.collection('options').lookUpOwnerNames !== false;
	const names = wanted ? await ownerNames(item, records) : new Map<string, string>();
	const days = daysOf(item);
	return records.map((record) => recordRow(record, days, names.get(keyOf(record))));
}

async function ownerNames(
	item: Item,
	records: QualificationRecord[],
): Promise<Map<string, string>> {
	const names = new Map<string, string>();
	for (const entityType of ['worker', 'asset'] as const) {
		const owned = records.filter(({ owner }) => owner.entityType === entityType);
		if (owned.length === 0) continue;
		for (const [id, name] of await namesOf(item, entityType, owned))
			names.set(`${entityType} ${id}`, name);
	}
	return names;
}

/** A name is no reason to go without the rows: a token that may not read drivers gives rows without names. */
async function namesOf(
	item: Item,
	entityType: OwnerEntityType,
	records: QualificationRecord[],
): Promise<Array<[string, string]>> {
	try {
		const directory = await ownersOf(item.samsara, entityType);
		const owners = await directory.find(records.map(({ owner }) => owner.id));
		return [...owners].map(([id, { name }]) => [id, name]);
	} catch (error) {
		if (!(error instanceof SamsaraFailure) || error.status !== 403) throw asError(error);
		await item.samsara.once(`no names of ${entityType}`, async () => hint(item, error));
		return [];
	}
}

function hint(item: Item, { advice }: SamsaraFailure): void {
	item.n8n.addExecutionHints?.({
		message: `The rows have no owner names, because Samsara did not give them. ${advice}`,
		location: 'outputPane',
	});
}

function keyOf({ owner }: QualificationRecord): string {
	return `${owner.entityType} ${owner.id}`;
}
