import type { RunContext } from '../../../api/runContext';
import type { Driver } from '../../../api/types';
import { InvalidInputError, SamsaraApiError } from '../../../common/errors';
import { settle } from '../../../common/settle';
import { driverAdapter } from '../../shared/entityAdapters';
import type { EntityFields } from '../../shared/entityFields';

/** Fields of which Samsara does not document how to empty them: the member of responses, and the label. */
const CLEARABLE: Record<string, [member: keyof Driver, label: string]> = {
	dateOfBirth: ['dateOfBirth', 'Date of Birth'],
	peerGroupTagId: ['peerGroupTag', 'Peer Group Tag'],
	staticAssignedVehicleId: ['staticAssignedVehicle', 'Static Vehicle'],
	trailerGroupTagId: ['trailerGroupTag', 'Trailer Tag'],
	vehicleGroupTagId: ['vehicleGroupTag', 'Vehicle Tag'],
};

/** What may empty a field. For vehicles, 0 removes the driver. */
const EMPTY_VALUES = ['', null, '0'];

/**
 * Updates a driver. The carrier details that the driver has are sent along with new ones, because it is not documented
 * whether Samsara merges them. What is to be emptied is sent last, field by field.
 */
export async function saveDriver(
	run: RunContext,
	id: string,
	changes: EntityFields,
): Promise<Driver> {
	const cleared = Object.keys(CLEARABLE).filter((name) => changes[name] === '');
	const others = Object.fromEntries(
		Object.entries(changes).filter(([name]) => !cleared.includes(name)),
	);
	const { carrierSettings } = others;
	if (cleared.length === 0 && !carrierSettings) return await driverAdapter.update(run, id, changes);
	return await run.locks.withLock(`driver fields ${id}`, async () => {
		let driver = await driverAdapter.read(run, id);
		if (carrierSettings) others.carrierSettings = { ...driver.carrierSettings, ...carrierSettings };
		if (Object.keys(others).length > 0) driver = await driverAdapter.update(run, id, others);
		for (const name of cleared) driver = await clearField(run, id, driver, name);
		return driver;
	});
}

/** @throws InvalidInputError if the field keeps its value, or SamsaraApiError if every way to empty it is refused */
async function clearField(
	run: RunContext,
	id: string,
	driver: Driver,
	name: string,
): Promise<Driver> {
	const [member, label] = CLEARABLE[name];
	if (!hasValue(driver, member)) return driver;
	let refusal: SamsaraApiError | undefined;
	for (const empty of EMPTY_VALUES) {
		const outcome = await settle(
			async () => await driverAdapter.update(run, id, { [name]: empty }),
		);
		if (!(outcome instanceof Error)) {
			if (!hasValue(outcome, member)) return outcome;
		} else if (outcome instanceof SamsaraApiError && outcome.status === 400) refusal ??= outcome;
		else throw outcome;
	}
	throw (
		refusal ??
		new InvalidInputError(
			`'Clear Fields' has '${label}', but Samsara keeps its value`,
			'The other changes were made. Empty this field in Samsara.',
		)
	);
}

/** An empty reference has no ID, or the ID 0. */
function hasValue(driver: Driver, member: keyof Driver): boolean {
	const value = driver[member];
	const { id } = Object(value) as { id?: string };
	return typeof value === 'object' ? !['', '0', 'undefined'].includes(String(id)) : Boolean(value);
}
