import { searchAssets, searchEquipment, searchTrailers, searchVehicles } from './assets';
import { assetAttributes, driverAttributes } from './attributeMapping';
import { getTags } from './tags';
import { searchAttributeEntities } from './attributeEntities';
import { searchAttributes } from './attributes';
import {
	getAttributeValues,
	getDateAttributes,
	getOwners,
	getQualificationTypes,
} from './loadOptions';
import { searchDrivers } from './drivers';
import { searchOwners } from './owners';
import { getChangeableQualificationFields, getQualificationFields } from './qualificationFields';
import { searchQualificationTypes } from './qualificationTypes';
import { searchRecords } from './records';

/** Pick lists. */
export const listSearch = {
	searchAssets,
	searchAttributeEntities,
	searchAttributes,
	searchDrivers,
	searchEquipment,
	searchOwners,
	searchQualificationTypes,
	searchRecords,
	searchTrailers,
	searchVehicles,
};

/** Options of drop-downs. */
export const loadOptions = {
	getAssetAttributeValues: assetAttributes.valueOptions,
	getAssetAttributes: assetAttributes.options,
	getAttributeValues,
	getDateAttributes,
	getDriverAttributeValues: driverAttributes.valueOptions,
	getDriverAttributes: driverAttributes.options,
	getOwners,
	getQualificationTypes,
	getTags,
};

/** Forms that depend on the account. */
export const resourceMapping = {
	getAssetAttributeFields: assetAttributes.fields,
	getChangeableQualificationFields,
	getDriverAttributeFields: driverAttributes.fields,
	getQualificationFields,
};
