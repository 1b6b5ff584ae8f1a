/**
 * Parses CSV with quoted cells into one object per row. The byte order mark, which n8n writes for spreadsheet programs, is
 * ignored.
 *
 * @param {string} text
 * @returns {Record<string, string>[]}
 */
export function parseCsv(text) {
	const rows = [[]];
	let cell = '';
	let isQuoted = false;
	const endCell = () => {
		rows.at(-1).push(cell);
		cell = '';
	};
	for (let index = text.startsWith('\uFEFF') ? 1 : 0; index < text.length; index++) {
		const character = text[index];
		if (isQuoted && character === '"' && text[index + 1] === '"') cell += text[++index];
		else if (character === '"') isQuoted = !isQuoted;
		else if (isQuoted) cell += character;
		else if (character === ',') endCell();
		else if (character === '\n') {
			endCell();
			rows.push([]);
		} else if (character !== '\r') cell += character;
	}
	if (cell !== '' || rows.at(-1).length > 0) endCell();
	const [header, ...body] = rows.filter((row) => row.length > 0);
	return body.map((row) => Object.fromEntries(header.map((name, column) => [name, row[column]])));
}
