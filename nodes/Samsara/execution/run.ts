import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';
import type { RunContext } from '../api/runContext';
import { alignColumns } from '../common/alignColumns';
import { Cancelled } from '../common/errors';
import { concurrency, mapWithConcurrency } from './concurrency';
import { isCancelled, toNodeError } from './errors';
import { Item } from './item';
import { FileRows, type Operation } from './operation';
import { truncateForAgent } from './truncateForAgent';

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
		const isStopped = isCancelled(n8n);
		const error = toNodeError(n8n.getNode(), isStopped ? new Cancelled() : failure, item);
		if (!continueOnFail || isStopped) throw error;
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
 * n8n sends items with exactly these two members to the error output. If an item carried the error object itself, n8n
 * would keep only its message.
 */
function errorRow({ message, description }: NodeApiError | NodeOperationError): IDataObject {
	return description ? { error: message, message: description } : { error: message };
}
