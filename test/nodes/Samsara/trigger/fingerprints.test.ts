import { Fingerprints } from '../../../../nodes/Samsara/trigger/fingerprints';

const textsOf = (count: number, name = 'record') =>
	Array.from({ length: count }, (_, i) => `${name} ${i}`);

function setOf(texts: string[]) {
	const set = new Fingerprints();
	for (const text of texts) set.add(text);
	return set;
}

describe('Fingerprints', () => {
	test.each([0, 1, 2, 1_000, 20_000])(
		'after storing %d texts, the set has each of them and no other',
		(count) => {
			const stored = JSON.parse(JSON.stringify(setOf(textsOf(count)).store(170_000)));
			const restored = Fingerprints.from(stored);
			expect(restored.size).toBe(count);
			expect(textsOf(count).every((text) => restored.has(text))).toBe(true);
			expect(textsOf(5_000, 'other').some((text) => restored.has(text))).toBe(false);
		},
	);

	test('100,000 texts stay within the limit, none is forgotten, and few others are mistaken for one', () => {
		const stored = setOf(textsOf(100_000)).store(170_000);
		expect(JSON.stringify(stored).length).toBeLessThan(170_100);
		const restored = Fingerprints.from(stored);
		expect(textsOf(100_000).every((text) => restored.has(text))).toBe(true);
		const mistaken = textsOf(10_000, 'other').filter((text) => restored.has(text));
		expect(mistaken.length).toBeLessThan(150);
	});

	test('a set with shortened hashes still adds, finds and deletes texts', () => {
		const restored = Fingerprints.from(setOf(textsOf(60_000)).store(60_000));
		restored.add('new');
		expect(restored.has('new')).toBe(true);
		restored.delete('new');
		expect(restored.has('new')).toBe(false);
	});

	// As version 1.0.0 stored these texts. A workflow that reads its state differently would trigger for everything again.
	test.each([
		[3, 170_000, { count: 3, bits: 48, rice: 46, data: 'e3RvdhDiYOU3Tk4LFDOBDtJS' }],
		[
			40,
			90,
			{
				count: 40,
				bits: 17,
				rice: 11,
				data: 'oQ7Rttsu4bJKhfCiKnqblF4tv1sO-BXaLZ2FFDUfIEMMYyMZBSfwlDO7fj-K-rQGA4-phY_qRfeoU59rohzSyCq',
			},
		],
	])('%d texts within %d characters are stored and read as before', (count, maxChars, stored) => {
		expect(setOf(textsOf(count)).store(maxChars)).toEqual(stored);
		const restored = Fingerprints.from(stored);
		expect(restored.size).toBe(count);
		expect(textsOf(count).every((text) => restored.has(text))).toBe(true);
	});
});
