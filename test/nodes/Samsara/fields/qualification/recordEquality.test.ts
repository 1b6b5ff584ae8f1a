import type { QualificationRecord, RecordBody } from '../../../../../nodes/Samsara/api/types';
import { sameFields } from '../../../../../nodes/Samsara/fields/qualification/recordEquality';

const body = (fields: object[]) => ({ fields }) as unknown as RecordBody;
const record = (fields: object[]) => ({ fields }) as unknown as QualificationRecord;

it.each([
	['a table', 'table', { tableValue: { rows: [] } }, { tableValue: {} }],
	[
		'a row of a table',
		'table',
		{ tableValue: { rows: [{ id: 'r', cells: [] }] } },
		{ tableValue: { rows: [{ id: 'r' }] } },
	],
	['a list of barcodes', 'barcode', { barcodeValue: { barcodes: [] } }, { barcodeValue: {} }],
])('an empty list and a missing list are equal in %s', (_, type, sent, found) => {
	const field = { id: 'f', type };
	expect(sameFields(body([{ ...field, ...sent }]), record([{ ...field, ...found }]))).toBe(true);
});
