import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { Item } from './item';

/** What an operation gives for one item: a row, several rows, or whole n8n items (with binary data). */
export type Output = object | object[] | FileRows;

/** Rows that carry files. */
export class FileRows {
	constructor(readonly rows: Array<Pick<INodeExecutionData, 'json' | 'binary'>>) {}
}

interface OperationDescription {
	/** In the drop-down, Title Case. */
	name: string;
	/** Stored in workflows: never renamed. */
	value: string;
	/** In the node panel, sentence case without articles. */
	action: string;
	/** Below the drop-down's entry; what an AI agent reads to choose it. */
	description: string;
	/** The form, without display conditions for resource and operation: those are added. */
	properties: INodeProperties[];
}

/** Handles items one by one, several at a time. */
export interface ItemOperation extends OperationDescription {
	execute(item: Item): Promise<Output>;
}

/** Handles all items at once, where one call serves many, and answers item by item, in their order. */
export interface BatchOperation extends OperationDescription {
	executeAll(items: Item[]): Promise<Array<Output | Error>>;
}

export type Operation = ItemOperation | BatchOperation;

export interface Resource {
	/** In the drop-down, Title Case. */
	name: string;
	/** Stored in workflows: never renamed. */
	value: string;
	/** Operations in the order of the drop-down; the first is the default. */
	operations: Operation[];
	/** The `value` of the operation chosen at first. */
	defaultOperation: string;
}
