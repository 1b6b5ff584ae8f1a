import { randomBytes } from 'node:crypto';

/** The options that cannot be changed after the start. */
interface StartOptions {
	/** A realistic fleet (default) or an empty organization. */
	seed?: 'fleet' | 'empty';
	drivers?: number;
	vehicles?: number;
	trailers?: number;
	equipment?: number;
	/** The number of assets that are unpowered or uncategorized in turn; none by default. */
	otherAssets?: number;
	/** The number of qualification records, up to 100,000; 120 by default. */
	records?: number;
	/**
	 * The number of additional text attributes for drivers and for assets, which are assigned to the last driver, vehicle,
	 * trailer and piece of equipment. With 20 or more, these exceed the limit of attributes per entity.
	 */
	extraAttributes?: number;
	/** The ports on 127.0.0.1; 0 (default) uses any free port. */
	port?: number;
	controlPort?: number;
}

/** The options that can be changed while the simulator runs. Times are in milliseconds. */
export interface Settings {
	/** The accepted bearer token; by default a random one. */
	token: string;
	/** The scopes of the token, e.g. `['Read Drivers']`; all scopes by default. */
	scopes?: string[];
	/** How long OAuth 2.0 access tokens are accepted; one hour by default. */
	accessTokenLifetimeMs: number;
	/** After how many calls an access token expires; any number by default. */
	accessTokenCalls?: number;
	/** Whether a refresh token works once (default) or until the connection ends. */
	refreshTokens: 'single-use' | 'reusable';
	/** What happens when a refresh token that was used is used again: it is refused (default), or it ends the connection. */
	refreshTokenReuse: 'refuse' | 'revoke';
	/** The effect of `attributes` in a PATCH of a driver or vehicle, which the vendor does not document. */
	attributeWrites: 'merge' | 'replace';
	/** The effect of `entities` and value lists in PATCH /attributes/{id}, which the vendor does not document. */
	attributeEntities: 'merge' | 'replace';
	/**
	 * The values of an attribute's entities if the attribute is free text. `null` is what the OpenAPI document says for `text`
	 * and `freeform-multi-select`; `actual` (default) returns the actual values.
	 */
	attributeEntityValues: 'actual' | 'null';
	/**
	 * What empties the date of birth, the static vehicle and the group tags of a driver, which the vendor does not document;
	 * any other of these values is refused. `ignored` refuses none of them and changes nothing.
	 */
	driverClearing: '' | '0' | 'null' | 'ignored';
	/** What a PATCH of a driver does with carrier settings that it does not list; undocumented. */
	carrierSettings: 'merge' | 'replace';
	/** Whether a new record without an expiration date gets one, a year after its issue date, as types can be set up to do. */
	fillsExpiration: boolean;
	/** What a PATCH of a record does with external IDs that it does not list; undocumented. */
	recordExternalIds: 'merge' | 'replace';
	/**
	 * How a PATCH of a driver or asset removes an external ID, which the vendor does not document: by an empty string or null
	 * (`any`, the default), only by one of them, by null while an empty string is stored as it is (`literal`), by leaving it
	 * out (`omission`), or not at all (`never`).
	 */
	externalIdRemoval: 'any' | 'empty' | 'null' | 'literal' | 'omission' | 'never';
	/** Who has created and changed what is written through the API: a user (default) or a driver. */
	apiActor: 'user' | 'driver';
	/**
	 * Whether responses to creating and changing an asset include its external IDs, tags and attributes (default), which GET
	 * includes only on request. Undocumented.
	 */
	assetResponses: 'complete' | 'bare';
	/** Whether GET /assets heeds `includeAttributes`, which the published OpenAPI document does not have. */
	assetAttributes: boolean;
	/** Whether the bodies of qualification writes, and `id` of asset writes, can be an external ID. */
	externalIdsEverywhere: boolean;
	/** Whether the stream without an end time goes on forever (default) or ends like a list. */
	streamWithoutEnd: 'endless' | 'ends';
	/** How several attribute conditions can be sent: in any way (default), or only in one of these. */
	attributeConditions: 'any' | 'semicolon' | 'repeated';
	/** Whether a driver whose attributes change counts as changed; true by default. */
	attributesCountAsChange: boolean;
	/** How many hours the dates of records in responses are ahead of those that were sent; 0 by default. */
	recordDateShiftHours: number;
	/**
	 * What a cursor contains: the last row of the page (default), or the number of rows so far, so that rows that are added,
	 * deleted or moved between two requests shift the pages.
	 */
	pagination: 'cursor' | 'offset';
	/**
	 * How responses represent empty lists and objects. `none` (default): as documented, where empty tags and external IDs of an
	 * entity are omitted. `empty`: all lists and maps are present. `null`: null replaces all of them, including `data`, the
	 * value objects of other types, and the members of `pagination` on the last page. `missing`: all of them are omitted.
	 */
	nulls: 'none' | 'empty' | 'null' | 'missing';
	/**
	 * Whether lists repeat entries: the last entry of each page appears twice, and again at the start of the next page.
	 */
	repeatEntries: boolean;
	/**
	 * The body of responses that have none in the API (archive, unarchive and all deletes), e.g. `""`, `null`, `true` or `OK`;
	 * none by default. With a body, a 204 becomes a 200.
	 */
	emptyBody: string;
	rateLimits: boolean;
	/** The speed of the rate limit clock relative to real time. */
	clockSpeed: number;
	/** How far all times and the Date header are ahead of `now`, or behind if negative. */
	clockOffsetMs: number;
	latencyMs: number;
	mediaProcessingMs: number;
	mediaUrlLifetimeMs: number;
	/** The page size of requests without `limit`. */
	pageSize?: number;
	now: () => Date;
}

/** The options of `startSimulator`, all of which are optional. */
export type SimulatorOptions = StartOptions & Partial<Settings>;

/** Adds the default settings. */
export function settingsFrom(options: SimulatorOptions): Settings {
	return {
		token: options.token ?? `samsara_sim_${randomBytes(15).toString('hex')}`,
		scopes: options.scopes,
		accessTokenLifetimeMs: options.accessTokenLifetimeMs ?? 3_600_000,
		accessTokenCalls: options.accessTokenCalls,
		refreshTokens: options.refreshTokens ?? 'single-use',
		refreshTokenReuse: options.refreshTokenReuse ?? 'refuse',
		attributeWrites: options.attributeWrites ?? 'replace',
		attributeEntities: options.attributeEntities ?? 'replace',
		attributeEntityValues: options.attributeEntityValues ?? 'actual',
		driverClearing: options.driverClearing ?? '',
		carrierSettings: options.carrierSettings ?? 'replace',
		fillsExpiration: options.fillsExpiration ?? false,
		recordExternalIds: options.recordExternalIds ?? 'merge',
		externalIdRemoval: options.externalIdRemoval ?? 'any',
		assetResponses: options.assetResponses ?? 'complete',
		assetAttributes: options.assetAttributes ?? true,
		apiActor: options.apiActor ?? 'user',
		externalIdsEverywhere: options.externalIdsEverywhere ?? true,
		streamWithoutEnd: options.streamWithoutEnd ?? 'endless',
		attributeConditions: options.attributeConditions ?? 'any',
		attributesCountAsChange: options.attributesCountAsChange ?? true,
		recordDateShiftHours: options.recordDateShiftHours ?? 0,
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

/** The time of the simulator's clock. */
export function clockOf({ now, clockOffsetMs }: Settings): Date {
	return new Date(now().getTime() + clockOffsetMs);
}
