import type { IDataObject } from 'n8n-workflow';

interface Columns {
	names: string[];
	/** Those that have a number in some row. */
	numeric: Set<string>;
}

/**
 * Gives the rows of each group the same columns in the same order. The order is that of the rows; a column that earlier rows
 * lack comes before the next one that they have. Where a row has no value, it gets null, or undefined in a column of
 * numbers: to n8n's IF node, null is less than 30.
 *
 * @param groupOf the group of a row; undefined leaves the row as it is
 * @returns the rows in the same order
 */
export function alignColumns(
	rows: IDataObject[],
	groupOf: (row: IDataObject) => string | undefined,
): IDataObject[] {
	const groups = new Map<string, Columns>();
	for (const row of rows) {
		const group = groupOf(row);
		if (group === undefined) continue;
		const columns = groups.get(group) ?? { names: Object.keys(row), numeric: new Set<string>() };
		groups.set(group, columns);
		for (const name in row) if (typeof row[name] === 'number') columns.numeric.add(name);
		if (!hasColumns(row, columns.names))
			columns.names = mergeNames(columns.names, Object.keys(row));
	}
	const templates = new Map(
		[...groups].map(([group, columns]) => [group, emptyRow(columns)] as const),
	);
	return rows.map((row) => {
		const group = groupOf(row);
		const columns = group === undefined ? undefined : groups.get(group);
		if (!columns || hasColumns(row, columns.names)) return row;
		const aligned = { ...templates.get(group!) };
		for (const name in row) aligned[name] = row[name];
		return aligned;
	});
}

/** Whether a row has just these columns in this order. Without a list of its names, because there may be 100,000 rows. */
function hasColumns(row: IDataObject, names: string[]): boolean {
	let count = 0;
	for (const name in row) if (name !== names[count++]) return false;
	return count === names.length;
}

function mergeNames(names: string[], own: string[]): string[] {
	let position = 0;
	const isIncluded = own.every((name) => (position = names.indexOf(name, position) + 1) > 0);
	if (isIncluded) return names;
	const known = new Set(names);
	const merged = [...names];
	own.forEach((name, index) => {
		if (known.has(name)) return;
		const next = own.slice(index + 1).find((other) => known.has(other));
		merged.splice(next === undefined ? merged.length : merged.indexOf(next), 0, name);
	});
	return merged;
}

function emptyRow({ names, numeric }: Columns): IDataObject {
	const row = nullRow(names);
	for (const name of numeric) row[name] = undefined;
	return row;
}

/** A row to copy: copies of a parsed object take much less time and memory than objects to which many columns are added. */
export function nullRow(names: string[]): IDataObject {
	const row = Object.fromEntries(names.map((name) => [name, null]));
	return JSON.parse(JSON.stringify(row)) as IDataObject;
}
