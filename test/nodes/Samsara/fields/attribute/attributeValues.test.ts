import { DateTime } from 'luxon';
import type { Attribute, AttributeValues } from '../../../../../nodes/Samsara/api/types';
import { attributeMapperFields } from '../../../../../nodes/Samsara/fields/attribute/attributeMapper';
import { attributeFilter } from '../../../../../nodes/Samsara/fields/attribute/attributeFilter';
import { readAttributeForm } from '../../../../../nodes/Samsara/fields/attribute/attributeForm';
import { mergeAttributes } from '../../../../../nodes/Samsara/fields/attribute/attributeMerge';
import { entityRows } from '../../../../../nodes/Samsara/fields/entityRow';
import { readAttributeValues } from '../../../../../nodes/Samsara/fields/attribute/attributeValues';

const license: Attribute = {
	id: 'a-1',
	name: 'License Class',
	attributeType: 'single-select',
	stringValues: ['Class A', 'Class B'],
};
const permits: Attribute = {
	id: 'a-2',
	name: 'Permits',
	attributeType: 'multi-select',
	stringValues: ['Oversize', 'Hazmat, Class 3', 'Night'],
};
const languages: Attribute = {
	id: 'a-3',
	name: 'Languages',
	attributeType: 'freeform-multi-select',
};
const length: Attribute = {
	id: 'a-4',
	name: 'Vehicle Length',
	attributeType: 'number',
	unit: 'FOOT',
	numberValues: [],
};
const hired: Attribute = { id: 'a-5', name: 'Hire Date', attributeType: 'date' };
const note: Attribute = { id: 'a-6', name: 'Note', attributeType: 'text' };
const legacy: Attribute = {
	id: 'a-7',
	name: 'Axle Loads',
	attributeType: 'number',
	attributeValueQuantity: 'multi',
	numberValues: [12000, 20000],
};
const all = [license, permits, languages, length, hired, note, legacy];

describe('readAttribute', () => {
	it.each<[string, Attribute, unknown, unknown[]]>([
		['a label in any case', license, '  class a ', ['Class A']],
		['several with commas', permits, 'night, oversize', ['Night', 'Oversize']],
		['a value that has a comma itself', permits, 'Hazmat, Class 3', ['Hazmat, Class 3']],
		[
			'such a value among others',
			permits,
			'Night, hazmat, class 3, Oversize',
			['Night', 'Hazmat, Class 3', 'Oversize'],
		],
		['lines', permits, 'Night\r\nHazmat, Class 3\n', ['Night', 'Hazmat, Class 3']],
		['a list', permits, ['Night', 'oversize', 'NIGHT'], ['Night', 'Oversize']],
		['free values', languages, 'English, Spanish,,', ['English', 'Spanish']],
		['a number as text', length, ' 13.6 ', [13.6]],
		['zero', length, 0, [0]],
		['a date of the picker', hired, '2027-01-15T00:00:00', ['2027-01-15']],
		[
			'a Luxon date in its own zone',
			hired,
			DateTime.fromISO('2027-01-15T23:00', { zone: 'America/Chicago' }),
			['2027-01-15'],
		],
		['text with commas where one is taken', note, 'a, b', ['a, b']],
		['legacy numbers', legacy, '20000, 12000', [20000, 12000]],
	])('reads %s', (_, attribute, inputs, values) => {
		expect(readAttributeValues(attribute, inputs, false)).toMatchObject({
			attribute,
			values,
			missing: [],
		});
	});

	it.each([null, undefined, '', '   ', [], [null, '']])('treats %j as no input', (inputs) => {
		expect(readAttributeValues(permits, inputs, false)).toBeUndefined();
	});

	it.each<[Attribute, unknown, string]>([
		[license, 'Class Z', "'License Class' does not allow the value 'Class Z'"],
		[license, ['Class A', 'Class B'], "'License Class' accepts one value, but has 2"],
		[permits, 'Night, Day', "'Permits' does not allow the value 'Day'"],
		[length, '13 ft', "'Vehicle Length (Feet)' must be a number, but is '13 ft'"],
		[length, true, "'Vehicle Length (Feet)' must be a number, but is 'true'"],
		[hired, '15.1.2027', "'Hire Date' is '15.1.2027'"],
		[note, { a: 1 }, "'Note' is an object, but must be a single value"],
		[legacy, '5', "'Axle Loads' does not allow the value '5'"],
	])('for %o, refuses %j', (attribute, inputs, message) => {
		expect(() => readAttributeValues(attribute, inputs, false)).toThrow(message);
	});

	it('reports values to add, each once', () => {
		expect(readAttributeValues(permits, 'Day, night, day', true)).toMatchObject({
			values: ['Day', 'Night'],
			missing: ['Day'],
		});
	});
});

