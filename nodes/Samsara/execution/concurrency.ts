import type { IExecuteFunctions } from 'n8n-workflow';
import { toNumber } from '../common/coercion';
import { Cancelled } from '../common/errors';
import { settle } from '../common/settle';

/** How many items are worked on at a time by default. */
const DEFAULT_CONCURRENCY = 10;

/** More would only use memory: at Samsara's rate limits it would not be faster. */
const MAX_CONCURRENCY = 50;

/**
 * Calls `callback` for every item, at most `concurrency` at a time, and returns the outcomes in the order of the items.
 * Once the execution is cancelled, or after a failure without `continueOnFail`, no further item is started, and those never
 * started are left out.
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
			stopped ||= output instanceof Cancelled || (output instanceof Error && !continueOnFail);
		}
	};
	await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, worker));
	return outputs;
}

/** Returns a function that starts tasks in the order they are added, at most `concurrency` at a time. */
export function limiter(concurrency: number): <T>(task: () => Promise<T>) => Promise<T> {
	const waiting: Array<() => void> = [];
	let free = concurrency;
	return async (task) => {
		if (free > 0) free--;
		else await new Promise<void>((resolve) => waiting.push(resolve));
		try {
			return await task();
		} finally {
			const next = waiting.shift();
			if (next) next();
			else free++;
		}
	};
}

/** The request options of the first item, which apply to all items. Version 1.0.0 stored them in 'options'. */
export function requestValues(n8n: IExecuteFunctions): Record<string, unknown> {
	return {
		...firstOptions(n8n),
		...Object(n8n.getNodeParameter('requestOptions', 0, {})),
	} as Record<string, unknown>;
}

/**
 * The collection 'Options' of the first item; empty if one of its expressions fails. That item then reports it, and the
 * others are not affected.
 */
export function firstOptions(n8n: IExecuteFunctions): Record<string, unknown> {
	try {
		return Object(n8n.getNodeParameter('options', 0, {})) as Record<string, unknown>;
	} catch {
		return {};
	}
}

/** How many items to work on at a time, from the option of the node. */
export function concurrency(n8n: IExecuteFunctions): number {
	const requested = Math.trunc(toNumber(requestValues(n8n).concurrency ?? DEFAULT_CONCURRENCY));
	return Number.isFinite(requested)
		? Math.min(Math.max(requested, 1), MAX_CONCURRENCY)
		: DEFAULT_CONCURRENCY;
}
