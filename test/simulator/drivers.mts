import { assignmentsAfter } from './assignments.mts';
import type { AttributeItem } from './assignments.mts';
import type { Context, Endpoint } from './endpoint.mts';
import { endpoint, now } from './endpoint.mts';
import {
	attributeFilters,
	byPathId,
	describeWithAttributes,
	filterLists,
	requireTags,
	reference,
	tagFilters,
} from './entities.mts';
import { invalid, missing } from './errors.mts';
import { filtered } from './filters.mts';
import { HUNDRED_A_MINUTE } from './limits.mts';
import { listPage } from './pages.mts';
import { oneOf, paging, string } from './schemas/common.mts';
import { driverChange, driverCreation, remoteSignOut } from './schemas/entities.mts';
import type { Settings } from './settings.mts';
import type { State } from './state.mts';
import { utc } from './times.mts';
import type { Driver, Json, JsonObject } from './types.mts';

const SIX_MONTHS_MS = 184 * 24 * 3600 * 1000;

interface Change {
	name?: string;
	username?: string;
	tagIds?: string[];
	externalIds?: Record<string, string | null>;
	attributes?: AttributeItem[];
	driverActivationStatus?: 'active' | 'deactivated';
	deactivatedAtTime?: string;
	[detail: string]: unknown;
}

interface Creation extends Change {
	name: string;
	username: string;
}

/** The operations on drivers. */
export const driverEndpoints: Endpoint[] = [
	endpoint({
		method: 'GET',
		path: '/fleet/drivers',
		scope: 'Read Drivers',
		query: {
			...paging,
			...tagFilters,
			...attributeFilters,
			createdAfterTime: string,
			driverActivationStatus: oneOf('active', 'deactivated'),
		},
		lists: filterLists,
		handle(context) {
			const { state } = context.backend;
			const status = context.query.driverActivationStatus ?? 'active';
			const rows = [...state.drivers.values()].filter(
				(driver) => driver.driverActivationStatus === status,
			);
			const passed = filtered(context, rows, { values: true, dates: false, openBounds: false });
			const body = listPage(context, passed, (driver) => describeDriver(state, driver), 512);
			return { status: 200, body };
		},
	}),
	endpoint<Creation>({
		method: 'POST',
		path: '/fleet/drivers',
		scope: 'Write Drivers',
		body: driverCreation,
		handle(context) {
			const { state } = context.backend;
			const time = utc(now(context));
			const driver: Driver = {
				id: '',
				name: context.body.name,
				username: context.body.username,
				driverActivationStatus: 'active',
				tagIds: [],
				externalIds: {},
				attributes: [],
				createdAtTime: time,
				updatedAtTime: time,
				details: { timezone: 'America/Los_Angeles' },
			};
			apply(context, driver, 'replace');
			driver.id = state.newEntityId();
			state.drivers.set(driver.id, driver);
			state.index(driver);
			return { status: 200, body: { data: describeDriver(state, driver) } };
		},
	}),
	endpoint<{ driverId: string }>({
		method: 'POST',
		path: '/fleet/drivers/remote-sign-out',
		scope: 'Write Driver Remote Signout',
		rateLimit: HUNDRED_A_MINUTE,
		body: remoteSignOut,
		handle({ backend, body }) {
			const driver = backend.state.drivers.get(body.driverId);
			if (driver === undefined) throw missing('Driver', body.driverId);
			return { status: 200, body: { data: { driverName: driver.name } } };
		},
	}),
	endpoint({
		method: 'GET',
		path: '/fleet/drivers/:id',
		scope: 'Read Drivers',
		handle(context) {
			const { state } = context.backend;
			const driver = byPathId(context, state.drivers, 'Driver');
			return { status: 200, body: { data: describeDriver(state, driver) } };
		},
	}),
	endpoint<Change>({
		method: 'PATCH',
		path: '/fleet/drivers/:id',
		scope: 'Write Drivers',
		body: driverChange,
		handle(context) {
			const { state, settings } = context.backend;
			const driver = byPathId(context, state.drivers, 'Driver');
			apply(context, driver, settings.attributeWrites);
			const isChange =
				settings.attributesCountAsChange ||
				Object.keys(context.body).some((name) => name !== 'attributes');
			if (isChange) driver.updatedAtTime = now(context).toISOString();
			state.index(driver);
			return { status: 200, body: { data: describeDriver(state, driver) } };
		},
	}),
];

