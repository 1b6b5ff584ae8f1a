import {
	NodeApiError,
	NodeOperationError,
	type IExecuteFunctions,
	type INode,
	type JsonObject,
} from 'n8n-workflow';
import type { SamsaraApiError } from '../api/samsaraApiError';
import { InvalidInputError } from '../common/errors';

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
	const itemSuffix = itemIndex === undefined ? '' : ` [item ${itemIndex}]`;
	if (error instanceof InvalidInputError) {
		return new NodeOperationError(node, `${error.message}${itemSuffix}`, {
			description: error.description,
			itemIndex,
		});
	}
	if (isSamsaraApiError(error)) {
		const details: JsonObject = {
			message: error.message,
			endpoint: error.endpoint,
			status: error.status,
		};
		if (error.requestId) details.requestId = error.requestId;
		const nodeError = new NodeApiError(
			node,
			{ message: error.message },
			{
				message: `${error.message}${itemSuffix}`,
				description: error.description,
				httpCode: error.status === 0 ? undefined : String(error.status),
				itemIndex,
			},
		);
		nodeError.context.data = details;
		return nodeError;
	}
	const message = error instanceof Error ? error.message : String(error);
	return new NodeOperationError(node, `${message}${itemSuffix}`, { itemIndex });
}

/** By shape, because execution/ takes only types from api/. */
function isSamsaraApiError(error: unknown): error is SamsaraApiError {
	return error instanceof Error && error.name === 'SamsaraApiError';
}

/** True when the run itself is over: the person stopped it. */
export function isCancelled(context: IExecuteFunctions): boolean {
	return context.getExecutionCancelSignal?.()?.aborted === true;
}
