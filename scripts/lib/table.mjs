/**
 * Formats rows as plain text columns.
 *
 * @param {Record<string, unknown>[]} rows
 * @param {Record<string, string>} columns headings by property, in order
 */
export function table(rows, columns) {
	const names = Object.keys(columns);
	const lines = [columns, ...rows].map((row) => names.map((name) => String(row[name] ?? '')));
	const widths = names.map((_, index) => Math.max(...lines.map((line) => line[index].length)));
	const ruler = widths.map((width) => '-'.repeat(width));
	return [lines[0], ruler, ...lines.slice(1)]
		.map((line) =>
			line
				.map((cell, index) => cell.padEnd(widths[index]))
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}
