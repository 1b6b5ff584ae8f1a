/**
 * Reads CSV with quoted cells into one object a row, by the header. A byte order mark, which n8n writes for
 * spreadsheet programs, is left out.
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
	for (let at = text.startsWith('\uFEFF') ? 1 : 0; at < text.length; at++) {
		const character = text[at];
		if (isQuoted && character === '"' && text[at + 1] === '"') cell += text[++at];
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
	return body.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index]])));
}
