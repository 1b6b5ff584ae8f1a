/** A limit of `calls` calls within any `seconds` seconds. */
export interface RateLimit {
	calls: number;
	seconds: number;
}

export interface Endpoint {
	/** Method and path template, e.g. `GET /fleet/drivers/{id}`. Identifies the endpoint in messages and rate limits. */
	name: string;
	/** The token scope that the endpoint requires, as the dashboard calls it. */
	scope: string;
	rateLimit?: RateLimit;
	/** True if making the same call twice creates two things. */
	creates: boolean;
}

/** Samsara's documented limit per token, for all endpoints together. The limit per organization is 200 per second. */
export const TOKEN_RATE_LIMIT: RateLimit = { calls: 150, seconds: 1 };

const perMinute100: RateLimit = { calls: 100, seconds: 60 };
const perSecond5: RateLimit = { calls: 5, seconds: 1 };
const perSecond25: RateLimit = { calls: 25, seconds: 1 };

const QUALIFICATIONS_READ = 'Read Qualification Records';
const QUALIFICATIONS_WRITE = 'Write Qualification Records';

/** Rate limits are per organization and endpoint, as documented. Without one, only the limit per token applies. */
const table: Array<[name: string, scope: string, rateLimit?: RateLimit]> = [
	['GET /me', 'Read Org Information'],
	['GET /tags', 'Read Tags'],
	['GET /attributes', 'Read Attributes'],
	['POST /attributes', 'Write Attributes'],
	['GET /attributes/{id}', 'Read Attributes'],
	['PATCH /attributes/{id}', 'Write Attributes'],
	['DELETE /attributes/{id}', 'Write Attributes'],
	['GET /fleet/drivers', 'Read Drivers'],
	['POST /fleet/drivers', 'Write Drivers'],
	['POST /fleet/drivers/remote-sign-out', 'Write Driver Remote Signout', perMinute100],
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
	['POST /assets', 'Write Assets', perMinute100],
	['PATCH /assets', 'Write Assets', perMinute100],
	['DELETE /assets', 'Write Assets', perMinute100],
	['GET /qualification-types', QUALIFICATIONS_READ, perSecond5],
	['GET /qualification-records', QUALIFICATIONS_READ, perSecond5],
	['GET /qualification-records/stream', QUALIFICATIONS_READ, perSecond5],
	['POST /qualification-records', QUALIFICATIONS_WRITE, perMinute100],
	['PATCH /qualification-records', QUALIFICATIONS_WRITE, perMinute100],
	['DELETE /qualification-records', QUALIFICATIONS_WRITE, perMinute100],
	['POST /qualification-records/archive', QUALIFICATIONS_WRITE, perMinute100],
	['POST /qualification-records/unarchive', QUALIFICATIONS_WRITE, perMinute100],
];

/** POSTs that change a state instead of creating something. They are safe to repeat. */
const STATE_CHANGES = /(archive|sign-out)$/;

const endpoints = table.map(([name, scope, rateLimit]) => ({
	name,
	scope,
	rateLimit,
	creates: name.startsWith('POST') && !STATE_CHANGES.test(name),
	pattern: new RegExp(`^${name.replace('{id}', '[^/]+')}$`),
}));

/**
 * Scope, rate limit and name of the endpoint of a call.
 *
 * @param method upper case
 * @param path without query, with encoded IDs
 * @throws Error for an endpoint that is not in the table, which is a bug
 */
export function endpointOf(method: string, path: string): Endpoint {
	const endpoint = endpoints.find(({ pattern }) => pattern.test(`${method} ${path}`));
	if (!endpoint)
		throw new Error(`Unknown Samsara endpoint: ${method} /${path.split('/')[1] ?? ''}`);
	return endpoint;
}
