import type { IBinaryData, INodeProperties } from 'n8n-workflow';
import { toError } from '../../common/errors';
import type { Item } from '../../execution/item';
import { toNumber, toText } from '../../common/coercion';
import { FileRows, type BatchOperation } from '../../execution/operation';
import { dataFieldName } from '../../fields/qualification/fileName';
import { options } from '../shared/options';
import { collectFiles } from './helpers/collectFiles';
import type { FileCollection } from './helpers/fileCollection';
import { recordId } from './helpers/locators';
import { lookUpOwnerNames, recordRows } from './helpers/recordRows';

const DEFAULT_SECONDS = 60;

const downloadOptions: INodeProperties[] = [
	lookUpOwnerNames,
	{
		displayName: 'One Item per File',
		name: 'oneItemPerFile',
		type: 'boolean',
		default: false,
		description:
			"Whether to output one item per file, with the file in the field 'data', as nodes that store files expect",
	},
	{
		displayName: 'Output Data Field Prefix',
		name: 'dataFieldPrefix',
		type: 'string',
		default: '',
		placeholder: 'e.g. scan_',
		description:
			"Prefix for the names of the output data fields. The rest of a name is the label of the field in Samsara, plus a number if it has several files, e.g. 'Medical_Card_2'.",
	},
	{
		displayName: 'Skip Unfinished Files',
		name: 'skipUnfinished',
		type: 'boolean',
		default: false,
		description:
			'Whether to leave out files that Samsara has not finished processing in time. Otherwise, the item fails.',
	},
	{
		displayName: 'Wait for Processing',
		name: 'waitSeconds',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: DEFAULT_SECONDS,
		description: 'How many seconds to wait for files that Samsara is still processing',
	},
];

export const downloadFiles: BatchOperation = {
	name: 'Download Files',
	value: 'downloadFiles',
	action: 'Download files of qualification record',
	description:
		'Get all files of a qualification record, such as scans and signatures, as binary data',
	properties: [recordId, options(...downloadOptions)],
	async executeAll(items) {
		const seconds = waitSeconds(items[0]);
		const collections = await collectFiles(items, seconds);
		const outputs: Array<FileRows | Error> = [];
		for (const [index, files] of collections.entries()) {
			outputs.push(files instanceof Error ? files : await output(items[index], files, seconds));
		}
		return outputs;
	},
};

async function output(
	item: Item,
	files: FileCollection,
	seconds: number,
): Promise<FileRows | Error> {
	try {
		const { skipUnfinished, oneItemPerFile, dataFieldPrefix } = item.collection('options');
		if (files.hasMissing && skipUnfinished !== true) return files.unfinishedError(seconds);
		const isSplit = oneItemPerFile === true;
		const binary: Record<string, IBinaryData> = {};
		for (const { label, number, data } of files.downloaded) {
			const name = dataFieldName(toText(dataFieldPrefix), label, number);
			binary[uniqueName(name, binary)] = data;
		}
		// A comma-separated list, as nodes that send attachments expect it.
		const dataFields = Object.keys(binary).join(',');
		const binaries = isSplit ? Object.values(binary).map((data) => ({ data })) : [binary];
		const rows = await recordRows(
			item,
			binaries.map(() => files.latestRecord),
			isSplit ? {} : { dataFields },
		);
		return new FileRows(rows.map((json, index) => ({ json, binary: binaries[index] })));
	} catch (error) {
		return toError(error);
	}
}

/** Different labels can result in the same name. */
function uniqueName(name: string, taken: object): string {
	let unique = name;
	for (let n = 2; unique in taken; n++) unique = `${name}_${n}`;
	return unique;
}

function waitSeconds(item: Item): number {
	const seconds = toNumber(item.collection('options').waitSeconds ?? DEFAULT_SECONDS);
	return Number.isFinite(seconds) && seconds >= 0 ? seconds : DEFAULT_SECONDS;
}
