import type { IPollFunctions } from 'n8n-workflow';
import { CLIENT_DEFAULTS, type ClientOptions } from '../api/client';
import { clock } from '../api/clock';

/** The share of the budget for reading records. The rest is for calls in progress, and for the names of the owners. */
const READING_SHARE = 0.6;

/** After this share of the budget, the names of the owners are left out. */
const NAMES_SHARE = 0.7;

/** The share of the budget that one call may take with its retries. */
const CALL_SHARE = 0.25;

/** How a poll ends before n8n abandons it and discards what it has read. */
export interface PollBudget {
	isTimeUp: () => boolean;
	isTimeForNamesUp: () => boolean;
	clientOptions: Partial<ClientOptions>;
}

/** From 2.39 on, n8n says how long a poll may take. Earlier versions never abandon a poll. */
export function pollBudget(n8n: IPollFunctions): PollBudget {
	const { getPollBudgetMs } = n8n as Partial<IPollFunctions>;
	if (!getPollBudgetMs)
		return { isTimeUp: () => false, isTimeForNamesUp: () => false, clientOptions: {} };
	const budget = getPollBudgetMs.call(n8n);
	const start = clock.monotonic();
	const isPast = (share: number) => clock.monotonic() >= start + budget * share;
	return {
		isTimeUp: () => isPast(READING_SHARE),
		isTimeForNamesUp: () => isPast(NAMES_SHARE),
		clientOptions: {
			seconds: Math.min(CLIENT_DEFAULTS.seconds, (budget * CALL_SHARE) / 1000),
			timeout: Math.min(CLIENT_DEFAULTS.timeout, budget * CALL_SHARE),
		},
	};
}
