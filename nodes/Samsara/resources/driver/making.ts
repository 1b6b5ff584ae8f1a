import { definitionsOf } from '../../api/attributes';
import type { SamsaraClient } from '../../api/client';
import { clock, CLOCK_SKEW_MS } from '../../api/clock';
import { SamsaraFailure } from '../../api/failure';
import { collect, PAGE_SIZE } from '../../api/pages';
import { path } from '../../api/path';
import type { AttributeValues, Data, Driver } from '../../api/types';
import { mergedAttributes } from '../../fields/attributeMerge';
import type { GivenAttribute } from '../../fields/attributeValues';
import { addMissingValues } from '../shared/definitions';
import { lookUpByExternalIds } from '../shared/externalIds';
import { lookUp } from '../shared/lookUp';
import { presentAttributes } from '../shared/presentAttributes';
import { mergedExternalIds } from '../shared/updating';

/** A driver to be made. */
export interface DriverDraft {
	name: string;
	username: string;
	password: string;
	externalIds?: Record<string, string>;
}

const LIST = '/fleet/drivers';

/** The driver who is there already: by external ID where one is given, else by username. */
export async function findDriver(
	samsara: SamsaraClient,
	{ externalIds, username }: DriverDraft,
): Promise<Driver | undefined> {
	if (externalIds) {
		return await lookUpByExternalIds(
			externalIds,
			async (id) => await lookUp<Driver>(samsara, path`/fleet/drivers/${id}`),
		);
	}
	const made = (await madeHere(samsara)).get(username);
	return made ?? (await byUsername(samsara)).get(username);
}

/**
 * Makes a driver. Dates among the attributes are set by a second call: the first does not take them.
 *
 * @throws SamsaraFailure which says that the driver was made, when only the second call failed
 */
export async function makeDriver(
	samsara: SamsaraClient,
	draft: DriverDraft,
	given: GivenAttribute[],
): Promise<Driver> {
	const set = (of: GivenAttribute[]) =>
		mergedAttributes([], { given: of, cleared: [], mode: 'merge' }, [], true);
	set(given);
	const attributes = set(await addMissingValues(samsara, 'driver', given));
	const dates = attributes.filter(({ dateValues }) => dateValues);
	const first = attributes.filter(({ dateValues }) => !dateValues);
	const body = first.length > 0 ? { ...draft, attributes: first } : draft;
	const since = clock.now() - CLOCK_SKEW_MS;
	const { data } = await samsara.create<Data<Driver>>(
		LIST,
		body,
		async () => await findNew(samsara, draft, since),
	);
	const made = dates.length > 0 ? await setDates(samsara, data, [...first, ...dates]) : data;
	(await madeHere(samsara)).set(draft.username, made);
	return made;
}

/** Writes a draft to a driver who is there; the password and whatever the draft does not name stay. */
export async function updateDriver(
	samsara: SamsaraClient,
	there: Driver,
	draft: DriverDraft,
	given: GivenAttribute[],
): Promise<Driver> {
	const change: Partial<DriverDraft> = { ...draft };
	delete change.password;
	const externalIds = mergedExternalIds(there, draft.externalIds);
	const definitions = given.length > 0 ? await definitionsOf(samsara, 'driver') : [];
	const present =
		given.length > 0 ? await presentAttributes(samsara, 'driver', there, definitions) : [];
	const merged = (of: GivenAttribute[]) =>
		mergedAttributes(present, { given: of, cleared: [], mode: 'merge' }, definitions, false);
	merged(given);
	const settled = await addMissingValues(samsara, 'driver', given);
	const { data } = await samsara.patch<Data<Driver>>(path`/fleet/drivers/${String(there.id)}`, {
		...change,
		...(draft.externalIds && { externalIds }),
		...(given.length > 0 && { attributes: merged(settled) }),
	});
	return data;
}

async function setDates(samsara: SamsaraClient, made: Driver, attributes: AttributeValues[]) {
	const id = String(made.id);
	try {
		return (await samsara.patch<Data<Driver>>(path`/fleet/drivers/${id}`, { attributes })).data;
	} catch (error) {
		throw withoutDates(error, id);
	}
}

function withoutDates(error: unknown, id: string): Error {
	if (!(error instanceof SamsaraFailure)) return error as Error;
	return new SamsaraFailure({
		...error,
		message: `The driver was created with the ID ${id}, but the dates among the attributes were not set: ${error.message}`,
		advice: `Set them with the operation Set Attributes; creating again would be refused. ${error.advice}`,
	});
}

/** The driver that a call left open may have made: nobody else has the username, and it is new. */
async function findNew(
	samsara: SamsaraClient,
	draft: DriverDraft,
	since: number,
): Promise<Data<Driver> | undefined> {
	const createdAfterTime = new Date(since).toISOString();
	const isIt = ({ username, createdAtTime }: Driver) =>
		username === draft.username && Date.parse(createdAtTime ?? '') >= since;
	const [external] = Object.entries(draft.externalIds ?? {});
	const data = external
		? await lookUp<Driver>(samsara, path`/fleet/drivers/${external.join(':')}`)
		: (
				await collect<Driver>(
					samsara,
					LIST,
					{ limit: PAGE_SIZE, createdAfterTime },
					{ limit: 1, keep: isIt },
				)
			)[0];
	return data && isIt(data) ? { data } : undefined;
}

async function byUsername(samsara: SamsaraClient): Promise<Map<string, Driver>> {
	return await samsara.once('drivers by username', async () => {
		const known = new Map<string, Driver>();
		for (const driverActivationStatus of [undefined, 'deactivated']) {
			const query = { limit: PAGE_SIZE, driverActivationStatus };
			for (const driver of await collect<Driver>(samsara, LIST, query)) {
				known.set(driver.username ?? '', driver);
			}
		}
		return known;
	});
}

/** Drivers that this run has made, which the list, read once, may not hold. */
async function madeHere(samsara: SamsaraClient): Promise<Map<string, Driver>> {
	return await samsara.once('drivers made', async () => new Map<string, Driver>());
}
