import type { State } from '../state.mts';
import type { SimulatorOptions } from '../settings.mts';
import type { Asset, AssetType, Driver, Entity, ExternalIds, JsonObject } from '../types.mts';
import { utc } from '../times.mts';
import type { Random } from './random.mts';

const DAY_MS = 24 * 3600 * 1000;

/** 2^53 + 1, which exceeds the precision of a double. */
const BIG_DRIVER_ID = '9007199254740993';

const BIG_DRIVER_INDEX = 6;

const TAGS = [
	['4029135', 'North Region'],
	['4029136', 'North Depot', '4029135'],
	['4029137', 'Harbor Depot', '4029135'],
	['4029138', 'South Region'],
	['4029139', 'South Depot', '4029138'],
	['4029140', 'Long Haul'],
];

const FIRST_NAMES =
	'Tyler Matthew Rosa Darnell Priya Wyatt Ingrid Hector Latoya Samuel Mei Bogdan Carla Isaiah Noor Gavin Elena Marcus Tamika Owen Yolanda Pete Aisha Dmitri Grace'.split(
		' ',
	);
const LAST_NAMES =
	'Freckmann Moon Delgado Whitfield Raman Becker Lindqvist Salazar Brooks Okafor Chen Petrov Mendoza Grant Haddad Murphy Vasquez Thornton Jefferson Gallagher Ruiz Kowalski Siddiqui Volkov Nakamura Hale'.split(
		' ',
	);
const STATES = ['WA', 'OR', 'CA', 'ID', 'NV', 'MT'];
const TRUCKS = [
	['FREIGHTLINER', 'Cascadia', '1FUJGLDR'],
	['KENWORTH', 'T680', '1XKYD49X'],
	['PETERBILT', '579', '1XPBD49X'],
	['VOLVO', 'VNL 760', '4V4NC9EH'],
	['FORD', 'F-550', '1FDUF5HT'],
];
const MACHINES = ['Forklift', 'Generator', 'Light Tower', 'Compressor', 'Skid Steer'];

/**
 * Creates tags, drivers, vehicles, trailers, equipment and other assets. The ID of one driver is larger than 2^53, and every fifth driver has
 * an external ID that Samsara has set.
 */
export function seedEntities(
	state: State,
	random: Random,
	options: SimulatorOptions,
	today: Date,
): void {
	for (const [id, name, parentTagId] of TAGS) {
		state.tags.set(id, parentTagId === undefined ? { id, name } : { id, name, parentTagId });
	}
	const context = { state, random, today };
	const { drivers = 40, vehicles = 20, trailers = 10, equipment = 10, otherAssets = 0 } = options;
	for (let number = 0; number < drivers; number += 1) addDriver(context, number, drivers);
	for (let number = 0; number < vehicles; number += 1) addVehicle(context, number);
	for (let number = 0; number < trailers; number += 1) {
		addAsset(context, 'trailer', `Trailer ${5301 + number}`, {
			serial: `TRL${random.text(7, 'ABCDEFGHJKLMNPRSTUVWXYZ0123456789')}`,
			externalIds: { assetNumber: `T-${5301 + number}` },
			details: { licensePlate: `TR${4100 + number}`, notes: '', enabledForMobile: true },
		});
	}
	for (let number = 0; number < equipment; number += 1) {
		const machine = MACHINES[number % MACHINES.length];
		addAsset(context, 'equipment', `${machine} ${Math.floor(number / MACHINES.length) + 1}`, {
			serial: `EQ${random.text(8, 'ABCDEFGHJKLMNPRSTUVWXYZ0123456789')}`,
			externalIds: { assetNumber: `E-${7001 + number}` },
			details: { notes: '' },
		});
	}
	for (let number = 0; number < otherAssets; number += 1) {
		const type = number % 2 === 0 ? 'unpowered' : 'uncategorized';
		addAsset(context, type, `Container ${number + 1}`, {
			serial: `CN${random.text(8, 'ABCDEFGHJKLMNPRSTUVWXYZ0123456789')}`,
			externalIds: { assetNumber: `C-${8001 + number}` },
			details: { notes: '' },
		});
	}
	state.reindex();
}

