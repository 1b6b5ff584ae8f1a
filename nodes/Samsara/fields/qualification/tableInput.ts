import { randomUUID } from 'crypto';
import { jsonParse } from 'n8n-workflow';
import { InvalidInputError } from '../../common/errors';
import type { QualificationColumn, TableCellInput } from '../../api/types';
import { findColumn, isBlank, quoteList } from './formFields';
import { simpleValue } from './simpleValue';

/**
 * The rows of a table: a list of objects whose members are named like the columns, or of lists in the order of the
 * columns; as JSON text too. Empty cells are left out.
 *
 * @throws InvalidInputError for what is no such list, an unknown column, or a cell that does not go with its column
 */
export function tableRows(
	columns: QualificationColumn[],
	value: unknown,
	name: string,
	zone: string,
): Array<{ id: string; cells: TableCellInput[] }> {
	return rowsOf(value, name).map((row, number) => ({
		id: randomUUID(),
		cells: cellsOf(columns, row, `${name}, row ${number + 1}`).map(({ column, cell, label }) => ({
			id: column.id,
			type: column.type,
			...simpleValue(column, cell, label, zone),
		})),
	}));
}

function rowsOf(value: unknown, name: string): object[] {
	const parsed =
		typeof value === 'string' ? jsonParse<unknown>(value, { fallbackValue: '' }) : value;
	const rows: unknown[] = Array.isArray(parsed) ? parsed : [parsed];
	return rows.map((row) => {
		if (typeof row === 'object' && row !== null) return row;
		throw new InvalidInputError(
			`'${name}' is not a list of rows`,
			`Give '${name}' a JSON list with an object a row, whose members are named like the columns.`,
		);
	});
}

interface Cell {
	column: QualificationColumn;
	cell: unknown;
	/** `Violations, row 2, Date`: how messages name the cell. */
	label: string;
}

function cellsOf(columns: QualificationColumn[], row: object, rowLabel: string): Cell[] {
	const cells: Cell[] = [];
	for (const [key, cell] of Object.entries(row) as Array<[string, unknown]>) {
		if (isBlank(cell)) continue;
		const column = Array.isArray(row) ? columns[Number(key)] : findColumn(columns, key);
		if (column === undefined) {
			throw new InvalidInputError(
				Array.isArray(row)
					? `'${rowLabel}' has more cells than the table has columns`
					: `'${rowLabel}' has no column '${key}'`,
				`The columns are ${quoteList(columns.map(({ label }) => label))}.`,
			);
		}
		if (cells.some((other) => other.column === column)) {
			throw new InvalidInputError(
				`'${rowLabel}' gives the column '${column.label}' twice`,
				'Give each column once in a row.',
			);
		}
		cells.push({ column, cell, label: `${rowLabel}, ${column.label}` });
	}
	return cells;
}
