import type { IBinaryData, IDataObject } from 'n8n-workflow';
import type { Owner } from '../../api/owners';
import { toNumber, toText } from '../../common/coercion';
import { settle, succeeded } from '../../common/settle';
import { firstOptions } from '../../execution/concurrency';
import type { Item } from '../../execution/item';
import { FileRows, type BatchOperation } from '../../execution/operation';
import { dataFieldName, fileTitle } from '../../fields/qualification/fileName';
import { withNulls } from '../../fields/flatRow';
import { contactColumns, recordRow } from '../../fields/qualification/recordRow';
import { collectFiles } from './helpers/collectFiles';
import { DEFAULT_SECONDS, downloadProperties } from './helpers/downloadProperties';
import type { CollectedFile } from './helpers/fileCollection';
import { fileSources, type FileSource } from './helpers/fileSources';
import { daysOf } from './helpers/output';
import { recordRows } from './helpers/recordRows';

export const downloadFiles: BatchOperation = {
	name: 'Download Files',
	value: 'downloadFiles',
	action: 'Download files of record, driver, or asset',
	description:
		'Get all files of a qualification record, or of all records of a driver or asset, such as scans and signatures, as binary data',
	properties: downloadProperties,
	async executeAll(items) {
		const seconds = waitSeconds(firstOptions(items[0].n8n));
		const sources = await fileSources(items);
		const collections = succeeded(sources).flatMap((source) => source.collections);
		await collectFiles(items[0], collections, seconds);
		const outputs: Array<FileRows | Error> = [];
		for (const [index, source] of sources.entries()) {
			outputs.push(
				source instanceof Error
					? source
					: await settle(async () => await output(items[index], source, seconds)),
			);
		}
		return outputs;
	},
};

async function output(item: Item, source: FileSource, seconds: number): Promise<FileRows> {
	const { skipUnfinished, oneItemPerFile, dataFieldPrefix } = item.collection('options');
	const isSplit = oneItemPerFile === true;
	const files = source.collections.flatMap((collection) =>
		collection.result(skipUnfinished === true, seconds),
	);
	const downloaded = files.filter(({ data }) => data !== undefined);
	const binary: Record<string, IBinaryData> = {};
	for (const { record, label, number, data } of downloaded) {
		const field = source.owner ? `${record.qualificationType.name ?? ''} ${label}` : label;
		const name = dataFieldName(toText(dataFieldPrefix), field, number);
		binary[uniqueName(name, binary)] = data!;
	}
	// A comma-separated list, as nodes that send attachments expect it.
	const dataFields = Object.keys(binary).join(',');
	const binaries = isSplit ? Object.values(binary).map((data) => ({ data })) : [binary];
	const rows = source.owner
		? ownerRows(item, source.owner, isSplit ? downloaded : files, isSplit ? undefined : dataFields)
		: await recordRows(
				item,
				binaries.map(() => source.collections[0].latestRecord!),
				isSplit ? {} : { dataFields },
			);
	return new FileRows(rows.map((json, index) => ({ json, binary: binaries[index] })));
}

/** @param dataFields undefined for a row of each file; otherwise, one row has these rows as an index */
function ownerRows(
	item: Item,
	owner: Owner,
	files: CollectedFile[],
	dataFields?: string,
): IDataObject[] {
	const days = daysOf(item);
	const index = files.map(({ record, data, ...file }) =>
		recordRow({ ...record, fields: [] }, days, owner, {
			fileName: data?.fileName ?? null,
			field: fileTitle(file),
		}),
	);
	if (dataFields === undefined) return index;
	return [
		{
			ownerName: owner.name || null,
			dataFields,
			files: index,
			ownerType: owner.entityType,
			ownerId: owner.id,
			...withNulls(contactColumns(owner)),
		},
	];
}

/** Different labels can result in the same name. */
function uniqueName(name: string, taken: object): string {
	let unique = name;
	for (let n = 2; unique in taken; n++) unique = `${name}_${n}`;
	return unique;
}

function waitSeconds(options: Record<string, unknown>): number {
	const seconds = toNumber(options.waitSeconds ?? DEFAULT_SECONDS);
	return Number.isFinite(seconds) && seconds >= 0 ? seconds : DEFAULT_SECONDS;
}
