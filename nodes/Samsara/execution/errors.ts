import {
	NodeApiError,
	NodeOperationError,
	type IExecuteFunctions,
	type INode,
	type JsonObject,
} from 'n8n-workflow';
import type { SamsaraFailure } from '../api/failure';
import { Refusal } from '../refusal';

/**
 * n8n's error for whatever an operation threw: message, what to do, the item. The item stands in the message too, in
 * the form that n8n's editor recognises and does not repeat, because e-mails of error workflows hold the message alone.
 */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		error.context.itemIndex ??= itemIndex;
		return error;
	}
	const place = itemIndex === undefined ? '' : ` [item ${itemIndex}]`;
	if (error instanceof Refusal) {
		return new NodeOperationError(node, `${error.message}${place}`, {
			description: error.advice,
			itemIndex,
		});
	}
	if (isFailure(error)) {
		const details: JsonObject = {
			message: error.message,
			endpoint: error.endpoint,
			status: error.status,
		};
		if (error.requestId) details.requestId = error.requestId;
		const shown = new NodeApiError(
			node,
			{ message: error.message },
			{
				message: `${error.message}${place}`,
				description: error.advice,
				httpCode: error.status === 0 ? undefined : String(error.status),
				itemIndex,
			},
		);
		shown.context.data = details;
		return shown;
	}
	const message = error instanceof Error ? error.message : String(error);
	return new NodeOperationError(node, `${message}${place}`, { itemIndex });
}

/** By shape, because execution/ takes only types from api/. */
function isFailure(error: unknown): error is SamsaraFailure {
	return error instanceof Error && error.name === 'SamsaraFailure';
}

/** True when the run itself is over: the person stopped it. */
export function isCancelled(context: IExecuteFunctions): boolean {
	return context.getExecutionCancelSignal?.()?.aborted === true;
}
