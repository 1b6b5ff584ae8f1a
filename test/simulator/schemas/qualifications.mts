import { arrayOf, dateTime, externalIds, number, object, oneOf, string, uuid } from './common.mts';
import type { Schema } from './common.mts';

const media = object({ base64Payload: string, mediaType: string }, ['base64Payload', 'mediaType']);

const simpleValues: Record<string, Schema> = {
	textValue: object({ value: string }, ['value']),
	numberValue: object({ value: number }, ['value']),
	dateTimeValue: object({ value: dateTime }, ['value']),
	multipleChoiceValue: object({ valueId: uuid }, ['valueId']),
	checkBoxesValue: object({ valueIds: arrayOf(uuid) }, ['valueIds']),
};

const cell = object(
	{
		id: uuid,
		type: oneOf(
			'number',
			'text',
			'multiple_choice',
			'check_boxes',
			'datetime',
			'person',
			'barcode',
		),
		...simpleValues,
		personValue: object({ person: object({ polymorphicUserId: string }, ['polymorphicUserId']) }, [
			'person',
		]),
		barcodeValue: object({ barcodes: arrayOf(object({ value: string }, ['value'])) }, ['barcodes']),
	},
	['id', 'type'],
);

const field = object(
	{
		id: uuid,
		type: oneOf(
			'number',
			'text',
			'multiple_choice',
			'check_boxes',
			'datetime',
			'table',
			'media',
			'signature',
		),
		...simpleValues,
		mediaValue: object({ mediaList: arrayOf(media) }, ['mediaList']),
		signatureValue: object({ media }, ['media']),
		tableValue: object(
			{ rows: arrayOf(object({ id: uuid, cells: arrayOf(cell) }, ['id', 'cells'])) },
			['rows'],
		),
	},
	['id', 'type'],
);

export const ownerEntityType = oneOf('worker', 'asset');

const shared: Record<string, Schema> = {
	owner: object({ entityType: ownerEntityType, id: string }, ['entityType', 'id']),
	issueDate: dateTime,
	expirationDate: dateTime,
	externalIds,
	fields: arrayOf(field),
};

/** POST /qualification-records */
export const recordCreation = object(
	{ ...shared, qualificationType: object({ id: uuid }, ['id']) },
	['qualificationType', 'owner', 'issueDate'],
);

/** PATCH /qualification-records */
export const recordChange = object({ ...shared, id: string }, ['id']);

/** DELETE /qualification-records, archive and unarchive */
export const recordReference = object({ id: string }, ['id']);
