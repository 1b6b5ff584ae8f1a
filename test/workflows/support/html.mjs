const ENTITIES = { '&lt;': '<', '&amp;': '&' };

const cells = (row, tag) =>
	[...row.matchAll(new RegExp(`<${tag}\\b[^>]*>(.*?)</${tag}>`, 'gs'))].map(([, text]) =>
		text.replaceAll(/&(lt|amp);/g, (entity) => ENTITIES[entity]),
	);

/**
 * Parses the only table in an email into one object per row.
 *
 * @param {string} html
 * @returns {Record<string, string>[]}
 */
export function parseTable(html) {
	const [header, ...body] = [...html.matchAll(/<tr\b[^>]*>(.*?)<\/tr>/gs)].map(([, row]) => row);
	const names = cells(header, 'th');
	return body.map((row) => {
		const values = cells(row, 'td');
		return Object.fromEntries(names.map((name, index) => [name, values[index]]));
	});
}
