import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import type { RunContext } from '../api/runContext';
import { PAGE_SIZE, type Page } from '../api/pagination';
import type { Query } from '../api/path';
import { withEditorClient } from './editorClient';

export interface Entry extends INodeListSearchItems {
	/** What a search looks through besides the name, e.g. licence number, VIN, external ids. */
	keywords?: Array<string | undefined>;
}

/** Enough for one screen of a pick list; more comes when the person scrolls. */
const MIN_RESULTS = 50;

/** What n8n calls for a pick list: what is typed, and where the last portion ended. */
type SearchableList = (
	this: ILoadOptionsFunctions,
	filter?: string,
	token?: string,
) => Promise<INodeListSearchResult>;

/** A pick list of the rows at a path. */
export function searchableList<T>(
	path: string,
	toEntry: (row: T) => Entry,
	query: Query = {},
): SearchableList {
	return async function (filter, token) {
		return await withEditorClient(
			this,
			async (run) => await searchPages<T>(run, path, query, toEntry, filter, token),
		);
	};
}

/**
 * One portion of a pick list. Samsara has no search by name, so pages are read until enough entries match.
 *
 * @param token the cursor that the last portion ended with
 */
export async function searchPages<T>(
	run: RunContext,
	path: string,
	query: Query,
	toEntry: (row: T) => Entry,
	filter = '',
	token?: string,
): Promise<INodeListSearchResult> {
	// By value: pages may overlap when something is added or removed meanwhile.
	const results = new Map<INodeListSearchItems['value'], INodeListSearchItems>();
	let after = token;
	do {
		const page: Page<T> = await run.client.get(path, { limit: PAGE_SIZE, ...query, after });
		for (const row of page.data) {
			const { keywords, ...entry } = toEntry(row);
			if (matches([entry.name, String(entry.value), ...(keywords ?? [])], filter))
				results.set(entry.value, entry);
		}
		after = page.pagination?.hasNextPage ? page.pagination.endCursor : undefined;
	} while (after && results.size < MIN_RESULTS);
	return { results: [...results.values()], paginationToken: after };
}

/** True when every word of the filter occurs in one of the texts, whatever its case. */
export function matches(texts: Array<string | undefined>, filter: string): boolean {
	const all = texts.join('\n').toLowerCase();
	return filter
		.toLowerCase()
		.split(/\s+/)
		.every((word) => all.includes(word));
}
