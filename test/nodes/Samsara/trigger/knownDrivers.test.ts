import type { Driver } from '../../../../nodes/Samsara/api/types';
import { KnownDrivers } from '../../../../nodes/Samsara/trigger/knownDrivers';
import { MAX_STATE_CHARS } from '../../../../nodes/Samsara/trigger/state';

const driver = (id: string, values: Partial<Driver> = {}): Driver => ({
	id,
	name: `Driver ${id}`,
	driverActivationStatus: 'active',
	updatedAtTime: '2026-03-01T12:00:00Z',
	...values,
});

const restored = (known: KnownDrivers, maxChars: number = MAX_STATE_CHARS.drivers) =>
	KnownDrivers.from(JSON.parse(JSON.stringify(known.store(maxChars))));

function remember(drivers: Driver[]): KnownDrivers {
	const known = new KnownDrivers();
	for (const one of drivers) known.remember(one);
	return known;
}

test('drivers with near, far, equally long, and non-numeric IDs are told apart after a restart', () => {
	const ids = [
		'1',
		'2',
		'1654973',
		'281474977075805',
		'281474977075806',
		'abc',
		'9'.repeat(30),
		'007',
	];
	const known = restored(restored(remember(ids.map((id) => driver(id)))));
	for (const id of ids) {
		expect(known.compare(driver(id))).toEqual({ isKnown: true, isChanged: false });
		expect(known.compare(driver(id, { name: 'Other' })).parts).toEqual(['name']);
	}
	expect(known.compare(driver('3')).isKnown).toBe(false);
	expect(KnownDrivers.from(undefined).compare(driver('1')).isKnown).toBe(false);
});

test('a change of another member, such as the phone number, has no parts', () => {
	const known = restored(remember([driver('1')]));
	const later = { updatedAtTime: '2026-03-01T13:00:00Z' };
	expect(known.compare(driver('1', { phone: '1', ...later }))).toEqual({
		isKnown: true,
		isChanged: true,
		parts: [],
	});
});

test('the names of tags and attributes, the order of lists, and empty members do not count', () => {
	const tags = [
		{ id: '1', name: 'East' },
		{ id: '2', name: 'West' },
	];
	const attributes = [
		{ id: 'a', name: 'Class', stringValues: ['B', 'A'] },
		{ id: 'b', name: 'Years', numberValues: [4] },
	];
	const known = remember([driver('1', { tags, attributes, externalIds: { a: '1', b: '2' } })]);
	const same = driver('1', {
		tags: [{ id: '2' }, { id: '1', name: 'Orient' }],
		attributes: [
			{ id: 'c', name: 'Empty', stringValues: [], dateValues: [] },
			{ id: 'b', name: 'Years of Experience', numberValues: [4], stringValues: [] },
			{ id: 'a', stringValues: ['A', 'B'] },
		],
		externalIds: { b: '2', a: '1' },
	});
	expect(known.compare(same).isChanged).toBe(false);
});

test.each([
	[5_000, MAX_STATE_CHARS.drivers, true],
	[20_000, MAX_STATE_CHARS.drivers, true],
	// The same share of the characters as for 50,000 and 70,000 drivers.
	[5_000, MAX_STATE_CHARS.drivers / 10, false],
	[5_000, MAX_STATE_CHARS.drivers / 14, false],
])('%i drivers in %i characters: nearly every change is noticed', (count, maxChars, hasParts) => {
	let id = 1_000_000;
	const drivers = Array.from({ length: count }, (_, i) =>
		driver(String((id += 1 + ((i * 7919) % 300)))),
	);
	const stored = remember(drivers).store(maxChars);
	expect(stored.data.length).toBeLessThanOrEqual(maxChars);
	const known = KnownDrivers.from(stored);
	const changes = drivers.map((one) => known.compare({ ...one, name: 'Other' }));
	const noticed = changes.filter(({ isChanged }) => isChanged);
	expect(noticed.length).toBeGreaterThan(count * 0.99);
	for (const { parts } of noticed) expect(parts !== undefined).toBe(hasParts);
	expect(drivers.every((one) => !known.compare(one).isChanged)).toBe(true);
	// What was stored with shorter hashes goes on with them.
	const renamed = { ...drivers[0], name: 'Other' };
	known.remember(renamed);
	expect(restored(known, maxChars).compare(renamed).isChanged).toBe(false);
	expect(restored(known, maxChars).compare(drivers[1]).isChanged).toBe(false);
});

test('more drivers than can be remembered are refused with a way out', () => {
	const known = remember(Array.from({ length: 500 }, (_, i) => driver(String(i * 1000))));
	expect(() => known.store(1_000)).toThrow(
		'Samsara has 500 drivers, more than this trigger can remember',
	);
});
