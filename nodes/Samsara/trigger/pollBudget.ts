import type { IPollFunctions } from 'n8n-workflow';
import type { ClientOptions } from '../api/client';
import { clock } from '../api/clock';

/** The share of the budget for reading records. The rest is for calls in progress, and for the names of the owners. */
const READING_SHARE = 0.6;

/** The share of the budget that one call may take with its retries. */
const CALL_SHARE = 0.25;

const MAX_CALL_SECONDS = 900;
const MAX_TIMEOUT_MS = 60_000;

/** How a poll ends before n8n abandons it and discards what it has read. */
export interface PollBudget {
	isTimeUp: () => boolean;
	clientOptions: Partial<ClientOptions>;
}

/** n8n tells the time that a poll may take from 2.39 on. Before that, polls are never abandoned. */
export function pollBudget(n8n: IPollFunctions): PollBudget {
	const { getPollBudgetMs } = n8n as Partial<IPollFunctions>;
	if (!getPollBudgetMs) return { isTimeUp: () => false, clientOptions: {} };
	const budget = getPollBudgetMs.call(n8n);
	const end = clock.monotonic() + budget * READING_SHARE;
	return {
		isTimeUp: () => clock.monotonic() >= end,
		clientOptions: {
			seconds: Math.min(MAX_CALL_SECONDS, (budget * CALL_SHARE) / 1000),
			timeout: Math.min(MAX_TIMEOUT_MS, budget * CALL_SHARE),
		},
	};
}
