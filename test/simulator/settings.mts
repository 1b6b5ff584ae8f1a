import { randomBytes } from 'node:crypto';

/** What the seed and the ports are made of, which cannot be changed later. */
interface Start {
	/** A believable fleet (default) or an organisation with nothing in it. */
	seed?: 'fleet' | 'empty';
	drivers?: number;
	vehicles?: number;
	trailers?: number;
	equipment?: number;
	/** Qualification records, up to 100,000; about 120 by default. */
	records?: number;
	/**
	 * So many text attributes more for drivers and for assets, all of them on the last driver and the
	 * last asset of each kind; with 20 or more, these hold more than an entity can be given.
	 */
	extraAttributes?: number;
	/** Ports on 127.0.0.1; 0 (default) takes any free one. */
	port?: number;
	controlPort?: number;
}

/** The options that may be changed while the simulator runs. Times are milliseconds. */
export interface Settings {
	/** The bearer token that is accepted; a random fake one by default. */
	token: string;
	/** The scopes the token has, e.g. `['Read Drivers']`; all of them by default. */
	scopes?: string[];
	/** What `attributes` on PATCH of a driver or vehicle means: undocumented by the vendor. */
	attributeWrites: 'merge' | 'replace';
	/** What `entities` and value lists on PATCH /attributes/{id} mean: undocumented by the vendor. */
	attributeEntities: 'merge' | 'replace';
	/**
	 * Which values the entities of an attribute of free text show. `null` is what the OpenAPI
	 * documents for `text` and `freeform-multi-select`; `given` (default) shows what they hold.
	 */
	attributeEntityValues: 'given' | 'null';
	/** What `externalIds` on PATCH of a record means for the keys it does not name: undocumented. */
	recordExternalIds: 'merge' | 'replace';
	/** Whether bodies of qualification writes may name records and owners by external id. */
	externalIdsEverywhere: boolean;
	/**
	 * What a cursor stands for: the row behind which the next page begins (default), or how many
	 * rows were answered, so that pages shift when rows come, go or move between two of them.
	 */
	pagination: 'cursor' | 'offset';
	/**
	 * How answers say of a list or an object that nothing is in it. `none` (default): as documented,
	 * where tags and external ids of an entity are left out. `empty`: every list and map is there.
	 * `null`: null in place of each, also `data`, the value objects of other types, and what
	 * `pagination` has behind the last page. `missing`: none of these members is there.
	 */
	nulls: 'none' | 'empty' | 'null' | 'missing';
	/**
	 * Whether lists repeat entries: the last one of each page comes twice, and once more at the
	 * beginning of the next page.
	 */
	repeatEntries: boolean;
	/**
	 * The text that is answered where the API answers no body (archive, unarchive and all deletes),
	 * e.g. `""`, `null`, `true` or `OK`; none by default. A 204 becomes a 200 with it.
	 */
	emptyBody: string;
	rateLimits: boolean;
	/** How many times faster than real time the rate-limit clock runs. */
	clockSpeed: number;
	/** How far this clock is ahead of `now` (behind when negative): all times and the Date header. */
	clockOffsetMs: number;
	latencyMs: number;
	mediaProcessingMs: number;
	mediaUrlLifetimeMs: number;
	/** The size of pages that a request does not size itself with `limit`. */
	pageSize?: number;
	now: () => Date;
}

/** What `startSimulator` takes; every member is optional. */
export type SimulatorOptions = Start & Partial<Settings>;

/** Fills in the defaults. */
export function settingsFrom(options: SimulatorOptions): Settings {
	return {
		token: options.token ?? `samsara_sim_${randomBytes(15).toString('hex')}`,
		scopes: options.scopes,
		attributeWrites: options.attributeWrites ?? 'replace',
		attributeEntities: options.attributeEntities ?? 'replace',
		attributeEntityValues: options.attributeEntityValues ?? 'given',
		recordExternalIds: options.recordExternalIds ?? 'merge',
		externalIdsEverywhere: options.externalIdsEverywhere ?? true,
		pagination: options.pagination ?? 'cursor',
		nulls: options.nulls ?? 'none',
		repeatEntries: options.repeatEntries ?? false,
		emptyBody: options.emptyBody ?? '',
		rateLimits: options.rateLimits ?? false,
		clockSpeed: options.clockSpeed ?? 1,
		clockOffsetMs: options.clockOffsetMs ?? 0,
		latencyMs: options.latencyMs ?? 0,
		mediaProcessingMs: options.mediaProcessingMs ?? 200,
		mediaUrlLifetimeMs: options.mediaUrlLifetimeMs ?? 60_000,
		pageSize: options.pageSize,
		now: options.now ?? (() => new Date()),
	};
}

/** The time on the simulator's own clock. */
export function clockOf({ now, clockOffsetMs }: Settings): Date {
	return new Date(now().getTime() + clockOffsetMs);
}
