import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

/** In characters of JSON, about 10,000 tokens: n8n passes all rows to an agent as one text. */
const MAX_OUTPUT_CHARS = 40_000;

/**
 * Limits the rows for an AI agent to what it can process, and adds a note with their number. Workflows get all rows, and
 * also the columns without a value, which would only take room here.
 */
export function truncateForAgent(outputItems: INodeExecutionData[]): INodeExecutionData[] {
	const rows = outputItems.map((item) => ({ ...item, json: withoutNulls(item.json) }));
	let remaining = MAX_OUTPUT_CHARS;
	const firstOmitted = rows.findIndex(({ json }) => (remaining -= JSON.stringify(json).length) < 0);
	if (firstOmitted === -1) return rows;
	const shownRows = rows.slice(0, Math.max(firstOmitted, 1));
	if (shownRows.length === rows.length) return rows;
	const note = `These are the first ${shownRows.length} of ${rows.length} rows. Use filters or a lower limit to get fewer.`;
	return [...shownRows, { json: { note }, pairedItem: shownRows[0].pairedItem }];
}

function withoutNulls(row: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}
