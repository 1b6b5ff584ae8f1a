import type { QualificationRecord, RecordField } from '../../../../../nodes/Samsara/api/types';
import { Days } from '../../../../../nodes/Samsara/fields/dates';
import { filesOf } from '../../../../../nodes/Samsara/fields/qualification/recordFields';
import { recordRow } from '../../../../../nodes/Samsara/fields/qualification/recordRow';

const days = new Days(new Date('2026-11-22T12:00:00Z'), 'America/New_York');

function record(fields: unknown[], more: object = {}): QualificationRecord {
	return {
		id: 'r1',
		recordStatus: 'active',
		owner: { entityType: 'worker', id: '42' },
		qualificationType: { id: 't1', name: 'Medical Card' },
		issueDate: '2025-01-02T00:00:00Z',
		createdAtTime: '2025-01-02T00:00:00Z',
		createdBy: { id: '1', type: 'user' },
		updatedAtTime: '2025-01-02T00:00:00Z',
		updatedBy: { id: '1', type: 'user' },
		fields: fields as RecordField[],
		...more,
	} as QualificationRecord;
}

describe('a record as a flat row', () => {
	it('has just the columns of its own fields, though a label contains a line break', () => {
		const text = (label: string) => ({
			id: label,
			label,
			type: 'text',
			textValue: { value: 'x' },
		});
		const columns = ['Front', 'Back', 'Front\nBack'];
		const columnsOf = (...labels: string[]) => {
			const row = recordRow(record(labels.map(text)), days);
			return columns.filter((name) => name in row);
		};
		expect(columnsOf('Front', 'Back')).toEqual(['Front', 'Back']);
		expect(columnsOf('Front\nBack')).toEqual(['Front\nBack']);
	});

	it('starts with the owner, the type and the dates, and ends with the IDs', () => {
		const row = recordRow(
			record([], { expirationDate: '2026-11-30T00:00:00Z', externalIds: { hr: '7', b: 'x' } }),
			days,
			{
				entityType: 'worker',
				id: '42',
				name: 'Tyler Moon',
				email: '',
				phone: '2065550100',
				externalIds: { payrollId: 'P1' },
			},
		);
		expect(Object.entries(row)).toEqual([
			['ownerName', 'Tyler Moon'],
			['type', 'Medical Card'],
			['expirationDate', '2026-11-30'],
			['daysUntilExpiration', 8],
			['issueDate', '2025-01-02'],
			['status', 'active'],
			['externalIds', 'hr:7, b:x'],
			['ownerType', 'worker'],
			['ownerId', '42'],
			['ownerEmail', null],
			['ownerPhone', '2065550100'],
			['ownerExternalIds', 'payrollId:P1'],
			['id', 'r1'],
			['createdAtTime', '2025-01-02T00:00:00Z'],
			['createdBy', 'user 1'],
			['createdByType', 'user'],
			['updatedAtTime', '2025-01-02T00:00:00Z'],
			['updatedBy', 'user 1'],
			['updatedByType', 'user'],
		]);
	});

	it.each([undefined, '1970-01-01T00:00:00Z'])(
		'has no days left without an expiration date (%s)',
		(expirationDate) => {
			const row = recordRow(record([], { expirationDate }), days);
			expect(row.expirationDate).toBeNull();
			expect(row.daysUntilExpiration).toBeUndefined();
		},
	);

	it('has 0 days left on the expiration date', () => {
		const row = recordRow(record([], { expirationDate: '2026-11-22T00:00:00Z' }), days);
		expect(row.daysUntilExpiration).toBe(0);
	});

	it('has a readable value for each type of field', () => {
		const row = recordRow(
			record([
				{ id: '1', type: 'text', label: 'Examiner', textValue: { value: 'Dr. Marsh' } },
				{ id: '2', type: 'number', label: 'Hours', numberValue: { value: 0 } },
				{
					id: '3',
					type: 'multiple_choice',
					label: 'Class',
					multipleChoiceValue: { value: 'A', valueId: 'v' },
				},
				{
					id: '4',
					type: 'check_boxes',
					label: 'Endorsements',
					checkBoxesValue: { value: ['H', 'N'], valueIds: ['a', 'b'] },
				},
				{
					id: '5',
					type: 'datetime',
					label: 'Examined',
					dateTimeValue: { type: 'date', value: '2026-01-02T05:00:00Z', dateValue: '2026-01-02' },
				},
				{
					id: '6',
					type: 'datetime',
					label: 'At',
					dateTimeValue: { type: 'time', value: '1970-01-01T08:30:00Z' },
				},
				{
					id: '7',
					type: 'datetime',
					label: 'Seen',
					dateTimeValue: { type: 'datetime', value: '2026-01-02T05:00:00Z' },
				},
				{
					id: '8',
					type: 'media',
					label: 'Scan',
					mediaList: [
						{ id: 'm', processingStatus: 'finished', url: 'https://x/1' },
						{ id: 'n', processingStatus: 'processing' },
					],
				},
				{
					id: '9',
					type: 'signature',
					label: 'Signature',
					signatureValue: { media: { id: 'o', processingStatus: 'finished' } },
				},
				{ id: '10', type: 'media', label: 'Nothing', mediaList: [] },
				{ id: '11', type: 'text', textValue: { value: 'no label' } },
			]),
			days,
		);
		expect(row).toMatchObject({
			Examiner: 'Dr. Marsh',
			Hours: 0,
			Class: 'A',
			Endorsements: 'H, N',
			Examined: '2026-01-02',
			At: '08:30',
			Seen: '2026-01-02T05:00:00Z',
			Scan: '2 files (1 processing)',
			Signature: '1 file',
			'11': 'no label',
		});
		expect(row).not.toHaveProperty('Nothing');
	});

	it('has its own columns even without a value, so that no field takes their names', () => {
		const bare = {
			...record([{ id: '1', type: 'text', label: 'externalIds', textValue: { value: 'x' } }]),
			createdBy: undefined,
			updatedBy: undefined,
		} as unknown as QualificationRecord;
		const { daysUntilExpiration, ...row } = recordRow(bare, days);
		expect(daysUntilExpiration).toBeUndefined();
		expect(row).toMatchObject({
			ownerName: null,
			expirationDate: null,
			externalIds: null,
			createdBy: null,
			createdByType: null,
			ownerEmail: null,
			ownerPhone: null,
			ownerExternalIds: null,
			'externalIds (2)': 'x',
		});
		const noFields = { ...bare, fields: null } as unknown as QualificationRecord;
		expect(Object.keys(recordRow(noFields, days))).toEqual(
			Object.keys(recordRow(record([]), days)),
		);
	});

	it('has the external IDs of an owner who was not looked up, if the record has them', () => {
		const owner = { entityType: 'worker', id: '42', externalIds: { payrollId: 'P1' } };
		expect(recordRow(record([], { owner }), days)).toMatchObject({
			ownerName: null,
			ownerExternalIds: 'payrollId:P1',
		});
	});

	it.each([
		[{ id: '7' }, '7', null],
		[{ type: 'driver' }, 'driver', 'driver'],
		[{ id: '', type: '' }, null, null],
		[{}, null, null],
	])('says as much about who created it as %j does', (createdBy, both, type) => {
		expect(recordRow(record([], { createdBy }), days)).toMatchObject({
			createdBy: both,
			createdByType: type,
		});
	});

	it('gives fields with the same label a number, so that none hides another or the ID', () => {
		const named = (label: string, value: string) => ({
			id: value,
			type: 'text',
			label,
			textValue: { value },
		});
		const row = recordRow(
			record([named('id', 'a'), named('Note', 'b'), named('Note', 'c'), named('__proto__', 'd')]),
			days,
		);
		expect(row.id).toBe('r1');
		expect(Object.values(row)).toEqual(expect.arrayContaining(['a', 'b', 'c', 'd']));
		expect(row).toMatchObject({ 'id (2)': 'a', Note: 'b', 'Note (2)': 'c' });
	});

	it('keeps its own columns, and those of the operation, if fields have the same label', () => {
		const text = (label: string) => ({ id: label, type: 'text', label, textValue: { value: 'x' } });
		const row = recordRow(
			record(['created', 'event', 'createdBy', 'Note'].map(text)),
			days,
			undefined,
			{ created: true },
		);
		expect(row).toMatchObject({
			created: true,
			'created (2)': 'x',
			event: 'x',
			createdBy: 'user 1',
			'createdBy (2)': 'x',
		});
		const columns = Object.keys(row);
		expect(columns[0]).toBe('created');
		expect(columns.indexOf('Note')).toBeLessThan(columns.indexOf('createdBy'));
	});

	describe("with the values of all types in each field, as in Samsara's API guide", () => {
		const media = { id: 'm', processingStatus: 'processing' };
		const all = {
			checkBoxesValue: { value: ['Option A', 'Option B'], valueIds: ['a', 'b'] },
			dateTimeValue: { type: 'datetime', value: '2024-08-08T18:53:23Z', dateValue: '2024-08-08' },
			mediaList: [media, media],
			multipleChoiceValue: { value: 'Yes', valueId: 'y' },
			numberValue: { value: 123.456 },
			signatureValue: { media },
			tableValue: { columns: [], rows: [] },
			textValue: { value: 'Exposed wires' },
		};
		const cell = {
			...all,
			mediaValue: { mediaList: [media, media, media] },
			mediaList: undefined,
			tableValue: undefined,
			personValue: {
				person: { entryType: 'tracked', name: 'Jake', polymorphicUserId: { id: '9' } },
			},
			barcodeValue: { barcodes: [{ value: '17' }] },
		};

		it.each([
			['text', 'Exposed wires'],
			['number', 123.456],
			['datetime', '2024-08-08T18:53:23Z'],
			['multiple_choice', 'Yes'],
			['check_boxes', 'Option A, Option B'],
			['media', '2 files (2 processing)'],
			['signature', '1 file (1 processing)'],
			['table', []],
		])('a field of type %s has its own value', (type, value) => {
			const row = recordRow(record([{ id: '1', label: 'Field', type, ...all }]), days);
			expect(row.Field).toEqual(value);
		});

		it.each([
			['text', 'Exposed wires'],
			['number', 123.456],
			['media', '3 files (3 processing)'],
			['signature', '1 file (1 processing)'],
			['person', 'Jake'],
			['barcode', '17'],
		])('a cell of type %s has its own value', (type, value) => {
			const columns = [{ id: 'c', label: 'Cell', type }];
			const rows = [{ id: 'r', cells: [{ id: 'c', type, ...cell }] }];
			const field = { id: '1', label: 'Table', type: 'table', tableValue: { columns, rows } };
			expect(recordRow(record([field]), days).Table).toEqual([{ Cell: value }]);
		});

		it('a type without a value of its own has the value that is present', () => {
			const of = (type: string) => ({ id: type, label: type, type, numberValue: { value: 0 } });
			const row = recordRow(record([of('text'), of('hologram')]), days);
			expect(row).toMatchObject({ text: 0, hologram: 0 });
		});

		it('downloads only the files of fields that hold files', () => {
			const fields = ['text', 'media', 'signature', 'table'].map((type) => ({
				id: type,
				label: type,
				type,
				...all,
			}));
			expect(filesOf(record(fields)).map(({ label }) => label)).toEqual([
				'media',
				'media',
				'signature',
			]);
		});
	});

	it('returns a table as rows with the column labels', () => {
		const row = recordRow(
			record([
				{
					id: '1',
					type: 'table',
					label: 'Sessions',
					tableValue: {
						columns: [
							{ id: 'c1', label: 'Topic', type: 'text' },
							{ id: 'c2', label: 'Trainer', type: 'person' },
							{ id: 'c3', label: 'Badge', type: 'barcode' },
							{ id: 'c4', label: 'Photos', type: 'media' },
						],
						rows: [
							{
								id: 'x',
								cells: [
									{ id: 'c1', type: 'text', textValue: { value: 'Chains' } },
									{
										id: 'c2',
										type: 'person',
										personValue: {
											person: {
												entryType: 'tracked',
												polymorphicUserId: { id: '9', type: 'driver' },
											},
										},
									},
									{
										id: 'c3',
										type: 'barcode',
										barcodeValue: { barcodes: [{ value: '1' }, { value: '2' }] },
									},
									{
										id: 'c4',
										type: 'media',
										mediaValue: { mediaList: [{ id: 'm', processingStatus: 'unknown' }] },
									},
								],
							},
							{ id: 'y', cells: [] },
						],
					},
				},
			]),
			days,
		);
		expect(row.Sessions).toEqual([
			{ Topic: 'Chains', Trainer: '9', Badge: '1, 2', Photos: '1 file' },
			{},
		]);
	});
});
