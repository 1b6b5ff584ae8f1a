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

/** Rulesets as `<region> (<days>/<hours>)`. */
const CYCLES = Object.entries({
	'USA Property': ['8/70', '7/60'],
	'USA Passenger': ['8/70', '7/60'],
	'Alaska Property': ['8/80', '7/70'],
	'Alaska Passenger': ['8/80', '7/70'],
	'California School/FLV': ['8/80'],
	'California Farm': ['8/112'],
	'California Property': ['8/80'],
	'California Flammable Liquid': ['8/80'],
	'California Passenger': ['8/80'],
	'California Motion Picture': ['8/80'],
	Florida: ['8/80', '7/70'],
	Nebraska: ['8/80', '7/70'],
	'North Carolina': ['8/80', '7/70'],
	Oklahoma: ['8/70', '7/60'],
	Oregon: ['8/80', '7/70'],
	'South Carolina': ['8/80', '7/70'],
	Texas: ['7/70'],
	Wisconsin: ['8/80', '7/70'],
}).flatMap(([region, limits]) => limits.map((limit) => `${region} (${limit})`));

const driver: Record<string, Schema> = {
	name: upTo(255, 1),
	username: upTo(189, 1),
	password: string,
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
		{
			cycle: oneOf(...CYCLES),
			restart: oneOf(...['34', '24', '36', '72'].map((hours) => `${hours}-hour Restart`), 'None'),
			restbreak: oneOf(
				'Property (off-duty/sleeper)',
				'California Mealbreak (off-duty/sleeper)',
				'None',
			),
			usStateToOverride: oneOf('', ...'AK CA FL NE NC OK OR SC TX WI'.split(' ')),
		},
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

/** Whether null empties a member is documented for the ruleset only. */
function emptied(members: Record<string, Schema>, names: string[]): Record<string, Schema> {
	return Object.fromEntries(names.map((name) => [name, { ...members[name], nullable: true }]));
}

/** POST /fleet/drivers/remote-sign-out */
export const remoteSignOut = object({ driverId: string }, ['driverId']);

/** POST /fleet/drivers */
export const driverCreation = object({ ...driver, attributes: attributeItemsOfNewDriver }, [
	'name',
	'username',
	'password',
]);

/** PATCH /fleet/drivers/{id} */
export const driverChange = object({
	...driver,
	externalIds: patchedExternalIds,
	...emptied(driver, [
		'dateOfBirth',
		'staticAssignedVehicleId',
		'peerGroupTagId',
		'trailerGroupTagId',
		'vehicleGroupTagId',
		'usDriverRulesetOverride',
	]),
	attributes: attributeItems,
	driverActivationStatus: oneOf('active', 'deactivated'),
	deactivatedAtTime: { type: 'string', format: 'date-time' },
});

const auxiliaryInput = oneOf(
	...(
		'none emergencyLights emergencyAlarm stopPaddle powerTakeOff plow sweeper salter reefer door ' +
		'boom auxiliaryEngine generator eightWayLights panicButton privacyButton frontAxleDrive ' +
		'weightSensor other secondaryFuelSource ecuPowerTakeOff'
	).split(' '),
);

const auxiliaryInputs = Object.fromEntries(
	Array.from({ length: 13 }, (_, index) => [`auxInputType${index + 1}`, auxiliaryInput]),
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
	externalIds: patchedExternalIds,
	tagIds: strings,
	attributes: attributeItems,
});

const trailer: Record<string, Schema> = {
	name: string,
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
	name: string,
	notes: upTo(255),
	equipmentSerialNumber: string,
	engineHours: integer,
	odometerMeters: integer,
	externalIds: patchedExternalIds,
	tagIds: strings,
	attributes: attributeItems,
});

const asset: Record<string, Schema> = {
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
	externalIds,
	tagIds: strings,
	attributes: attributeItems,
};

/** POST /assets */
export const assetCreation = object(asset);

/** PATCH /assets?id= */
export const assetChange = object({ ...asset, externalIds: patchedExternalIds });
