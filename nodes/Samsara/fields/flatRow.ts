import type { IDataObject } from 'n8n-workflow';

/**
 * A row to which columns are added under the names that people gave them. A name that is already taken gets a
 * number, `Notes (2)`, so that two things of one name stay apart and none hides an ID or a status.
 */
export class FlatRow {
	private readonly taken: Set<string>;

	/** @param reserved columns of the node's own that this row has no value for, so that the next row's mean the same */
	constructor(
		readonly row: IDataObject,
		reserved: string[] = [],
	) {
		this.taken = new Set([...Object.keys(row), ...reserved]);
	}

	/** Adds a column; `undefined` and empty names are left out. */
	add(name: string, value: IDataObject[string]): void {
		if (value === undefined || name === '') return;
		let column = name;
		for (let n = 2; this.taken.has(column) || column in this.row; n++) column = `${name} (${n})`;
		this.taken.add(column);
		this.row[column] = value;
	}
}

/** Drops members without a value: an empty cell reads better than `null` or `[]`. */
export function compact(row: Record<string, unknown>): IDataObject {
	return Object.fromEntries(
		Object.entries(row).filter(
			([, value]) => value !== undefined && value !== null && value !== '',
		),
	) as IDataObject;
}
