import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import type { Query } from '../api/path';
import type { RunContext } from '../api/runContext';
import { SamsaraApiError, toError } from '../common/errors';
import type { Equipment, Trailer, Vehicle } from '../api/types';
import { ASSET_QUERY } from './assets';
import { searchDrivers } from './drivers';
import { withEditorClient } from './editorClient';
import { MIN_RESULTS, namedEntry, searchPages } from './search';

type Asset = Partial<Vehicle & Trailer & Equipment & { assetSerial: string; serialNumber: string }>;

const ASSET_LISTS: Array<{ label: string; path: string; query?: Query }> = [
	{ label: 'Vehicle', path: '/fleet/vehicles' },
	{ label: 'Trailer', path: '/fleet/trailers' },
	{ label: 'Equipment', path: '/fleet/equipment' },
	...['Unpowered', 'Uncategorized'].map((label) => ({
		label,
		path: '/assets',
		query: { ...ASSET_QUERY, type: label.toLowerCase() },
	})),
];

/** The drivers, or the vehicles, trailers, equipment and other assets, that an attribute can be assigned to. */
export async function searchAttributeEntities(
	this: ILoadOptionsFunctions,
	filter?: string,
	token?: string,
): Promise<INodeListSearchResult> {
	return this.getCurrentNodeParameter('entityType') === 'asset'
		? await withEditorClient(this, async (run) => await searchAssetLists(run, filter, token))
		: await searchDrivers.call(this, filter, token);
}

/**
 * Searches one list after another.
 *
 * @param token which list comes next, and the cursor within it: `1|MjkY`
 * @throws SamsaraApiError unless at least one list can be read: many tokens have only the scope for vehicles
 */
async function searchAssetLists(
	run: RunContext,
	filter?: string,
	token = '0|',
): Promise<INodeListSearchResult> {
	const [first, ...cursor] = token.split('|');
	const results: INodeListSearchItems[] = [];
	let after: string | undefined = cursor.join('|');
	let forbiddenError: unknown;
	let readableCount = 0;
	for (let n = Number(first); n < ASSET_LISTS.length; n++, after = undefined) {
		const { label, path, query = {} } = ASSET_LISTS[n];
		try {
			const entry = (asset: Asset) =>
				namedEntry(asset, [asset.licensePlate || serialOf(asset)], label);
			const page = await searchPages<Asset>(run, path, query, entry, filter, after);
			readableCount++;
			results.push(...page.results);
			if (page.paginationToken) {
				return { results, paginationToken: `${n}|${String(page.paginationToken)}` };
			}
		} catch (error) {
			if (!(error instanceof SamsaraApiError && error.status === 403)) throw toError(error);
			forbiddenError = error;
		}
		if (results.length >= MIN_RESULTS && n + 1 < ASSET_LISTS.length) {
			return { results, paginationToken: `${n + 1}|` };
		}
	}
	if (readableCount === 0 && forbiddenError && first === '0') throw toError(forbiddenError);
	return { results };
}

function serialOf(asset: Asset): string | undefined {
	return (
		asset.vin ||
		asset.trailerSerialNumber ||
		asset.assetSerial ||
		asset.equipmentSerialNumber ||
		asset.serialNumber
	);
}
