import { clock } from '../api/clock';
import { EARLIEST_RECORD_TIME, streamOf } from '../api/qualifications';
import { recentList } from '../api/recentLists';
import type { RunContext } from '../api/runContext';
import { isUuid } from '../common/ids';

/** An external ID with its key, e.g. `hrCardId:4711`. */
const EXTERNAL_ID = /^[^\s,:]+:[^,]+$/;

/** What the value of an external ID usually looks like. */
const EXTERNAL_ID_VALUE = /^(?=.*\d)[^\s,:]{3,}$/;

/** If Samsara rejects unknown IDs, each key takes two calls. */
const MAX_KEYS = 5;

/** The IDs and external IDs of records that a search may stand for. Of an external ID, people often know only the value. */
export async function recordIdsIn(run: RunContext, text: string): Promise<string[]> {
	if (isUuid(text)) return [text.toLowerCase()];
	if (EXTERNAL_ID.test(text)) return [text];
	if (!EXTERNAL_ID_VALUE.test(text)) return [];
	const keys = await recentList(run, 'external ID keys', async () => await readKeys(run));
	return keys.slice(0, MAX_KEYS).map((key) => `${key}:${text}`);
}

/** The keys of external IDs, as far as one page of drivers' and one of assets' records shows them. */
async function readKeys(run: RunContext): Promise<string[]> {
	const keys = new Set<string>();
	for (const entityType of ['worker', 'asset'] as const) {
		const pages = streamOf(run, { entityType })(Date.parse(EARLIEST_RECORD_TIME), clock.now());
		for await (const { rows } of pages) {
			for (const { externalIds } of rows)
				for (const key of Object.keys(externalIds ?? {})) keys.add(key);
			break;
		}
	}
	return [...keys];
}
