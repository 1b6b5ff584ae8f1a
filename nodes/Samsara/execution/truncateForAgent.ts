import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/** In characters of JSON, some 10,000 tokens: n8n hands an agent everything in one text. */
const MAX_ANSWER_CHARS = 40_000;

/**
 * What an AI agent gets of many rows: as many as it can take in, and then how many there are. Workflows get them all.
 */
export function truncateForAgent(
	n8n: IExecuteFunctions,
	rows: INodeExecutionData[],
): INodeExecutionData[] {
	if (n8n.isToolExecution?.() !== true) return rows;
	let remaining = MAX_ANSWER_CHARS;
	const firstOmitted = rows.findIndex(({ json }) => (remaining -= JSON.stringify(json).length) < 0);
	if (firstOmitted === -1) return rows;
	const shownRows = rows.slice(0, Math.max(firstOmitted, 1));
	if (shownRows.length === rows.length) return rows;
	const note = `These are the first ${shownRows.length} of ${rows.length} rows. Ask for less: with filters, or a lower limit.`;
	return [...shownRows, { json: { note }, pairedItem: shownRows[0].pairedItem }];
}
