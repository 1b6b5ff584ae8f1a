import { readDefinitions } from '../../../api/attributes';
import type { RunContext } from '../../../api/runContext';
import { CLOCK_SKEW_MS, SERVER_SKEW_MS } from '../../../api/clock';
import { SamsaraApiError } from '../../../api/samsaraApiError';
import { collect, PAGE_SIZE } from '../../../api/pagination';
import { path } from '../../../api/path';
import type { AttributeValues, Data, Driver } from '../../../api/types';
import { mergeAttributes } from '../../../fields/attribute/attributeMerge';
import { mergeExternalIds } from '../../../fields/externalIds';
import type { AttributeInput } from '../../../fields/attribute/attributeValues';
import { addMissingValues } from '../../shared/addMissingValues';
import { findByExternalId, findByExternalIds } from '../../shared/externalIds';
import { readExistingAttributes } from '../../shared/existingAttributes';

/** A driver to be made. */
export interface DriverInput {
	name: string;
	username: string;
	password: string;
	externalIds?: Record<string, string>;
}

const DRIVERS_PATH = '/fleet/drivers';

/** The driver who is there already: by external ID where one is given, else by username. */
export async function findDriver(
	run: RunContext,
	{ externalIds, username }: DriverInput,
): Promise<Driver | undefined> {
	if (externalIds) return await findByExternalIds<Driver>(run, DRIVERS_PATH, externalIds);
	const created = run.written.driversByUsername.get(username);
	return created ?? (await driversByUsername(run)).get(username);
}

/**
 * Makes a driver. Dates among the attributes are set by a second call: the first does not take them.
 *
 * @throws SamsaraApiError which says that the driver was made, when only the second call failed
 */
export async function createDriver(
	run: RunContext,
	input: DriverInput,
	attributeInputs: AttributeInput[],
): Promise<Driver> {
	const toAttributes = (inputs: AttributeInput[]) =>
		mergeAttributes([], { inputs, cleared: [], mode: 'merge' }, [], true);
	toAttributes(attributeInputs);
	const attributes = toAttributes(await addMissingValues(run, 'driver', attributeInputs));
	const dates = attributes.filter(({ dateValues }) => dateValues);
	const first = attributes.filter(({ dateValues }) => !dateValues);
	const body = first.length > 0 ? { ...input, attributes: first } : input;
	const { data } = await run.client.create<Data<Driver>>(
		DRIVERS_PATH,
		body,
		async (sent) => await findCreatedDriver(run, input, sent),
	);
	const created =
		dates.length > 0 ? await setDateAttributes(run, data, [...first, ...dates]) : data;
	run.written.driversByUsername.set(input.username, created);
	return created;
}

/** Writes a draft to a driver who is there; the password and whatever the draft does not name stay. */
export async function updateDriver(
	run: RunContext,
	existing: Driver,
	input: DriverInput,
	attributeInputs: AttributeInput[],
): Promise<Driver> {
	const change: Partial<DriverInput> = { ...input };
	delete change.password;
	const externalIds = mergeExternalIds(existing, input.externalIds);
	const definitions = attributeInputs.length > 0 ? await readDefinitions(run, 'driver') : [];
	const existingAttributes =
		attributeInputs.length > 0
			? await readExistingAttributes(run, 'driver', existing, definitions)
			: [];
	const mergeWith = (inputs: AttributeInput[]) =>
		mergeAttributes(existingAttributes, { inputs, cleared: [], mode: 'merge' }, definitions, false);
	mergeWith(attributeInputs);
	const resolvedInputs = await addMissingValues(run, 'driver', attributeInputs);
	const { data } = await run.client.patch<Data<Driver>>(
		path`/fleet/drivers/${String(existing.id)}`,
		{
			...change,
			...(input.externalIds && { externalIds }),
			...(attributeInputs.length > 0 && { attributes: mergeWith(resolvedInputs) }),
		},
	);
	return data;
}

async function setDateAttributes(run: RunContext, created: Driver, attributes: AttributeValues[]) {
	const id = String(created.id);
	try {
		return (await run.client.patch<Data<Driver>>(path`/fleet/drivers/${id}`, { attributes })).data;
	} catch (error) {
		throw datesNotSetError(error, id);
	}
}

function datesNotSetError(error: unknown, id: string): Error {
	if (!(error instanceof SamsaraApiError)) return error as Error;
	return new SamsaraApiError({
		...error,
		message: `The driver was created with the ID ${id}, but the dates among the attributes were not set: ${error.message}`,
		description: `Set them with the operation Set Attributes; creating again would be refused. ${error.description}`,
	});
}

/**
 * Finds the driver that a create request without a response may have created. No two drivers have the same username, so
 * one with this username that is older than the request makes Samsara refuse the request when it is repeated.
 *
 * @param sent when the request was sent, on our clock
 * @throws Error if it is unclear whether the request created the driver that has the username
 */
async function findCreatedDriver(
	run: RunContext,
	input: DriverInput,
	sent: number,
): Promise<Data<Driver> | undefined> {
	const earliest = (run.client.timeAtSamsara(sent) ?? sent) - CLOCK_SKEW_MS;
	const [external] = Object.entries(input.externalIds ?? {});
	const driver = external
		? await findByExternalId<Driver>(run, DRIVERS_PATH, external.join(':'))
		: await findRecentDriver(run, input.username, earliest);
	if (driver?.username !== input.username) return undefined;
	if (driver.id === run.written.driversByUsername.get(input.username)?.id) return undefined;
	const createdAt = Date.parse(driver.createdAtTime ?? '');
	const startedAt = run.client.timeAtSamsara(sent);
	if (startedAt !== undefined && createdAt >= startedAt - SERVER_SKEW_MS) return { data: driver };
	if (createdAt < (startedAt === undefined ? earliest : startedAt)) return undefined;
	throw new Error('A driver has the username, and may or may not come from this request');
}

async function findRecentDriver(run: RunContext, username: string, earliest: number) {
	const query = { limit: PAGE_SIZE, createdAfterTime: new Date(earliest).toISOString() };
	const [driver] = await collect<Driver>(run.client, DRIVERS_PATH, query, {
		limit: 1,
		keep: (candidate) => candidate.username === username,
	});
	return driver;
}

async function driversByUsername(run: RunContext): Promise<Map<string, Driver>> {
	return await run.cache.driversByUsername.get('all', async () => {
		const drivers = new Map<string, Driver>();
		for (const driverActivationStatus of [undefined, 'deactivated']) {
			const query = { limit: PAGE_SIZE, driverActivationStatus };
			for (const driver of await collect<Driver>(run.client, DRIVERS_PATH, query)) {
				drivers.set(driver.username ?? '', driver);
			}
		}
		return drivers;
	});
}
