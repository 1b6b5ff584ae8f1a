import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { Item } from './item';

/** The result of an operation for one item: a row, several rows, or rows with files. */
export type Output = object | object[] | FileRows;

/** Rows with files. */
export class FileRows {
	constructor(readonly rows: Array<Pick<INodeExecutionData, 'json' | 'binary'>>) {}
}

interface OperationDescription {
	/** The entry in the drop-down, in Title Case. */
	name: string;
	/** Stored in workflows, so never renamed. */
	value: string;
	/** The entry in the node panel, in sentence case. */
	action: string;
	/** Shown below the entry in the drop-down, and read by AI agents. */
	description: string;
	/** The parameters. Display conditions for resource and operation are added automatically. */
	properties: INodeProperties[];
}

/** Handles each item separately, several at a time. */
export interface ItemOperation extends OperationDescription {
	execute(item: Item): Promise<Output>;
}

/** Handles all items together, because one call serves many. Returns one output per item, in the same order. */
export interface BatchOperation extends OperationDescription {
	executeAll(items: Item[]): Promise<Array<Output | Error>>;
}

export type Operation = ItemOperation | BatchOperation;

export interface Resource {
	/** The entry in the drop-down, in Title Case. */
	name: string;
	/** Stored in workflows, so never renamed. */
	value: string;
	/** In the order of the drop-down. */
	operations: Operation[];
	/** The `value` of the operation that is selected by default. */
	defaultOperation: string;
}
