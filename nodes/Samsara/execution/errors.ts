import {
	NodeApiError,
	NodeOperationError,
	type IExecuteFunctions,
	type INode,
	type JsonObject,
} from 'n8n-workflow';
import { InvalidInputError, SamsaraApiError } from '../common/errors';
import { failureOf } from './failure';

/**
 * Turns whatever an operation threw into n8n's error, with message, description, item and the declared cause. The message names the item as
 * well, because emails of error workflows contain only the message. n8n's editor recognizes this form and doesn't repeat it.
 */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	const nodeError = nodeErrorOf(node, error, itemIndex);
	nodeError.failure ??= failureOf(error);
	return nodeError;
}

function nodeErrorOf(node: INode, error: unknown, itemIndex?: number) {
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
	if (error instanceof SamsaraApiError) {
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

/** True if the user stopped the execution. */
export function isCancelled(context: IExecuteFunctions): boolean {
	return context.getExecutionCancelSignal?.()?.aborted === true;
}
