import { randomUUID } from 'crypto';
import { jsonParse } from 'n8n-workflow';
import { Refusal } from '../../refusal';
import type { QualificationColumn, TableCellInput } from '../../api/types';
import { columnNamed, isBlank, quoted } from './form';
import { simpleValue } from './values';

/**
 * The rows of a table: a list of objects whose members are named like the columns, or of lists in the order of the
 * columns; as JSON text too. Empty cells are left out.
 *
 * @throws Refusal for what is no such list, an unknown column, or a cell that does not go with its column
 */
export function tableRows(
	columns: QualificationColumn[],
	value: unknown,
	name: string,
	zone: string,
): Array<{ id: string; cells: TableCellInput[] }> {
	return rowsOf(value, name).map((row, number) => ({
		id: randomUUID(),
		cells: cellsOf(columns, row, `${name}, row ${number + 1}`).map(({ column, cell, place }) => ({
			id: column.id,
			type: column.type,
			...simpleValue(column, cell, place, zone),
		})),
	}));
}

function rowsOf(value: unknown, name: string): object[] {
	const parsed =
		typeof value === 'string' ? jsonParse<unknown>(value, { fallbackValue: '' }) : value;
	const rows: unknown[] = Array.isArray(parsed) ? parsed : [parsed];
	return rows.map((row) => {
		if (typeof row === 'object' && row !== null) return row;
		throw new Refusal(
			`'${name}' is not a list of rows`,
			`Give '${name}' a JSON list with an object a row, whose members are named like the columns.`,
		);
	});
}

interface Cell {
	column: QualificationColumn;
	cell: unknown;
	/** `Violations, row 2, Date`: how messages name the cell. */
	place: string;
}

function cellsOf(columns: QualificationColumn[], row: object, at: string): Cell[] {
	const cells: Cell[] = [];
	for (const [key, cell] of Object.entries(row) as Array<[string, unknown]>) {
		if (isBlank(cell)) continue;
		const column = Array.isArray(row) ? columns[Number(key)] : columnNamed(columns, key);
		if (column === undefined) {
			throw new Refusal(
				Array.isArray(row)
					? `'${at}' has more cells than the table has columns`
					: `'${at}' has no column '${key}'`,
				`The columns are ${quoted(columns.map(({ label }) => label))}.`,
			);
		}
		if (cells.some((known) => known.column === column)) {
			throw new Refusal(
				`'${at}' gives the column '${column.label}' twice`,
				'Give each column once in a row.',
			);
		}
		cells.push({ column, cell, place: `${at}, ${column.label}` });
	}
	return cells;
}
