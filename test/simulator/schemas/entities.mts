import { attributeItems, attributeItemsOfNewDriver } from './attributes.mts';
import {
	boolean,
	externalIds,
	integer,
	object,
	oneOf,
	patchedExternalIds,
	string,
	strings,
	upTo,
} from './common.mts';
import type { Schema } from './common.mts';

const driver: Record<string, Schema> = {
	name: upTo(255, 1),
	username: upTo(189, 1),
	password: upTo(255, 1),
	phone: upTo(255),
	email: string,
	dateOfBirth: string,
	licenseNumber: string,
	licenseState: string,
	notes: upTo(4096),
	timezone: string,
	locale: oneOf(...'us at be ca gb fr de ie it lu mx nl es ch pr'.split(' ')),
	currentIdCardCode: string,
	tachographCardNumber: string,
	profileImageBase64: string,
	profileImageUrl: upTo(1024),
	eldAdverseWeatherExemptionEnabled: boolean,
	eldBigDayExemptionEnabled: boolean,
	eldDayStartHour: integer,
	eldExempt: boolean,
	eldExemptReason: string,
	eldPcEnabled: boolean,
	eldYmEnabled: boolean,
	hasDrivingFeaturesHidden: boolean,
	hasVehicleUnpinningEnabled: boolean,
	waitingTimeDutyStatusEnabled: boolean,
	hosSetting: object({ heavyHaulExemptionToggleEnabled: boolean }),
	usDriverRulesetOverride: object(
		{ cycle: string, restart: string, restbreak: string, usStateToOverride: string },
		['cycle', 'restart', 'restbreak', 'usStateToOverride'],
	),
	carrierSettings: object({
		carrierName: upTo(255),
		dotNumber: integer,
		homeTerminalAddress: upTo(255),
		homeTerminalName: upTo(255),
		mainOfficeAddress: upTo(255),
	}),
	staticAssignedVehicleId: string,
	peerGroupTagId: string,
	trailerGroupTagId: string,
	vehicleGroupTagId: string,
	tagIds: strings,
	externalIds,
};

/** POST /fleet/drivers */
export const driverCreation = object({ ...driver, attributes: attributeItemsOfNewDriver }, [
	'name',
	'username',
	'password',
]);

/** PATCH /fleet/drivers/{id} */
export const driverChange = object({
	...driver,
	attributes: attributeItems,
	driverActivationStatus: oneOf('active', 'deactivated'),
	deactivatedAtTime: { type: 'string', format: 'date-time' },
});

const auxiliaryInputs = Object.fromEntries(
	Array.from({ length: 13 }, (_, index) => [`auxInputType${index + 1}`, string]),
);

/** PATCH /fleet/vehicles/{id} */
export const vehicleChange = object({
	...auxiliaryInputs,
	name: string,
	notes: upTo(255),
	licensePlate: upTo(12),
	vin: upTo(17, 11),
	gatewaySerial: string,
	grossVehicleWeight: object({ unit: oneOf('lb', 'kg'), weight: integer }),
	harshAccelerationSettingType: oneOf(
		'passengerCar',
		'lightTruck',
		'heavyDuty',
		'off',
		'automatic',
	),
	odometerMeters: integer,
	engineHours: integer,
	staticAssignedDriverId: string,
	vehicleRegulationMode: oneOf('regulated', 'unregulated', 'mixed'),
	vehicleType: string,
	externalIds,
	tagIds: strings,
	attributes: attributeItems,
});

const trailer: Record<string, Schema> = {
	name: upTo(255, 1),
	notes: upTo(255),
	licensePlate: upTo(12),
	trailerSerialNumber: string,
	enabledForMobile: boolean,
	tagIds: strings,
	attributes: attributeItems,
};

/** POST /fleet/trailers */
export const trailerCreation = object({ ...trailer, externalIds }, ['name']);

/** PATCH /fleet/trailers/{id}: a JSON merge patch */
export const trailerChange = object({
	...trailer,
	externalIds: patchedExternalIds,
	odometerMeters: integer,
});

/** PATCH /beta/fleet/equipment/{id}: a JSON merge patch */
export const equipmentChange = object({
	id: string,
	name: upTo(255, 1),
	notes: upTo(255),
	equipmentSerialNumber: string,
	engineHours: integer,
	odometerMeters: integer,
	externalIds: patchedExternalIds,
	tagIds: strings,
	attributes: attributeItems,
});

/** POST /assets and PATCH /assets?id= */
export const asset = object({
	name: string,
	type: oneOf('uncategorized', 'trailer', 'equipment', 'unpowered', 'vehicle'),
	licensePlate: string,
	make: string,
	model: string,
	year: integer,
	notes: string,
	readingsIngestionEnabled: boolean,
	regulationMode: oneOf('mixed', 'regulated', 'unregulated'),
	serialNumber: string,
	vin: string,
	externalIds: patchedExternalIds,
	tagIds: strings,
	attributes: attributeItems,
});
