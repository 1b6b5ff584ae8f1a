import type { Samsara } from '@samsarahq/samsara';

/*
 * The formats of the API. They are types of the vendor's SDK (npm 11.11.1), which is not part of the package; what SDK 14.7
 * or the older guide adds is defined here.
 */

/** An attribute's values on one entity. */
export type AttributeValues = Samsara.AttributeTiny;

/** A driver. The two additional members are from SDK 14.7. */
export type Driver = Samsara.Driver & { email?: string; dateOfBirth?: string };

/** A vehicle. Only lists include the times. */
export type Vehicle = Samsara.Vehicle & { createdAtTime?: string; updatedAtTime?: string };

/** A trailer. Lists leave out `attributes`. */
export type Trailer = Samsara.TrailerWithAttributesResponseObjectResponseBody;

/** A piece of equipment. Only the response to an update has `attributes`. */
export type Equipment = Samsara.EquipmentWithAttributesResponseObjectResponseBody;

/** A vehicle, trailer, piece of equipment or other asset of `/assets`; lists have `attributes` only on request (SDK 14.7). */
export type Asset = Samsara.AssetResponseBody & { attributes?: AttributeValues[] };

/** What attributes are defined for: vehicles, trailers and equipment are all `asset`. */
export type AttributeEntityType = 'driver' | 'asset';

/** The six current types, and the two legacy types, which have `attributeValueQuantity`. */
export type AttributeType = Samsara.Attribute.AttributeType | 'string' | 'number';

interface LegacyContract {
	attributeType?: AttributeType;
	attributeValueQuantity?: 'single' | 'multi';
}

/** An attribute, as lists return it. */
export type Attribute = Omit<Samsara.Attribute, 'attributeType'> & LegacyContract;

/**
 * The values of an attribute on one entity. `entityId` is converted to a string, see responses.ts. If Samsara does not
 * return the values, their list is missing.
 */
export type AttributeAssignment = Omit<Samsara.AttributeEntity, 'entityId'> & { entityId?: string };

/** An attribute with its entities, as get, create and update return it. */
export type AttributeWithEntities = Attribute & { entities?: AttributeAssignment[] };

export type QualificationType = Samsara.QualificationTypeResponseObjectResponseBody;

export type QualificationField = Samsara.FormsFieldDefinitionObjectResponseBody;

export type QualificationRecord = Samsara.QualificationRecordResponseObjectResponseBody;

/** A field of a record, as returned. */
export type RecordField = QualificationRecord['fields'][number];

/** A column of a table: like a field, but never required. */
export type QualificationColumn = Samsara.FormsTableFieldDefinitionObjectResponseBody;

/** A cell of a table, as sent. Barcodes are from SDK 14.7. */
export type TableCellInput = Omit<
	Samsara.FormSubmissionRequestTableCellObjectRequestBody,
	'type'
> & {
	type: string;
	barcodeValue?: { barcodes: Array<{ value: string }> };
};

/** A field of a record, as sent: with the one value object for its type. */
export type RecordFieldInput = Omit<
	Samsara.QualificationRecordRequestFieldInputObjectRequestBody,
	'type' | 'tableValue'
> & { type: string; tableValue?: { rows: Array<{ id: string; cells: TableCellInput[] }> } };

/** A file, as sent: base64 and MIME type. */
export type MediaInput = Samsara.FormSubmissionRequestMediaItemObjectRequestBody;

/** The body of a new record. */
export interface RecordBody {
	qualificationType: { id: string };
	owner: { entityType: OwnerEntityType; id: string };
	issueDate: string;
	expirationDate?: string;
	externalIds?: Record<string, string>;
	fields: RecordFieldInput[];
}

export type RecordStatus = Samsara.QualificationRecordResponseObjectResponseBody.RecordStatus;

/** What a qualification belongs to: a worker (driver) or an asset. */
export type OwnerEntityType = Samsara.QualificationTypeResponseObjectResponseBody.EntityType;

/** Responses wrap a single object in `data`. */
export interface Data<T> {
	data: T;
}
