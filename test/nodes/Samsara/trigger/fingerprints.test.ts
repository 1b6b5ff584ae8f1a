import { Fingerprints } from '../../../../nodes/Samsara/trigger/fingerprints';

const texts = (count: number, name = 'record') =>
	Array.from({ length: count }, (_, i) => `${name} ${i}`);

function setOf(all: string[]) {
	const set = new Fingerprints();
	for (const text of all) set.add(text);
	return set;
}

describe('Fingerprints', () => {
	test.each([0, 1, 2, 1_000, 20_000])(
		'%d texts are all known after storing, and no other',
		(count) => {
			const stored = JSON.parse(JSON.stringify(setOf(texts(count)).store(170_000)));
			const read = Fingerprints.from(stored);
			expect(read.size).toBe(count);
			expect(texts(count).every((text) => read.has(text))).toBe(true);
			expect(texts(5_000, 'other').some((text) => read.has(text))).toBe(false);
		},
	);

	test('100,000 texts stay within the room, none is forgotten, and few others are taken for one', () => {
		const stored = setOf(texts(100_000)).store(170_000);
		expect(JSON.stringify(stored).length).toBeLessThan(170_100);
		const read = Fingerprints.from(stored);
		expect(texts(100_000).every((text) => read.has(text))).toBe(true);
		expect(texts(10_000, 'other').filter((text) => read.has(text)).length).toBeLessThan(150);
	});

	test('a shortened set still takes, finds and drops texts', () => {
		const read = Fingerprints.from(setOf(texts(60_000)).store(60_000));
		read.add('new');
		expect(read.has('new')).toBe(true);
		read.delete('new');
		expect(read.has('new')).toBe(false);
	});
});
