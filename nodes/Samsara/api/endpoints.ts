/** How many calls an endpoint takes: `calls` in any `seconds`. */
export interface RateLimit {
	calls: number;
	seconds: number;
}

export interface Endpoint {
	/** Method and template, e.g. `GET /fleet/drivers/{id}`: how messages and pacing name the endpoint. */
	name: string;
	/** The token scope that the endpoint asks for, in the dashboard's words. */
	scope: string;
	rateLimit?: RateLimit;
	/** True where the same call made twice makes two things. */
	creates: boolean;
}

const perMinute100: RateLimit = { calls: 100, seconds: 60 };
const perSecond5: RateLimit = { calls: 5, seconds: 1 };
const perSecond25: RateLimit = { calls: 25, seconds: 1 };

const QUALIFICATIONS_READ = 'Read Qualification Records';
const QUALIFICATIONS_WRITE = 'Write Qualification Records';

/** Tiers are the documented ones an organisation and endpoint; where none is stated only the limit of the token holds. */
const table: Array<[name: string, scope: string, tier?: RateLimit]> = [
	['GET /me', 'Read Org Information'],
	['GET /tags', 'Read Tags'],
	['GET /attributes', 'Read Attributes'],
	['POST /attributes', 'Write Attributes'],
	['GET /attributes/{id}', 'Read Attributes'],
	['PATCH /attributes/{id}', 'Write Attributes'],
	['DELETE /attributes/{id}', 'Write Attributes'],
	['GET /fleet/drivers', 'Read Drivers'],
	['POST /fleet/drivers', 'Write Drivers'],
	['GET /fleet/drivers/{id}', 'Read Drivers'],
	['PATCH /fleet/drivers/{id}', 'Write Drivers'],
	['GET /fleet/vehicles', 'Read Vehicles', perSecond25],
	['GET /fleet/vehicles/{id}', 'Read Vehicles'],
	['PATCH /fleet/vehicles/{id}', 'Write Vehicles'],
	['GET /fleet/trailers', 'Read Trailers', perSecond5],
	['POST /fleet/trailers', 'Write Trailers', perMinute100],
	['GET /fleet/trailers/{id}', 'Read Trailers', perSecond5],
	['PATCH /fleet/trailers/{id}', 'Write Trailers', perMinute100],
	['DELETE /fleet/trailers/{id}', 'Write Trailers', perMinute100],
	['GET /fleet/equipment', 'Read Equipment'],
	['GET /fleet/equipment/{id}', 'Read Equipment'],
	['PATCH /beta/fleet/equipment/{id}', 'Write Equipment', perMinute100],
	['GET /assets', 'Read Assets', perSecond5],
	['GET /qualification-types', QUALIFICATIONS_READ, perSecond5],
	['GET /qualification-records', QUALIFICATIONS_READ, perSecond5],
	['GET /qualification-records/stream', QUALIFICATIONS_READ, perSecond5],
	['POST /qualification-records', QUALIFICATIONS_WRITE, perMinute100],
	['PATCH /qualification-records', QUALIFICATIONS_WRITE, perMinute100],
	['DELETE /qualification-records', QUALIFICATIONS_WRITE, perMinute100],
	['POST /qualification-records/archive', QUALIFICATIONS_WRITE, perMinute100],
	['POST /qualification-records/unarchive', QUALIFICATIONS_WRITE, perMinute100],
];

/** POSTs that change a state rather than make a thing: harmless when repeated. */
const STATE_CHANGES = /archive$/;

const endpoints = table.map(([name, scope, rateLimit]) => ({
	name,
	scope,
	rateLimit,
	creates: name.startsWith('POST') && !STATE_CHANGES.test(name),
	pattern: new RegExp(`^${name.replace('{id}', '[^/]+')}$`),
}));

/**
 * What is known of the endpoint behind a call.
 *
 * @param method upper case
 * @param path without query, ids already encoded
 * @throws Error for an endpoint that is not in the table: a slip of ours, not of the person's
 */
export function endpointOf(method: string, path: string): Endpoint {
	const endpoint = endpoints.find(({ pattern }) => pattern.test(`${method} ${path}`));
	if (!endpoint)
		throw new Error(`No Samsara endpoint ${method} ${path.split('/')[1] ?? ''} is known`);
	return endpoint;
}
