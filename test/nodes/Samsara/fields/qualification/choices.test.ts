import { choiceId, choiceIds } from '../../../../../nodes/Samsara/fields/qualification/choices';

const CHOICES = ['Tank', 'Tank, liquid', 'Doubles, triples', 'HAZMAT', 'hazmat'].map(
	(label, index) => ({ id: `id${index}`, label }),
);

const ids = (value: unknown) => choiceIds(CHOICES, value, 'Endorsements');

it.each<[string, unknown, string[]]>([
	['a list of labels', ['Tank', 'Doubles, triples'], ['id0', 'id2']],
	['commas', 'Tank, HAZMAT', ['id0', 'id3']],
	['lines', ' tank \n\nhazmat', ['id0', 'id4']],
	['a JSON list as text', '["Tank","HAZMAT"]', ['id0', 'id3']],
	['IDs', 'id1, id4', ['id1', 'id4']],
	['labels that hold commas', 'Tank, Liquid, doubles, TRIPLES, Tank', ['id1', 'id2', 'id0']],
	['the same twice', 'Tank, tank', ['id0']],
])('takes %s', (_, value, expected) => {
	expect(ids(value)).toEqual(expected);
});

it('prefers the label that is written the same, case included', () => {
	expect(choiceId(CHOICES, ' hazmat ', 'Class')).toBe('id4');
	expect(choiceId(CHOICES, 'Hazmat', 'Class')).toBe('id3');
});

it.each([['Boats'], [['Tank', 7]], ['Tank, Boats, HAZMAT']])('refuses %j', (value) => {
	expect(() => ids(value)).toThrow(/'Endorsements' has no choice '(Boats|7)'/);
});
