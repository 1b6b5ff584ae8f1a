import { readSaved } from './files.mts';
import type { NodeResult, Request } from './run';

/** Headers that requests have today, but not in the recording. */
export const ADDED_HEADERS: Record<string, string> = {
	// The API version, as in the requests of the vendor's SDK.
	'x-samsara-version': '2025-06-11',
};

interface Difference {
	reason: string;
	change: (recorded: NodeResult) => void;
}

/** The headers of a request without a body. */
const GET_HEADERS = {
	accept: 'application/json',
	'accept-encoding': 'gzip, compress, deflate, br',
};

/** @param readOf the request for an owner */
function ownerName(readOf: (ownerId: string) => Pick<Request, 'path' | 'query'>): Difference {
	return {
		reason:
			'Rows of written records have the name of the owner, like those of Get Many. It is read by ID, after the write.',
		change({ requests, rows }) {
			const { ownerId } = (rows[0] as { json: { ownerId: string } }).json;
			requests.push({ method: 'GET', headers: GET_HEADERS, ...readOf(ownerId) });
		},
	};
}

const DRIVER_NAME = ownerName((id) => ({ path: `/fleet/drivers/${id}` }));

const ASSET_NAME = ownerName((ids) => ({
	path: '/assets',
	query: { ids, includeExternalIds: 'true' },
}));

/**
 * Intended differences of saved nodes by their names in nodes.json (for a trigger, with the poll): the reason, and a function
 * that updates the recording. Rows that only have additional columns need no entry.
 */
const DIFFERENCES: Record<string, Difference> = {
	'qualificationRecord/getAll expiring': {
		reason: 'An archived card needs no renewal, so only active records count as expiring.',
		change(recorded) {
			recorded.rows = recorded.rows.filter(
				({ json }) => (json as { status: string }).status === 'active',
			);
		},
	},
	'attribute/update': {
		reason:
			'A name must be unique across drivers and assets, so a new name is checked against both.',
		change({ requests }) {
			const list = requests.find(({ path }) => path === '/attributes')!;
			requests.push({ ...list, query: { ...(list.query as object), entityType: 'asset' } });
		},
	},
	'qualificationRecord/create': DRIVER_NAME,
	'qualificationRecord/create of an asset': ASSET_NAME,
	'qualificationRecord/update': DRIVER_NAME,
	'qualificationRecord/update of the date alone': DRIVER_NAME,
	'qualificationRecord/upsert': DRIVER_NAME,
	'qualificationRecord/upsert by external ID': DRIVER_NAME,
};

/** A trigger that reads all records starts where Get Many does. Samsara was founded in 2015, so neither misses a record. */
const OLD_START = '2010-01-01T00:00:00.000Z';
const START = '2015-01-01T00:00:00Z';

const MINUTE_MS = 60_000;

const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * Updates the time window of a request for records. In version 1.0.0 it ended at n8n's current time, which hid the latest
 * records if n8n's clock was behind. Today it ends a day later, and a trigger's first poll starts a day earlier. Times that a
 * user entered stay unchanged.
 */
function updateWindow(name: string, query: Record<string, string>): void {
	const { startTime, endTime } = query;
	const isNow = endTime.endsWith('.000Z');
	const lookBack = Date.parse(endTime) - Date.parse(startTime);
	const looksBack = name.endsWith(', first poll') && lookBack === 10 * MINUTE_MS;
	query.endTime = isNow ? shift(endTime, DAY_MS) : endTime;
	query.startTime =
		startTime === OLD_START ? START : shift(startTime, looksBack ? lookBack - DAY_MS : 0);
}

function shift(time: string, milliseconds: number): string {
	return new Date(Date.parse(time) + milliseconds).toISOString().replace('.000Z', 'Z');
}

/** Rows of drivers and assets have a column per attribute, in the order of the account, which is read once per run. */
const ROWS_WITH_ATTRIBUTES =
	/^(driver|vehicle|trailer|equipment)\/(create|get|getAll|update)\b(?!.*without attributes)/;

function addAttributes(name: string, { requests, rows }: NodeResult): void {
	const isSimplified = rows.every(
		({ json }) => typeof (json as { tags?: unknown }).tags !== 'object',
	);
	const resource = ROWS_WITH_ATTRIBUTES.exec(name)?.[1];
	if (!resource || !isSimplified || requests.some(({ path }) => path === '/attributes')) return;
	const entityType = resource === 'driver' ? 'driver' : 'asset';
	requests.push({
		method: 'GET',
		path: '/attributes',
		query: { entityType, limit: '512' },
		headers: GET_HEADERS,
	});
}

/** A trigger reads the owners of a few records by ID, because the lists of all owners may take longer than a poll. */
function readOwnersById(name: string, recorded: NodeResult): void {
	if (!name.endsWith(' poll')) return;
	const rows = recorded.rows.map(
		({ json }) => json as { ownerId?: string; record?: { owner: { id: string } } },
	);
	const owners = [...new Set(rows.map(({ ownerId, record }) => ownerId ?? record!.owner.id))];
	const { drivers } = readSaved<{ drivers: Array<{ id: string }> }>('1.0.0/account.json');
	const isDriver = (owner: string) => drivers.some(({ id }) => id === owner);
	const get = { method: 'GET', headers: GET_HEADERS };
	recorded.requests = recorded.requests.flatMap((request) => {
		if (request.path === '/fleet/drivers')
			return owners.filter(isDriver).map((id) => ({ ...get, path: `/fleet/drivers/${id}` }));
		if (request.path !== '/assets') return [request];
		const ids = owners.filter((id) => !isDriver(id)).join(',');
		return [{ ...request, query: { ids, includeExternalIds: 'true' } }];
	});
}

/** The expected result of a saved node today, based on the recording. */
export function expectedToday(name: string, recorded: NodeResult): NodeResult {
	addAttributes(name, recorded);
	readOwnersById(name, recorded);
	DIFFERENCES[name]?.change(recorded);
	for (const { path, query } of recorded.requests)
		if (path === '/qualification-records/stream')
			updateWindow(name, query as Record<string, string>);
	return recorded;
}
