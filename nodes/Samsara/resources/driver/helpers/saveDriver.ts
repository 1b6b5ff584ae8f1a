import type { RunContext } from '../../../api/runContext';
import type { Driver } from '../../../api/types';
import { InvalidInputError } from '../../../common/errors';
import { isExternalId } from '../../../common/ids';
import { clearWith } from '../../shared/clearWith';
import { driverAdapter } from '../../shared/entityAdapters';
import type { EntityFields } from '../../shared/entityFields';
import { driverFieldSpecs } from './fields';

/** Fields for which Samsara does not document how to clear them. Responses call them the same, without `Id`. */
const CLEARABLE = [
	'dateOfBirth',
	'peerGroupTagId',
	'staticAssignedVehicleId',
	'trailerGroupTagId',
	'vehicleGroupTagId',
];

/** What may clear a field. For vehicles, 0 removes the driver. */
const EMPTY_VALUES = ['', null, '0'];

/**
 * Updates a driver. The carrier details that the driver has are sent along with new ones, because it is not documented
 * whether Samsara merges them. What is to be cleared is sent last, field by field.
 */
export async function saveDriver(
	run: RunContext,
	id: string,
	changes: EntityFields,
): Promise<Driver> {
	const cleared = CLEARABLE.filter((name) => changes[name] === '');
	const others = Object.fromEntries(
		Object.entries(changes).filter(([name]) => !cleared.includes(name)),
	);
	const { carrierSettings } = others;
	if (cleared.length === 0 && !carrierSettings) return await driverAdapter.update(run, id, changes);
	return await run.locks.withLock(`driver fields ${id}`, async () => {
		const existing = await driverAdapter.read(run, id);
		// Items may name one driver by different IDs, but must wait for each other.
		const ownId = String(existing.id);
		if (isExternalId(id) && ownId !== id) return await saveDriver(run, ownId, changes);
		if (carrierSettings)
			others.carrierSettings = { ...existing.carrierSettings, ...carrierSettings };
		const isChanged = Object.keys(others).length > 0;
		let driver = isChanged ? await driverAdapter.update(run, id, others) : existing;
		for (const name of cleared)
			if (hasValue(existing, name)) driver = await clearField(run, id, name);
		return driver;
	});
}

/** @throws InvalidInputError if the field keeps its value, or SamsaraApiError */
async function clearField(run: RunContext, id: string, name: string): Promise<Driver> {
	return await clearWith(
		EMPTY_VALUES,
		async (empty) => await driverAdapter.update(run, id, { [name]: empty }),
		// A response without the field may just leave it out.
		async (updated) =>
			!hasValue(updated, name) && !hasValue(await driverAdapter.read(run, id), name),
		new InvalidInputError(
			`'Clear Fields' has '${driverFieldSpecs[name].label}', but Samsara keeps its value`,
			'The other changes were made. Clear this field in Samsara.',
		),
	);
}

/** An empty reference has no ID, or the ID 0. */
function hasValue(driver: Driver, name: string): boolean {
	const value = driver[name.replace(/Id$/, '') as keyof Driver];
	const { id } = Object(value) as { id?: string };
	return typeof value === 'object' ? !['', '0', 'undefined'].includes(String(id)) : Boolean(value);
}
