import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import type { SamsaraClient } from '../api/client';
import { SamsaraFailure } from '../api/failure';
import type { Equipment, Trailer, Vehicle } from '../api/types';
import { asError } from '../asError';
import { searchDrivers } from './drivers';
import { inEditor } from './editor';
import { searchPages } from './search';

type Asset = Pick<Vehicle & Trailer & Equipment, 'id' | 'name' | 'licensePlate' | 'externalIds'>;

const KINDS = [
	{ kind: 'Vehicle', path: '/fleet/vehicles' },
	{ kind: 'Trailer', path: '/fleet/trailers' },
	{ kind: 'Equipment', path: '/fleet/equipment' },
];

/** One portion of the list is enough for a screen. */
const ENOUGH = 50;

/** What an attribute of the chosen entity type can be given to: drivers, or vehicles, trailers and equipment in turn. */
export async function searchAttributeEntities(
	this: ILoadOptionsFunctions,
	filter?: string,
	token?: string,
): Promise<INodeListSearchResult> {
	return this.getCurrentNodeParameter('entityType') === 'asset'
		? await inEditor(this, async (samsara) => await searchAssets(samsara, filter, token))
		: await searchDrivers.call(this, filter, token);
}

/**
 * @param token which kind comes next, and the cursor within it: `1|MjkY`
 * @throws SamsaraFailure unless at least one kind can be read: a token often has the scope of vehicles only
 */
async function searchAssets(
	samsara: SamsaraClient,
	filter?: string,
	token = '0|',
): Promise<INodeListSearchResult> {
	const [first, ...cursor] = token.split('|');
	const results: INodeListSearchItems[] = [];
	let after: string | undefined = cursor.join('|');
	let refused: unknown;
	let read = 0;
	for (let n = Number(first); n < KINDS.length; n++, after = undefined) {
		const { kind, path } = KINDS[n];
		try {
			const entry = (asset: Asset) => ({
				name: [asset.name, asset.licensePlate, kind].filter(Boolean).join(' · '),
				value: String(asset.id),
				keywords: Object.values(asset.externalIds ?? {}).map(String),
			});
			const portion = await searchPages<Asset>(samsara, path, {}, entry, filter, after);
			read++;
			results.push(...portion.results);
			if (portion.paginationToken) {
				return { results, paginationToken: `${n}|${String(portion.paginationToken)}` };
			}
		} catch (error) {
			if (!(error instanceof SamsaraFailure && error.status === 403)) throw asError(error);
			refused = error;
		}
		if (results.length >= ENOUGH && n + 1 < KINDS.length) {
			return { results, paginationToken: `${n + 1}|` };
		}
	}
	if (read === 0 && refused && first === '0') throw asError(refused);
	return { results };
}
