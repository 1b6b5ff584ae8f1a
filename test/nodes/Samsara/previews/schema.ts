import type { IDataObject } from 'n8n-workflow';

/** JSON Schema as in n8n's own nodes: without `required`, and with the version of the preview. */
export interface Preview extends Shape {
	version: 1;
}

export interface Shape {
	type: string | string[];
	properties?: Record<string, Shape>;
	items?: Shape;
	additionalProperties?: { description: string };
}

/**
 * The schema of some rows.
 *
 * @param isOwn whether a column is named by the account, e.g. an attribute; such columns are left out
 * @param columns a description of such columns, used in their place
 */
export function previewOf(
	rows: IDataObject[],
	isOwn: (column: string) => boolean,
	columns: string,
): Preview {
	const fixed = rows.map((row) =>
		Object.fromEntries(Object.entries(row).filter(([column]) => !isOwn(column))),
	);
	const preview: Preview = { ...shapeOf(fixed), version: 1 };
	const { type, properties, version } = preview;
	return rows.some((row) => Object.keys(row).some(isOwn))
		? { type, properties, additionalProperties: { description: columns }, version }
		: preview;
}

function shapeOf(values: unknown[]): Shape {
	const types = [...new Set(values.map(typeOf))].sort().reverse();
	const type = types.length === 1 ? types[0] : types;
	if (types.includes('object')) {
		const objects = values.filter((value) => typeOf(value) === 'object') as IDataObject[];
		const properties = inOrder(objects.map((object) => Object.keys(object))).map(
			(name) =>
				[
					name,
					shapeOf(objects.filter((object) => name in object).map((object) => object[name])),
				] as const,
		);
		return { type, properties: Object.fromEntries(properties) };
	}
	if (types.includes('array')) return { type, items: shapeOf(values.flat()) };
	return { type };
}

function typeOf(value: unknown): string {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'array' : typeof value;
}

/** Each name once, in the order of the rows that have it. */
function inOrder(rows: string[][]): string[] {
	const names: string[] = [];
	for (const row of rows) {
		row.forEach((name, index) => {
			if (!names.includes(name)) names.splice(names.indexOf(row[index - 1]) + 1, 0, name);
		});
	}
	return names;
}
