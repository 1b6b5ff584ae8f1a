import type { IBinaryData, INodeProperties } from 'n8n-workflow';
import { toError } from '../../common/errors';
import type { Item } from '../../execution/item';
import { toNumber } from '../../common/toNumber';
import { toText } from '../../common/toText';
import { FileRows, type BatchOperation } from '../../execution/operation';
import { dataFieldName } from '../../fields/qualification/fileName';
import { options } from '../shared/options';
import { collectFiles } from './helpers/collectFiles';
import type { FileCollection } from './helpers/fileCollection';
import { recordId } from './helpers/locators';
import { lookUpOwnerNames, recordRows } from './helpers/recordRows';

const DEFAULT_SECONDS = 60;

const own: INodeProperties[] = [
	lookUpOwnerNames,
	{
		displayName: 'One Item per File',
		name: 'oneItemPerFile',
		type: 'boolean',
		default: false,
		description:
			"Whether each file gets an item of its own, in the data field 'data', as nodes that store files like it",
	},
	{
		displayName: 'Output Data Field Prefix',
		name: 'dataFieldPrefix',
		type: 'string',
		default: '',
		placeholder: 'e.g. scan_',
		description:
			"What the names of the output data fields begin with. The rest is the label in Samsara, and a number where there are several files, e.g. 'Medical_Card_2'.",
	},
	{
		displayName: 'Skip Unfinished Files',
		name: 'skipUnfinished',
		type: 'boolean',
		default: false,
		description:
			'Whether to go on without files that Samsara has not finished processing in time. Otherwise the item stops.',
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
	properties: [recordId, options(...own)],
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
		const chosen = item.collection('options');
		if (files.hasMissing && chosen.skipUnfinished !== true) return files.unfinishedError(seconds);
		const split = chosen.oneItemPerFile === true;
		const binary: Record<string, IBinaryData> = {};
		for (const { label, number, data } of files.downloaded) {
			const name = dataFieldName(toText(chosen.dataFieldPrefix), label, number);
			binary[uniqueName(name, binary)] = data;
		}
		// The names in one text, which is what nodes that send attachments ask for.
		const dataFields = Object.keys(binary).join(',');
		const [row] = await recordRows(item, [files.latestRecord], split ? {} : { dataFields });
		if (!split) return new FileRows([{ json: row, binary }]);
		return new FileRows(
			Object.values(binary).map((data) => ({ json: { ...row }, binary: { data } })),
		);
	} catch (error) {
		return toError(error);
	}
}

/** Two labels may become one name. */
function uniqueName(name: string, taken: object): string {
	let unique = name;
	for (let n = 2; unique in taken; n++) unique = `${name}_${n}`;
	return unique;
}

function waitSeconds(item: Item): number {
	const chosen = item.collection('options').waitSeconds;
	const seconds = toNumber(chosen ?? DEFAULT_SECONDS);
	return Number.isFinite(seconds) && seconds >= 0 ? seconds : DEFAULT_SECONDS;
}