describe('readAttributeForm', () => {
	const values = (form: unknown, json = {}) =>
		readAttributeForm(form, json, all, false).map(({ attribute, values: inputs }) => [
			attribute.name,
			inputs,
		]);

	it('reads inputs that are filled in', () => {
		const form = {
			mappingMode: 'defineBelow',
			value: { 'a-1': 'Class B', 'a-6': null, 'a-4': '' },
		};
		expect(values(form)).toEqual([['License Class', ['Class B']]]);
	});

	it('matches columns to names and ignores the others', () => {
		const json = { ' LICENSE class ': 'class b', 'vehicle length (feet)': 40, id: 'x', Note: '' };
		expect(values({ mappingMode: 'autoMapInputData', value: null }, json)).toEqual([
			['License Class', ['Class B']],
			['Vehicle Length', [40]],
		]);
	});

	it('refuses two columns for one attribute', () => {
		const json = { NOTE: 'a', note: 'b' };
		expect(() => values({ mappingMode: 'autoMapInputData' }, json)).toThrow(
			"The columns 'NOTE' and 'note' both match the attribute 'Note'",
		);
	});

	it('refuses an attribute that no longer exists', () => {
		expect(() => values({ value: { 'a-99': 'x' } })).toThrow("has the attribute 'a-99'");
	});
});

describe('attributeMapperFields', () => {
	it('has one input per attribute', () => {
		expect(
			attributeMapperFields(all).map(({ id, displayName, type, options }) => [
				id,
				displayName,
				type,
				options?.map(({ value }) => value),
			]),
		).toEqual([
			['a-1', 'License Class', 'options', ['Class A', 'Class B']],
			[
				'a-2',
				'Permits',
				'options',
				[
					'Oversize',
					'Hazmat, Class 3',
					'Night',
					'Oversize, Hazmat, Class 3',
					'Oversize, Night',
					'Hazmat, Class 3, Night',
					'Oversize, Hazmat, Class 3, Night',
				],
			],
			['a-3', 'Languages (several)', 'string', undefined],
			['a-4', 'Vehicle Length (Feet)', 'number', undefined],
			['a-5', 'Hire Date', 'dateTime', undefined],
			['a-6', 'Note', 'string', undefined],
			['a-7', 'Axle Loads', 'options', ['12000', '20000', '12000, 20000']],
		]);
	});

	it('lists values in the label if there are too many for a drop-down', () => {
		const stringValues = ['Hazmat', 'Tanker', 'Doubles', 'Passenger', 'School'];
		const [input] = attributeMapperFields([{ ...permits, stringValues }]);
		expect(input).toMatchObject({
			displayName: 'Permits (Hazmat, Tanker, Doubles, Passenger, School)',
			type: 'string',
		});
	});

	it('shows the first twenty and offers the others under Add attribute', () => {
		const many = Array.from({ length: 22 }, (_, n) => ({ ...note, id: `n-${n}`, name: `N ${n}` }));
		expect(attributeMapperFields(many).map(({ removed }) => removed)).toEqual([
			...Array<boolean>(20).fill(false),
			true,
			true,
		]);
	});
});

it.each([
	['elements of a list stay whole', languages, ['Smith, John'], ['Smith, John']],
	[
		'the exact value wins over one in another case',
		{ ...license, stringValues: ['a', 'A'] },
		'A',
		['A'],
	],
	['numbers are the same however written', legacy, '12000.0', [12000]],
])('%s', (_, attribute, inputs, values) => {
	expect(readAttributeValues(attribute, inputs, false)?.values).toEqual(values);
});

