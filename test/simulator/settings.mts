import { randomBytes } from 'node:crypto';

/** What `startSimulator` takes; every member is optional. Times are milliseconds. */
export interface SimulatorOptions {
	/** A believable fleet (default) or an organisation with nothing in it. */
	seed?: 'fleet' | 'empty';
	drivers?: number;
	vehicles?: number;
	trailers?: number;
	equipment?: number;
	/** Qualification records, up to 100,000; about 120 by default. */
	records?: number;
	/** The bearer token that is accepted; a random fake one by default. */
	token?: string;
	/** The scopes the token has, e.g. `['Read Drivers']`; all of them by default. */
	scopes?: string[];
	/** What `attributes` on PATCH of a driver or vehicle means: undocumented by the vendor. */
	attributeWrites?: 'merge' | 'replace';
	/** What `entities` and value lists on PATCH /attributes/{id} mean: undocumented by the vendor. */
	attributeEntities?: 'merge' | 'replace';
	/** Whether bodies of qualification writes may name records and owners by external id. */
	externalIdsEverywhere?: boolean;
	rateLimits?: boolean;
	/** How many times faster than real time the rate-limit clock runs. */
	clockSpeed?: number;
	latencyMs?: number;
	mediaProcessingMs?: number;
	mediaUrlLifetimeMs?: number;
	/** The size of pages that a request does not size itself with `limit`. */
	pageSize?: number;
	now?: () => Date;
	/** Ports on 127.0.0.1; 0 (default) takes any free one. */
	port?: number;
	controlPort?: number;
}

/** The options that may be changed while the simulator runs. No `scopes` means all of them. */
export interface Settings {
	token: string;
	scopes?: string[];
	attributeWrites: 'merge' | 'replace';
	attributeEntities: 'merge' | 'replace';
	externalIdsEverywhere: boolean;
	rateLimits: boolean;
	clockSpeed: number;
	latencyMs: number;
	mediaProcessingMs: number;
	mediaUrlLifetimeMs: number;
	pageSize?: number;
	now: () => Date;
}

/** Fills in the defaults. */
export function settingsFrom(options: SimulatorOptions): Settings {
	return {
		token: options.token ?? `samsara_sim_${randomBytes(15).toString('hex')}`,
		scopes: options.scopes,
		attributeWrites: options.attributeWrites ?? 'replace',
		attributeEntities: options.attributeEntities ?? 'replace',
		externalIdsEverywhere: options.externalIdsEverywhere ?? true,
		rateLimits: options.rateLimits ?? false,
		clockSpeed: options.clockSpeed ?? 1,
		latencyMs: options.latencyMs ?? 0,
		mediaProcessingMs: options.mediaProcessingMs ?? 200,
		mediaUrlLifetimeMs: options.mediaUrlLifetimeMs ?? 60_000,
		pageSize: options.pageSize,
		now: options.now ?? (() => new Date()),
	};
}
