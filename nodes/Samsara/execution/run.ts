import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';
import type { RunContext } from '../api/runContext';
import { settle } from '../common/settle';
import { toNumber } from '../common/toNumber';
import { isCancelled, toNodeError } from './errors';
import { Item } from './item';
import { FileRows, type Operation } from './operation';
import { truncateForAgent } from './truncateForAgent';

/** Calls under way at once when the person says nothing. */
const DEFAULT_CONCURRENCY = 10;

/** More would not be faster at Samsara's limits, and would only hold memory. */
const MAX_CONCURRENCY = 50;

/**
 * Runs an operation over all input items: order kept, every output linked to its item.
 * With continue on fail, an item that fails gives its error and the others go on.
 *
 * @throws NodeApiError or NodeOperationError of the first item that failed, after the items under way have ended
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
	return [truncateForAgent(n8n, outputItems)];
}

/**
 * `callback` for every item, at most `concurrency` at once, answers in the order of the items. A failure is an answer;
 * unless `continueOnFail`, no further item is begun after one, and those never begun are left out.
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

/** How many items the person wants worked on at once. */
export function concurrency(n8n: IExecuteFunctions): number {
	const { concurrency: option } = Object(n8n.getNodeParameter('options', 0, {})) as {
		concurrency?: unknown;
	};
	const requested = Math.trunc(toNumber(option ?? DEFAULT_CONCURRENCY));
	return Number.isFinite(requested)
		? Math.min(Math.max(requested, 1), MAX_CONCURRENCY)
		: DEFAULT_CONCURRENCY;
}

/**
 * These two members and no others are how n8n knows an item for its error output; to an item that carries the error
 * itself it would leave nothing but the message.
 */
function errorRow({ message, description }: NodeApiError | NodeOperationError): IDataObject {
	return description ? { error: message, message: description } : { error: message };
}
