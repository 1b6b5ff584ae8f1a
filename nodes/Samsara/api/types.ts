import type { Samsara } from '@samsarahq/samsara';

/*
 * The wire's shapes, by our names. They are the vendor's SDK types (npm 11.11.1), of which nothing ships; what the
 * newer contract (SDK 14.7) or the older guide adds is written here.
 */

/** An attribute's values on one entity. */
export type AttributeValues = Samsara.AttributeTiny;

/** A driver. The two members are of SDK 14.7. */
export type Driver = Samsara.Driver & { email?: string; dateOfBirth?: string };

/** A vehicle. The times come with lists only. */
export type Vehicle = Samsara.Vehicle & { createdAtTime?: string; updatedAtTime?: string };

/** A trailer. Lists leave out `attributes`. */
export type Trailer = Samsara.TrailerWithAttributesResponseObjectResponseBody;

/** A piece of equipment. Only the answer of an update has `attributes`. */
export type Equipment = Samsara.EquipmentWithAttributesResponseObjectResponseBody;

/** A vehicle, trailer or piece of equipment of `GET /assets`; `attributes` with `includeAttributes` (SDK 14.7). */
export type Asset = Samsara.AssetResponseBody & { attributes?: AttributeValues[] };

/** What attributes are defined for: vehicles, trailers and equipment are all `asset`. */
export type AttributeEntityType = 'driver' | 'asset';

/** The six types of today, and the two of the older contract, which carry `attributeValueQuantity`. */
export type AttributeType = Samsara.Attribute.AttributeType | 'string' | 'number';

interface LegacyContract {
	attributeType?: AttributeType;
	attributeValueQuantity?: 'single' | 'multi';
}

/** A definition, as lists answer it. */
export type Attribute = Omit<Samsara.Attribute, 'attributeType'> & LegacyContract;

/**
 * A value of an attribute on an entity; `entityId` is made a string (responses.ts says why). Samsara may not tell the
 * values, and then there is no list of them.
 */
export type AttributeAssignment = Omit<Samsara.AttributeEntity, 'entityId'> & { entityId?: string };

/** A definition with its entities, as get, create and update answer it. */
export type AttributeWithEntities = Attribute & { entities?: AttributeAssignment[] };

export type QualificationType = Samsara.QualificationTypeResponseObjectResponseBody;

export type QualificationField = Samsara.FormsFieldDefinitionObjectResponseBody;

export type QualificationRecord = Samsara.QualificationRecordResponseObjectResponseBody;

/** A field of a record as answered. */
export type RecordField = QualificationRecord['fields'][number];

/** A column of a table: the same as a field, but never required. */
export type QualificationColumn = Samsara.FormsTableFieldDefinitionObjectResponseBody;

/** A cell of a table as sent. Barcodes are of SDK 14.7. */
export type TableCellInput = Omit<
	Samsara.FormSubmissionRequestTableCellObjectRequestBody,
	'type'
> & {
	type: string;
	barcodeValue?: { barcodes: Array<{ value: string }> };
};

/** A field of a record as sent: the one value object that goes with the type. */
export type RecordFieldInput = Omit<
	Samsara.QualificationRecordRequestFieldInputObjectRequestBody,
	'type' | 'tableValue'
> & { type: string; tableValue?: { rows: Array<{ id: string; cells: TableCellInput[] }> } };

/** A file as sent: base64 and MIME type. */
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

/** Whom a qualification belongs to: a worker (driver) or an asset. */
export type OwnerEntityType = Samsara.QualificationTypeResponseObjectResponseBody.EntityType;

/** Answers wrap a single thing in `data`. */
export interface Data<T> {
	data: T;
}
