/** Any JSON value. */
export type Json = string | number | boolean | null | Json[] | { [member: string]: Json };

export type JsonObject = { [member: string]: Json };

export type ExternalIds = Record<string, string>;

export type AttributeEntityType = 'driver' | 'asset';

export type AttributeType =
	| 'single-select'
	| 'multi-select'
	| 'text'
	| 'freeform-multi-select'
	| 'number'
	| 'date'
	| 'string';

/**
 * An attribute definition. Only attributes of the legacy contract in the vendor's guide (types `string` and `number`) have
 * `attributeValueQuantity`, and responses return them in that format. `values` contains the allowed strings with their IDs,
 * and `numberValues` the allowed numbers.
 */
export interface Attribute {
	id: string;
	name: string;
	entityType: AttributeEntityType;
	attributeType: AttributeType;
	attributeValueQuantity?: 'single' | 'multi';
	unit?: string;
	values: Array<{ id: string; stringValue: string }>;
	numberValues: number[];
}

/** The values of one attribute on one entity: exactly one of the lists, which is never empty. */
export interface Assignment {
	attributeId: string;
	stringValues?: string[];
	numberValues?: number[];
	dateValues?: string[];
}

/** The common members of drivers and assets. `details` contains the other members, in response format. */
export interface Entity {
	id: string;
	name: string;
	tagIds: string[];
	externalIds: ExternalIds;
	attributes: Assignment[];
	createdAtTime: string;
	updatedAtTime: string;
	details: JsonObject;
}

export interface Driver extends Entity {
	username: string;
	driverActivationStatus: 'active' | 'deactivated';
	deactivatedAtTime?: string;
}

export type AssetType = 'vehicle' | 'trailer' | 'equipment' | 'unpowered' | 'uncategorized';

export interface Asset extends Entity {
	type: AssetType;
	vin?: string;
	serial?: string;
}

export interface Tag {
	id: string;
	name: string;
	parentTagId?: string;
}

export interface Option {
	id: string;
	label: string;
}

export type FieldType =
	| 'number'
	| 'text'
	| 'multiple_choice'
	| 'check_boxes'
	| 'media'
	| 'datetime'
	| 'signature'
	| 'asset'
	| 'person'
	| 'geofence'
	| 'instruction'
	| 'media_instruction'
	| 'table'
	| 'barcode';

/** A column of a table field: like a field, but without `isRequired`. */
export interface ColumnDefinition {
	id: string;
	label: string;
	type: FieldType;
	options?: Option[];
	numDecimalPlaces?: number;
	allowedDateTimeValueType?: 'datetime' | 'date' | 'time';
	allowManualEntry?: boolean;
	includeDrivers?: boolean;
	includeUsers?: boolean;
}

export interface FieldDefinition extends ColumnDefinition {
	isRequired: boolean;
	columns?: ColumnDefinition[];
	allowedAssetTypes?: string[];
}

export type OwnerEntityType = 'worker' | 'asset';

export interface Actor {
	id: string;
	type: 'driver' | 'user';
}

export interface QualificationType {
	id: string;
	name: string;
	revisionId: string;
	entityType: OwnerEntityType;
	createdAtTime: string;
	createdBy: Actor;
	updatedAtTime: string;
	updatedBy: Actor;
	fields: FieldDefinition[];
}

/** A stored value. It has the optional member that matches `type`. */
export interface StoredValue {
	id: string;
	type: FieldType;
	text?: string;
	number?: number;
	dateTime?: string;
	valueId?: string;
	valueIds?: string[];
	mediaIds?: string[];
	person?: Actor;
	barcodes?: string[];
	rows?: StoredRow[];
}

export interface StoredRow {
	id: string;
	cells: StoredValue[];
}

/**
 * A qualification record. `sequence` orders records that were changed in the same millisecond. `State.change` sets it together
 * with `updatedAtTime`.
 */
export interface QualificationRecord {
	id: string;
	recordStatus: 'active' | 'archived' | 'deleted';
	typeId: string;
	owner: { entityType: OwnerEntityType; id: string };
	issueDate: string;
	expirationDate?: string;
	externalIds: ExternalIds;
	fields: StoredValue[];
	createdAtTime: string;
	createdBy: Actor;
	updatedAtTime: string;
	/** How responses show `updatedAtTime`, which the stream is sorted by; by default, as it is. */
	shownUpdatedAtTime?: 'null' | 'missing';
	updatedBy: Actor;
	sequence: number;
}