/** A driver in responses, which never contain the password or `hosSetting`. */
function describeDriver(state: State, driver: Driver): JsonObject {
	const { username, driverActivationStatus, createdAtTime, updatedAtTime } = driver;
	return {
		...describeWithAttributes(state, driver),
		username,
		driverActivationStatus,
		isDeactivated: driverActivationStatus === 'deactivated',
		createdAtTime,
		updatedAtTime,
	};
}

/** Validates the whole change first, so that a rejected request has no effect. */
function apply(context: Context<Change>, driver: Driver, mode: 'merge' | 'replace'): void {
	const { state } = context.backend;
	const {
		name,
		username,
		password: _password,
		profileImageBase64: _image,
		hosSetting: _hours,
		tagIds,
		externalIds,
		attributes,
		driverActivationStatus,
		deactivatedAtTime,
		...details
	} = context.body;
	const existing = driver.id === '' ? undefined : driver;
	const { driverClearing, carrierSettings } = context.backend.settings;
	const cleared = takeCleared(details, driverClearing);
	const changed: Driver = {
		...driver,
		details: { ...driver.details, ...readDetails(state, details) },
	};
	for (const member of cleared) delete changed.details[member];
	if (changed.details.usDriverRulesetOverride === null)
		delete changed.details.usDriverRulesetOverride;
	if (carrierSettings === 'merge' && changed.details.carrierSettings !== undefined) {
		changed.details.carrierSettings = {
			...(driver.details.carrierSettings as JsonObject | undefined),
			...(changed.details.carrierSettings as JsonObject),
		};
	}
	if (name !== undefined) changed.name = name;
	if (username !== undefined) {
		requireFreeUsername(state, existing, username);
		changed.username = username;
	}
	if (tagIds !== undefined) changed.tagIds = requireTags(state, tagIds);
	if (externalIds !== undefined) {
		const { externalIdRemoval } = context.backend.settings;
		changed.externalIds = state.mergedExternalIds(existing, externalIds, externalIdRemoval);
	}
	if (attributes !== undefined) {
		changed.attributes = assignmentsAfter(state, 'driver', driver.attributes, attributes, mode);
	}
	if (deactivatedAtTime !== undefined) {
		requireRecent(deactivatedAtTime, now(context));
		changed.deactivatedAtTime = deactivatedAtTime;
	}
	if (driverActivationStatus !== undefined) changed.driverActivationStatus = driverActivationStatus;
	Object.assign(driver, changed);
}

/** Takes out what is to be emptied, and returns the members of responses. @throws ApiError 400 for another empty value */
function takeCleared(
	details: Record<string, unknown>,
	clearing: Settings['driverClearing'],
): string[] {
	const members: string[] = [];
	for (const [member, value] of Object.entries(details)) {
		const match = /^(dateOfBirth)$|^(staticAssignedVehicle|\w+GroupTag)Id$/.exec(member);
		const text = value === null ? 'null' : value;
		if (match === null || !['', '0', 'null'].includes(String(text))) continue;
		if (clearing !== 'ignored' && text !== clearing) throw invalid(`${member}: invalid value`);
		if (clearing !== 'ignored') members.push(match[1] ?? match[2]);
		delete details[member];
	}
	return members;
}

function readDetails(state: State, input: Record<string, unknown>): JsonObject {
	const details: JsonObject = {};
	for (const [member, value] of Object.entries(input)) {
		const match = /^(staticAssignedVehicle|\w+GroupTag)Id$/.exec(member);
		if (match === null) details[member] = value as Json;
		else {
			const collection = match[1] === 'staticAssignedVehicle' ? state.vehicles : state.tags;
			details[match[1]] = reference(collection, String(value), member);
		}
	}
	return details;
}

function requireFreeUsername(state: State, driver: Driver | undefined, username: string): void {
	for (const other of state.drivers.values()) {
		if (other.username === username && other.id !== driver?.id) {
			throw invalid(`username: "${username}" is already taken`);
		}
	}
}

function requireRecent(time: string, current: Date): void {
	const age = current.getTime() - Date.parse(time);
	if (age < 0 || age > SIX_MONTHS_MS) {
		throw invalid('deactivatedAtTime: must be within the last six months');
	}
}
