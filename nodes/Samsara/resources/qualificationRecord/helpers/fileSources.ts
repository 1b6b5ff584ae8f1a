import { settle } from '../../../common/settle';
import type { Item } from '../../../execution/item';
import { FileTitles } from '../../../fields/qualification/fileName';
import {
	filesOf as filesOfRecord,
	type RecordFile,
} from '../../../fields/qualification/recordFields';
import type { Owner } from '../../../api/owners';
import type { QualificationRecord } from '../../../api/types';
import { createFetcher } from './collectFiles';
import { filesOf } from './downloadProperties';
import { FileCollection } from './fileCollection';
import { ownerRecords, type OwnerRecords } from './ownerRecords';
import { readRecordId } from './resolveRecords';

/** The records whose files an item gets: one record, or those of an owner. */
export interface FileSource {
	collections: FileCollection[];
	owner?: Owner;
}

/** Reads what each item names. File names of owners are unique in the whole run, so that no file replaces another. */
export async function fileSources(items: Item[]): Promise<Array<FileSource | Error>> {
	const choices = await Promise.all(
		items.map(async (item) => await settle(() => item.choice<'owner' | 'record'>(filesOf))),
	);
	const ownerItems = items.filter((_, n) => choices[n] === 'owner');
	const ofOwners = ownerItems.length > 0 ? await ownerRecords(ownerItems) : [];
	const titles = new FileTitles();
	return await Promise.all(
		items.map(async (item, n) => {
			const choice = choices[n];
			if (choice instanceof Error) return choice;
			if (choice === 'owner') return ownerSource(item, ofOwners.shift()!, titles);
			return await settle(() => ({
				collections: [new FileCollection(readRecordId(item), createFetcher(item))],
			}));
		}),
	);
}

function ownerSource(
	item: Item,
	found: OwnerRecords | Error,
	titles: FileTitles,
): FileSource | Error {
	if (found instanceof Error) return found;
	const { owner, records } = found;
	const collections = records.map((record) => {
		const fetcher = createFetcher(item, titlesOf(record, owner.name || owner.id, titles));
		const files = new FileCollection(record.id, fetcher);
		files.update(record);
		return files;
	});
	return { collections, owner };
}

/** Names all files before the first one is downloaded, so that the names do not depend on which is faster. */
function titlesOf(
	record: QualificationRecord,
	ownerName: string,
	titles: FileTitles,
): (file: RecordFile) => string {
	const { name, id } = record.qualificationType;
	const next = ({ label }: RecordFile) => titles.next(ownerName, name ?? id, label);
	const byId = new Map(filesOfRecord(record).map((file) => [file.media.id, next(file)]));
	return (file) => byId.get(file.media.id) ?? next(file);
}
