import { simpleValue } from '../../../../../nodes/Samsara/fields/qualification/simpleValue';

const options = ['Tank', 'Tank, liquid', 'Doubles, triples', 'HAZMAT', 'hazmat'].map(
	(label, index) => ({ id: `id${index}`, label }),
);

const checkBoxes = (value: unknown) =>
	simpleValue({ type: 'check_boxes', options }, value, 'Endorsements', { zone: 'utc' })
		.checkBoxesValue?.valueIds;

const multipleChoice = (value: unknown) =>
	simpleValue({ type: 'multiple_choice', options }, value, 'Class', { zone: 'utc' })
		.multipleChoiceValue?.valueId;

it.each<[string, unknown, string[]]>([
	['a list of labels', ['Tank', 'Doubles, triples'], ['id0', 'id2']],
	['labels separated by commas', 'Tank, HAZMAT', ['id0', 'id3']],
	['labels separated by line breaks', ' tank \n\nhazmat', ['id0', 'id4']],
	['a JSON list as text', '["Tank","HAZMAT"]', ['id0', 'id3']],
	['IDs', 'id1, id4', ['id1', 'id4']],
	['labels that contain commas', 'Tank, Liquid, doubles, TRIPLES, Tank', ['id1', 'id2', 'id0']],
	['a repeated label once', 'Tank, tank', ['id0']],
])('check boxes accept %s', (_, value, expected) => {
	expect(checkBoxes(value)).toEqual(expected);
});

it('prefers the label with the same case', () => {
	expect(multipleChoice(' hazmat ')).toBe('id4');
	expect(multipleChoice('Hazmat')).toBe('id3');
});

it.each([['Boats'], [['Tank', 7]], ['Tank, Boats, HAZMAT']])('check boxes reject %j', (value) => {
	expect(() => checkBoxes(value)).toThrow(
		/'Endorsements' is '(Boats|7)', which is not one of its choices/,
	);
});
