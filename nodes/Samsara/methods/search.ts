import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import type { RunContext } from '../api/runContext';
import { PAGE_SIZE, type Page } from '../api/pagination';
import type { Query } from '../api/path';
import { normalize } from '../common/coercion';
import { withEditorClient } from './editorClient';

export interface Entry extends INodeListSearchItems {
	/** Other texts that a search covers, e.g. license number, VIN, external IDs. */
	keywords?: Array<string | undefined>;
	/** The name with as few details as tell it from others. */
	label?: string;
}

/**
 * A driver or asset by name and details, which tell it from others of the same name. Without details, its external ID or
 * ID does.
 *
 * @param kind shown last
 */
export function namedEntry(
	{ id, name, externalIds }: { id?: unknown; name?: string; externalIds?: object },
	details: Array<string | undefined>,
	kind?: string,
): Entry {
	const value = String(id);
	const keywords = Object.values(externalIds ?? {}).map(String);
	const shown = details.filter(Boolean);
	if (shown.length === 0) shown.push(keywords[0] ?? value);
	const join = (...texts: Array<string | undefined>) => texts.filter(Boolean).join(' · ');
	return { name: join(name, ...shown, kind), value, keywords, label: join(name, shown[0]) };
}

/** Enough to fill one screen of a pick list; more are loaded when the user scrolls. */
export const MIN_RESULTS = 50;

/** The function that n8n calls for a pick list, with the search text and the token of the previous page. */
type SearchableList = (
	this: ILoadOptionsFunctions,
	filter?: string,
	token?: string,
) => Promise<INodeListSearchResult>;

/** A pick list of the entries at a path. */
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
 * One page of a pick list. Samsara has no search by name, so its pages are read until enough entries match.
 *
 * @param token the cursor at which the previous page ended
 */
export async function searchPages<T>(
	run: RunContext,
	path: string,
	query: Query,
	toEntry: (row: T) => Entry,
	filter = '',
	token?: string,
): Promise<INodeListSearchResult> {
	// Keyed by value, because pages may overlap if entries are added or removed in the meantime.
	const results = new Map<INodeListSearchItems['value'], INodeListSearchItems>();
	let after = token;
	do {
		const page: Page<T> = await run.client.get(path, { limit: PAGE_SIZE, ...query, after });
		for (const row of page.data) {
			const { name, value, keywords = [] } = toEntry(row);
			if (matches([name, String(value), ...keywords], filter)) results.set(value, { name, value });
		}
		after = page.pagination?.hasNextPage ? page.pagination.endCursor : undefined;
	} while (after && results.size < MIN_RESULTS);
	return { results: [...results.values()], paginationToken: after };
}

/** True if every word of the filter occurs in one of the texts, ignoring case. */
export function matches(texts: Array<string | undefined>, filter: string): boolean {
	const allTexts = normalize(texts.join('\n'));
	return wordsOf(filter).every((word) => allTexts.includes(word));
}

/** The words of a filter, normalized. Of an external ID like `payrollId:ABFS18600`, only the value is searched for. */
export function wordsOf(filter: string): string[] {
	const words = normalize(filter).split(/\s+/);
	return words.filter(Boolean).map((word) => word.replace(/^[^:]+:(?=.)/, ''));
}
