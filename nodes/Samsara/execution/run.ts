import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';
import type { RunContext } from '../api/runContext';
import { alignColumns } from '../common/alignColumns';
import { settle } from '../common/settle';
import { toNumber } from '../common/coercion';
import { isCancelled, toNodeError } from './errors';
import { Item } from './item';
import { FileRows, type Operation } from './operation';
import { truncateForAgent } from './truncateForAgent';

/** How many items are worked on at a time by default. */
const DEFAULT_CONCURRENCY = 10;

/** More would only use memory: at Samsara's rate limits it would not be faster. */
const MAX_CONCURRENCY = 50;

/**
 * Runs an operation for all input items. Keeps their order, and links every output to its item. With continue on fail, an
 * item that fails returns its error and the others continue.
 *
 * @throws NodeApiError or NodeOperationError of the first item that failed, once the calls in progress have ended
 */
export async function runOperation(
	n8n: IExecuteFunctions,
	operation: Operation,
	run: RunContext,
): Promise<INodeExecutionData[][]> {
	const items = n8n.getInputData().map((_, index) => new Item(n8n, index, run));
	const continueOnFail = n8n.continueOnFail();
	const outputs =
		'executeAll' in operation
			? await operation.executeAll(items)
			: await mapWithConcurrency(
					items,
					concurrency(n8n),
					continueOnFail,
					async (item) => await operation.execute(item),
				);

	const outputItems: INodeExecutionData[] = [];
	const fail = (failure: Error, item: number) => {
		const error = toNodeError(n8n.getNode(), failure, item);
		if (!continueOnFail || isCancelled(n8n)) throw error;
		outputItems.push({ json: errorRow(error), pairedItem: { item } });
	};
	outputs.forEach((output, item) => {
		if (output instanceof Error) return fail(output, item);
		const pairedItem = { item };
		if (output instanceof FileRows) {
			for (const row of output.rows) outputItems.push({ ...row, pairedItem });
		} else {
			for (const json of [output].flat() as IDataObject[]) outputItems.push({ json, pairedItem });
		}
		for (const failure of items[item].partialFailures) fail(failure, item);
	});
	if (n8n.isToolExecution?.() === true) return [truncateForAgent(outputItems)];
	const rows = alignColumns(
		outputItems.map(({ json }) => json),
		(row) => run.rowGroups.get(row),
	);
	rows.forEach((row, index) => (outputItems[index].json = row));
	return [outputItems];
}

/**
 * Calls `callback` for every item, at most `concurrency` at a time, and returns the outcomes in the order of the items.
 * Without `continueOnFail`, no further item is started after a failure, and those never started are left out.
 */
export async function mapWithConcurrency<I, O>(
	items: I[],
	concurrency: number,
	continueOnFail: boolean,
	callback: (item: I) => Promise<O>,
): Promise<Array<O | Error>> {
	const outputs: Array<O | Error> = [];
	let next = 0;
	let stopped = false;
	const worker = async () => {
		while (next < items.length && !stopped) {
			const index = next++;
			const output = await settle(async () => await callback(items[index]));
			outputs[index] = output;
			stopped ||= output instanceof Error && !continueOnFail;
		}
	};
	await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, worker));
	return outputs;
}

/** The request options of the first item, which apply to all items. Version 1.0.0 stored them in 'options'. */
export function requestValues(n8n: IExecuteFunctions): Record<string, unknown> {
	return {
		...Object(n8n.getNodeParameter('options', 0, {})),
		...Object(n8n.getNodeParameter('requestOptions', 0, {})),
	} as Record<string, unknown>;
}

/** How many items to work on at a time, from the option of the node. */
export function concurrency(n8n: IExecuteFunctions): number {
	const requested = Math.trunc(toNumber(requestValues(n8n).concurrency ?? DEFAULT_CONCURRENCY));
	return Number.isFinite(requested)
		? Math.min(Math.max(requested, 1), MAX_CONCURRENCY)
		: DEFAULT_CONCURRENCY;
}

/**
 * n8n sends items with exactly these two members to the error output. If an item carried the error object itself, n8n
 * would keep only its message.
 */
function errorRow({ message, description }: NodeApiError | NodeOperationError): IDataObject {
	return description ? { error: message, message: description } : { error: message };
}
