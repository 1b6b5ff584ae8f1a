import type { SamsaraClient } from '../../../../nodes/Samsara/api/client';
import type { Query } from '../../../../nodes/Samsara/api/path';
import type { Driver } from '../../../../nodes/Samsara/api/types';
import { SamsaraApiError } from '../../../../nodes/Samsara/common/errors';
import { NewestDrivers, readDrivers } from '../../../../nodes/Samsara/trigger/driverReading';

const failure = (status: number) =>
	new SamsaraApiError({
		reason: 'status',
		status,
		endpoint: 'GET /fleet/drivers',
		message: 'refused',
		description: '',
	});

/** A client with one page of two drivers, that fails for any cursor. */
function client(status: number) {
	const queries: Query[] = [];
	const get = async (_path: string, query: Query) => {
		queries.push(query);
		if (query.after !== undefined) throw failure(status);
		return { data: [{ id: '1' }, { id: '2' }] };
	};
	return { client: { get } as unknown as SamsaraClient, queries };
}

test('a cursor of an earlier poll that Samsara refuses begins its list again', async () => {
	const { client: refusing, queries } = client(400);
	const drivers = new NewestDrivers();
	const start = { status: 'deactivated' as const, after: 'old' };
	expect(await readDrivers(refusing, drivers, {}, start, () => false)).toBeUndefined();
	expect(drivers.list().map(({ id }) => id)).toEqual(['1', '2']);
	expect(
		queries.map(({ after, driverActivationStatus }) => [after, driverActivationStatus]),
	).toEqual([
		['old', 'deactivated'],
		[undefined, 'deactivated'],
	]);
});

test('any other failure ends the poll', async () => {
	const start = { status: 'active' as const, after: 'old' };
	const reading = readDrivers(client(403).client, new NewestDrivers(), {}, start, () => false);
	await expect(reading).rejects.toThrow('refused');
});

test('of a driver who is read twice, the newest version counts', () => {
	const drivers = new NewestDrivers();
	const version = (name: string, updatedAtTime?: string): Driver => ({
		id: '1',
		name,
		updatedAtTime,
	});
	drivers.add([version('new', '2026-03-01T12:00:00.1Z')]);
	drivers.add([version('old', '2026-03-01T12:00:00Z')]);
	expect(drivers.list()).toEqual([expect.objectContaining({ name: 'new' })]);
	drivers.add([version('undated')]);
	expect(drivers.list()).toEqual([{ id: '1', name: 'undated', updatedAtTime: undefined }]);
});
