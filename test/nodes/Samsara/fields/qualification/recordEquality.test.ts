import type { QualificationRecord, RecordBody } from '../../../../../nodes/Samsara/api/types';
import { sameFields } from '../../../../../nodes/Samsara/fields/qualification/recordEquality';

const draft = (fields: object[]) => ({ fields }) as unknown as RecordBody;
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
])('%s with nothing in it is the same with and without an empty list', (_, type, sent, found) => {
	const field = { id: 'f', type };
	expect(sameFields(draft([{ ...field, ...sent }]), record([{ ...field, ...found }]))).toBe(true);
});
