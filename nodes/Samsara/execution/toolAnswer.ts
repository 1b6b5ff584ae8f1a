import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/** In characters of JSON, some 10,000 tokens: n8n hands an agent everything in one text. */
const LONGEST_ANSWER = 40_000;

/**
 * What an AI agent gets of many rows: as many as it can take in, and then how many there are. Workflows get them all.
 */
export function forAgents(
	n8n: IExecuteFunctions,
	rows: INodeExecutionData[],
): INodeExecutionData[] {
	if (n8n.isToolExecution?.() !== true) return rows;
	let left = LONGEST_ANSWER;
	const end = rows.findIndex(({ json }) => (left -= JSON.stringify(json).length) < 0);
	if (end === -1) return rows;
	const shown = rows.slice(0, Math.max(end, 1));
	if (shown.length === rows.length) return rows;
	const note = `These are the first ${shown.length} of ${rows.length} rows. Ask for less: with filters, or a lower limit.`;
	return [...shown, { json: { note }, pairedItem: shown[0].pairedItem }];
}
