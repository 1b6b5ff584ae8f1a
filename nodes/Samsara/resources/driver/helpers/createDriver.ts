import type { RunContext } from '../../../api/runContext';
import { CLOCK_SKEW_MS, SERVER_SKEW_MS } from '../../../api/clock';
import { explainFailure } from '../../../common/errors';
import { collect, PAGE_SIZE } from '../../../api/pagination';
import type { AttributeValues, Data, Driver } from '../../../api/types';
import { externalIdStrings, mergeExternalIds } from '../../../common/ids';
import type { AttributeInput } from '../../../fields/attribute/attributeValues';
import { driverAdapter } from '../../shared/entityAdapters';
import { findByExternalId, findByExternalIds } from '../../shared/findByExternalIds';
import { attributesToSend } from '../../shared/existingAttributes';
import { saveDriver } from './saveDriver';

/** The fields of a driver to create. */
export interface DriverInput {
	name: string;
	username: string;
	password: string;
	externalIds?: Record<string, string>;
}

const DRIVERS_PATH = '/fleet/drivers';

/** Finds an existing driver by external ID or, without external IDs, by username. */
export async function findDriver(
	run: RunContext,
	{ externalIds, username }: DriverInput,
): Promise<Driver | undefined> {
	if (externalIds) return await findByExternalIds(run, driverAdapter, externalIds);
	const created = run.written.driversByUsername.get(username);
	return created ?? (await driversByUsername(run)).get(username);
}

/**
 * Creates a driver. Date attributes are set by a second request, because the first does not accept them.
 *
 * @throws SamsaraApiError that says that the driver was created, if only the second request failed
 */
export async function createDriver(
	run: RunContext,
	input: DriverInput,
	attributeInputs: AttributeInput[],
): Promise<Driver> {
	const attributes =
		(await attributesToSend(run, driverAdapter, { attributes: [] }, attributeInputs)) ?? [];
	const dateAttributes = attributes.filter(({ dateValues }) => dateValues);
	const otherAttributes = attributes.filter(({ dateValues }) => !dateValues);
	// A null removes something, which a new driver does not have.
	const fields = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null));
	const body = otherAttributes.length > 0 ? { ...fields, attributes: otherAttributes } : fields;
	const { data } = await run.client.create<Data<Driver>>(
		DRIVERS_PATH,
		body,
		async (sent) => await findCreatedDriver(run, input, sent),
	);
	const created =
		dateAttributes.length > 0
			? await setDateAttributes(run, data, [...otherAttributes, ...dateAttributes])
			: data;
	run.written.driversByUsername.set(input.username, created);
	return created;
}

/** Updates an existing driver. The password and all fields without a new value stay as they are. */
export async function updateDriver(
	run: RunContext,
	existing: Driver,
	input: DriverInput,
	attributeInputs: AttributeInput[],
): Promise<Driver> {
	const changes: Partial<DriverInput> = { ...input };
	delete changes.password;
	const attributes = await attributesToSend(run, driverAdapter, existing, attributeInputs);
	const updated = await saveDriver(run, String(existing.id), {
		...changes,
		...(input.externalIds && { externalIds: mergeExternalIds(existing, input.externalIds) }),
		...(attributes && { attributes }),
	});
	// The next item with this username must not send the attributes from before.
	const latest = { attributes: attributes ?? existing.attributes, ...updated };
	run.written.driversByUsername.set(input.username, latest);
	return updated;
}

async function setDateAttributes(run: RunContext, created: Driver, attributes: AttributeValues[]) {
	const id = String(created.id);
	return await explainFailure(
		async () => await driverAdapter.update(run, id, { attributes }),
		(failure) =>
			failure.with({
				message: `The driver was created with the ID ${id}, but the date attributes were not set: ${failure.message}`,
				description: `Set them with the operation Set Attributes. Samsara would refuse to create the driver again. ${failure.description}`,
			}),
	);
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
	const [externalId] = externalIdStrings(input.externalIds ?? {});
	const driver = externalId
		? await findByExternalId(run, driverAdapter, externalId)
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