it.each([
	['a value that several allowed ones may be', { ...license, stringValues: ['aB', 'Ab'] }, 'AB'],
	['what only JavaScript takes for a number', length, '0x10'],
	['infinity', length, 'Infinity'],
])('refuses %s', (_, attribute, inputs) => {
	expect(() => readAttributeValues(attribute, inputs, false)).toThrow(/is 'AB', which can be|is '/);
});

describe('automatic mapping of a row with columns of the node', () => {
	const read = (json: Record<string, string>, ...attributes: Attribute[]) =>
		readAttributeForm({ mappingMode: 'autoMapInputData' }, json, attributes, false).map(
			({ attribute, values }) => [attribute.name, values],
		);

	it("uses the attribute's own column", () => {
		expect(read({ Note: 'attribute', note: 'node' }, note)).toEqual([['Note', ['attribute']]]);
		expect(read({ note: 'node', Note: 'attribute' }, note)).toEqual([['Note', ['attribute']]]);
		const lower = { ...note, name: 'notes' };
		expect(read({ notes: 'node', 'notes (2)': 'attribute' }, lower)).toEqual([
			['notes', ['attribute']],
		]);
	});
});

describe('rows', () => {
	const text = (name: string, value: string) => ({ id: name, name, stringValues: [value] });
	const rows = (definitions: Attribute[], ...attributes: AttributeValues[][]) =>
		entityRows(
			attributes.map((own, index) => ({ id: String(index), name: 'Ada', attributes: own })),
			({ id }) => ({ phone: undefined, tags: '', id }),
			definitions,
		);

	it("reserve the node's own columns even without a value", () => {
		const [row] = rows([], [text('phone', 'x'), text('name', 'y'), text('id', 'z')]);
		expect(Object.entries(row)).toEqual([
			['name', 'Ada'],
			['phone (2)', 'x'],
			['name (2)', 'y'],
			['id (2)', 'z'],
			['phone', null],
			['tags', null],
			['id', '0'],
		]);
	});

	it('have the attributes of the account in its order, and others after them', () => {
		const definitions = [
			{ id: 'b', name: 'b', attributeType: 'text' },
			{ id: 'n', name: 'n', attributeType: 'number' },
			{ id: 'phone', name: 'phone', attributeType: 'text' },
			{ id: 'b', name: 'b', attributeType: 'text' },
		] as Attribute[];
		const found = rows(
			definitions,
			[text('new', '1'), text('phone', '2'), text('b', '3')],
			[{ id: 'n', name: 'n', numberValues: [0] }],
		);
		expect(found.map(Object.entries)).toEqual([
			[
				['name', 'Ada'],
				['b', '3'],
				['n', undefined],
				['phone (2)', '2'],
				['new', '1'],
				['phone', null],
				['tags', null],
				['id', '0'],
			],
			[
				['name', 'Ada'],
				['b', null],
				['n', 0],
				['phone (2)', null],
				['phone', null],
				['tags', null],
				['id', '1'],
			],
		]);
	});
});

describe('mergeAttributes', () => {
	it('accepts a value as a row shows it, with its commas', () => {
		const assigned = { id: 'a-3', name: 'Languages', stringValues: ['Smith, John', 'Sami'] };
		const inputs = [readAttributeValues(languages, 'Smith, John, Sami', false)!];
		const merged = mergeAttributes([assigned], { inputs, cleared: [], mode: 'merge' }, all, false);
		expect(merged).toEqual([assigned]);
	});

	it('refuses more than 20 attributes only if the number grows', () => {
		const many = Array.from({ length: 22 }, (_, n) => ({ id: `x-${n}`, stringValues: ['x'] }));
		const clear = { inputs: [], cleared: [{ id: 'x-1' }], mode: 'merge' as const };
		expect(mergeAttributes(many, clear, all, true)).toHaveLength(21);
		const set = { ...clear, inputs: [{ attribute: length, values: [40], missing: [] }] };
		expect(mergeAttributes(many, set, all, true)).toHaveLength(22);
		expect(() => mergeAttributes(many, { ...set, cleared: [] }, all, true)).toThrow(
			'23 attributes',
		);
	});

	const present = [
		{ id: 'a-1', name: 'License Class', stringValues: ['Class A'], numberValues: [] },
		{ name: 'Note', stringValues: ['x'] },
	];
	const change = {
		inputs: [{ attribute: length, values: [40], missing: [] }],
		cleared: [note],
		mode: 'merge' as const,
	};
	const kept = { id: 'a-1', name: 'License Class', stringValues: ['Class A'] };
	const set = { id: 'a-4', name: 'Vehicle Length', numberValues: [40] };

	it('sends what stays, what is set, and what is removed without values', () => {
		expect(mergeAttributes(present, change, all, false)).toEqual([
			kept,
			set,
			{ name: 'Note', stringValues: [] },
		]);
	});

	it('leaves out what is removed if arrays replace', () => {
		expect(mergeAttributes(present, change, all, true)).toEqual([kept, set]);
		expect(mergeAttributes(present, { ...change, mode: 'replace' }, all, true)).toEqual([set]);
	});
});

describe('attributeFilter', () => {
	const entity = {
		attributes: [
			{ name: 'Vehicle Length', numberValues: [40] },
			{ name: 'Hire Date', dateValues: ['2027-01-15'] },
			{ name: 'License Class', stringValues: ['Class A'] },
		],
	};
	const is = (attribute: string, value: unknown) => ({ attribute, condition: 'is', value });
	const between = (attribute: string, from: unknown, to: unknown) => ({
		attribute,
		condition: 'between',
		from,
		to,
	});

	const support = { values: true, dates: false, openBounds: false };

	it('lets the API filter by one condition and checks the others', () => {
		const filter = attributeFilter(
			[is('License Class', 'Class A'), between('a-4', '30', 45)],
			all,
			support,
		);
		expect(filter.apiFilter).toBe('License Class:Class A');
		expect(filter.remaining).toBe(1);
		expect(filter.keep(entity)).toBe(true);
		expect(filter.keep({ attributes: [{ name: 'Vehicle Length', numberValues: [46] }] })).toBe(
			false,
		);
		expect(filter.keep({})).toBe(false);
	});

	it.each([
		[between('Vehicle Length', 10, 45), false, 'Vehicle Length:range(10,45)'],
		[
			between('Hire Date', '2027-01-01', '2027-12-31'),
			true,
			'Hire Date:range(2027-01-01,2027-12-31)',
		],
		[between('Hire Date', '2027-01-01', '2027-12-31'), false, undefined],
		[between('Vehicle Length', '', 45), true, undefined],
		[is('Note', 'a;b'), true, undefined],
	])('sends %j to the API only if it is supported', (row, dates, wire) => {
		expect(attributeFilter([row], all, { ...support, dates }).apiFilter).toBe(wire);
	});

	it.each([
		[between('Vehicle Length', '', 45), 'Vehicle Length:range(,45)'],
		[between('Hire Date', '2027-01-01', ''), 'Hire Date:range(2027-01-01,)'],
		[is('License Class', 'Class A'), undefined],
		[is('Vehicle Length', 40), undefined],
	])('sends %j to an endpoint that supports only ranges, with open bounds', (row, wire) => {
		const ranges = { values: false, dates: true, openBounds: true };
		const { apiFilter, remaining, attributes } = attributeFilter([row], all, ranges);
		expect(apiFilter).toBe(wire);
		expect(remaining).toBe(wire === undefined ? 1 : 0);
		expect(attributes.map(({ name }) => name)).toEqual(wire === undefined ? [row.attribute] : []);
	});

	it.each([
		[between('Vehicle Length', '', 45), true],
		[between('Vehicle Length', 41, ''), false],
		[between('Hire Date', '2027-01-15', ''), true],
		[between('Hire Date', '', '2027-01-14'), false],
	])('checks %j itself', (row, passes) => {
		expect(attributeFilter([row], all, support).keep(entity)).toBe(passes);
	});

	it('compares numbers as numbers', () => {
		const filter = attributeFilter(
			[is('License Class', 'class a'), is('Vehicle Length', '40.0')],
			all,
			support,
		);
		expect(filter.apiFilter).toBe('License Class:Class A');
		expect(filter.keep(entity)).toBe(true);
	});

	it.each([
		[is('License Class', ' '), "'Attribute Values: License Class' has no value"],
		[is('Shoe Size', 'x'), "has the attribute 'Shoe Size'"],
		[between('Vehicle Length', '', ''), "has neither 'From' nor 'To'"],
		[between('Vehicle Length', 'a', 'b'), "must be a number, but is 'a'"],
		[between('License Class', 'a', 'b'), 'but its values are text'],
		[between('Hire Date', 'soon', ''), 'which is not a valid date'],
		[is('Vehicle Length', 'abc'), "is 'abc'"],
		[is('Vehicle Length', '0x10'), "is '0x10'"],
		[is('License Class', 'Class X'), "has the value 'Class X', which the attribute does not allow"],
	])('refuses %j', (row, message) => {
		expect(() => attributeFilter([row], all, { ...support, dates: true })).toThrow(message);
	});
});
