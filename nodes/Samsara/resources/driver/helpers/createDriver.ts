import { readDefinitions } from '../../../api/attributes';
import type { RunContext } from '../../../api/runContext';
import { clock, CLOCK_SKEW_MS } from '../../../api/clock';
import { SamsaraApiError } from '../../../api/samsaraApiError';
import { collect, PAGE_SIZE } from '../../../api/pagination';
import { path } from '../../../api/path';
import type { AttributeValues, Data, Driver } from '../../../api/types';
import { mergeAttributes } from '../../../fields/attribute/attributeMerge';
import type { AttributeInput } from '../../../fields/attribute/attributeValues';
import { addMissingValues } from '../../shared/addMissingValues';
import { lookUpByExternalIds } from '../../shared/externalIds';
import { getOrUndefined } from '../../shared/getOrUndefined';
import { readExistingAttributes } from '../../shared/existingAttributes';
import { mergedExternalIds } from '../../shared/updateHelpers';

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
	if (externalIds) {
		return await lookUpByExternalIds(
			externalIds,
			async (id) => await getOrUndefined<Driver>(run, path`/fleet/drivers/${id}`),
		);
	}
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
	const since = clock.now() - CLOCK_SKEW_MS;
	const { data } = await run.client.create<Data<Driver>>(
		DRIVERS_PATH,
		body,
		async () => await findCreatedDriver(run, input, since),
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
	const externalIds = mergedExternalIds(existing, input.externalIds);
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

/** The driver that a call left open may have made: nobody else has the username, and it is new. */
async function findCreatedDriver(
	run: RunContext,
	input: DriverInput,
	since: number,
): Promise<Data<Driver> | undefined> {
	const createdAfterTime = new Date(since).toISOString();
	const isCreatedDriver = ({ username, createdAtTime }: Driver) =>
		username === input.username && Date.parse(createdAtTime ?? '') >= since;
	const [external] = Object.entries(input.externalIds ?? {});
	const data = external
		? await getOrUndefined<Driver>(run, path`/fleet/drivers/${external.join(':')}`)
		: (
				await collect<Driver>(
					run.client,
					DRIVERS_PATH,
					{ limit: PAGE_SIZE, createdAfterTime },
					{ limit: 1, keep: isCreatedDriver },
				)
			)[0];
	return data && isCreatedDriver(data) ? { data } : undefined;
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