interface SeedContext {
	state: State;
	random: Random;
	today: Date;
}

function addDriver({ state, random, today }: SeedContext, number: number, count: number): void {
	const lap = Math.floor(number / FIRST_NAMES.length);
	const first = FIRST_NAMES[number % FIRST_NAMES.length];
	const last = LAST_NAMES[(number + 2 * lap) % LAST_NAMES.length];
	const round = Math.floor(number / (FIRST_NAMES.length * LAST_NAMES.length));
	const suffix = round === 0 ? '' : ` ${round + 1}`;
	const active = number % 13 !== 12;
	const driver: Driver = {
		...common({ random, today }, number),
		id: number === Math.min(BIG_DRIVER_INDEX, count - 1) ? BIG_DRIVER_ID : state.newEntityId(),
		name: `${first} ${last}${suffix}`,
		username: `${first}.${last}${number + 1}`.toLowerCase(),
		driverActivationStatus: active ? 'active' : 'deactivated',
		// Samsara sets external IDs of some objects itself; which ones drivers get is not documented.
		externalIds: {
			payrollId: `P${10001 + number}`,
			...(number % 5 === 4 && { 'samsara.driverRef': `D${70001 + number}` }),
		},
		details: {
			phone: `206555${String(100 + number).padStart(4, '0')}`,
			licenseNumber: random.text(4, 'ABCDEFGHJKLMNPRSTUVWXYZ') + random.text(8, '0123456789'),
			licenseState: random.pick(STATES),
			timezone: 'America/Los_Angeles',
			notes: '',
			locale: 'us',
			eldExempt: false,
		},
	};
	if (!active) driver.deactivatedAtTime = utc(today.getTime() - 40 * DAY_MS);
	state.drivers.set(driver.id, driver);
}

function addVehicle(context: SeedContext, number: number): void {
	const { random } = context;
	const [make, model, prefix] = TRUCKS[number % TRUCKS.length];
	const serial = `G${random.text(9, 'ABCDEFGHJKLMNPRSTUVWXYZ0123456789')}`;
	addAsset(context, 'vehicle', `Truck ${101 + number}`, {
		vin: prefix + random.text(9, 'ABCDEFGHJKLMNPRSTUVWXYZ0123456789'),
		serial,
		externalIds: { maintenanceId: String(250020 + number) },
		details: {
			make,
			model,
			year: String(2016 + (number % 9)),
			licensePlate: random.text(3, 'ABCDEFGHJKLMNPRSTUVWXYZ') + random.text(4, '0123456789'),
			notes: '',
			harshAccelerationSettingType: 'automatic',
			vehicleRegulationMode: 'regulated',
		},
	});
}

function addAsset(
	{ state, random, today }: SeedContext,
	type: AssetType,
	name: string,
	properties: { vin?: string; serial: string; externalIds: ExternalIds; details: JsonObject },
): void {
	const collection = state.assetsOf(type);
	const system: ExternalIds = { 'samsara.serial': properties.serial };
	if (properties.vin !== undefined) system['samsara.vin'] = properties.vin;
	const asset: Asset = {
		...common({ random, today }, collection.size),
		...properties,
		id: state.newEntityId(),
		type,
		name,
		externalIds: { ...properties.externalIds, ...system },
	};
	collection.set(asset.id, asset);
}

function common(
	{ random, today }: { random: Random; today: Date },
	number: number,
): Pick<Entity, 'tagIds' | 'attributes' | 'createdAtTime' | 'updatedAtTime'> {
	const depots = ['4029136', '4029137', '4029139'];
	const created = today.getTime() - (400 + number) * DAY_MS;
	return {
		tagIds: number % 4 === 3 ? [random.pick(depots), '4029140'] : [random.pick(depots)],
		attributes: [],
		createdAtTime: utc(created),
		updatedAtTime: utc(today.getTime() - random.whole(1, 300) * DAY_MS),
	};
}
