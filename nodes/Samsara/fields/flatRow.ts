import type { IDataObject } from 'n8n-workflow';

const NONE: ReadonlySet<string> = new Set();

/**
 * A row that gets columns with names chosen by users. A name that is already taken gets a number, e.g. `Notes (2)`, so that
 * no column replaces another.
 */
export class FlatRow {
	/** @param reserved the node's own column names: even without a value in this row, they stay reserved for all rows */
	constructor(
		readonly row: IDataObject,
		private readonly reserved = NONE,
	) {}

	/** Adds a column, unless the value is undefined or the name is empty. */
	add(name: string, value: IDataObject[string]): void {
		if (value === undefined || name === '') return;
		let column = name;
		for (let n = 2; this.reserved.has(column) || column in this.row; n++) column = `${name} (${n})`;
		this.row[column] = value;
	}
}

/** Drops columns that are undefined, null or empty: an empty cell reads better than `null`. */
export function compact(row: Record<string, unknown>): IDataObject {
	return Object.fromEntries(
		Object.entries(row).filter(
			([, value]) => value !== undefined && value !== null && value !== '',
		),
	) as IDataObject;
}

/** Replaces columns that are undefined or empty by null, so that every row has them. Changes and returns the row. */
export function withNulls(row: Record<string, unknown>): IDataObject {
	for (const column of Object.keys(row)) {
		if (row[column] === undefined || row[column] === '') row[column] = null;
	}
	return row as IDataObject;
}
