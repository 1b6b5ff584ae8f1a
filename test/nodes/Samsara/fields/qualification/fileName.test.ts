import {
	dataFieldName,
	fileName,
	fileTitle,
	FileTitles,
} from '../../../../../nodes/Samsara/fields/qualification/fileName';

describe('names of files', () => {
	it.each([
		['Medical Card', undefined, 'application/pdf', 'Medical Card.pdf'],
		['Medical Card', 2, 'image/jpeg', 'Medical Card 2.jpg'],
		['../../etc/passwd', undefined, 'image/png', 'etc passwd.png'],
		['a\u0000b\r\nc:*?"<>|', 1, 'text/html', 'a b c 1'],
		['...', undefined, 'image/png', 'file.png'],
		['Führerschein', undefined, 'image/png', 'Führerschein.png'],
	])('label %j, number %s and type %s make %s', (label, number, mimeType, name) => {
		expect(fileName(fileTitle({ label, number }), mimeType)).toBe(name);
	});

	it('of an owner are unique, whatever the case, and fit into file systems', () => {
		const titles = new FileTitles();
		const names = [
			titles.next('Ann/Bo', 'Medical: Card', 'Scan'),
			titles.next('ANN BO', 'Medical Card', 'Scan'),
			titles.next('Ann Bo', 'Medical Card', 'Scan'),
			titles.next('Ann Bo', 'Medical Card', 'Scan 2'),
			titles.next('..', 'x'.repeat(300), 'Führerschein'.repeat(30)),
		];
		expect(names.slice(0, 4)).toEqual([
			'Ann Bo - Medical Card - Scan',
			'ANN BO - Medical Card - Scan 2',
			'Ann Bo - Medical Card - Scan 3',
			'Ann Bo - Medical Card - Scan 2 2',
		]);
		expect(names[4]).toMatch(/^file - x+ - Führerschein/);
		expect(Buffer.byteLength(names[4])).toBeLessThan(240);
	});

	it.each([
		['', 'Medical Card', 2, 'Medical_Card_2'],
		['scan_', 'Führerschein (vorn)', undefined, 'scan_Führerschein_vorn'],
		['', ',;', undefined, 'file'],
		['', '__proto__', 1, 'proto_1'],
	])('of data fields: prefix %j, label %j and number %s make %s', (prefix, label, number, name) => {
		expect(dataFieldName(prefix, label, number)).toBe(name);
	});
});

test('thousands of files with one name do not take ever longer', () => {
	const has = jest.spyOn(Set.prototype, 'has');
	const titles = new FileTitles();
	const names = Array.from({ length: 1_000 }, () => titles.next('Jane Roe', 'Scan'));
	const lookUps = has.mock.calls.length;
	has.mockRestore();
	expect(new Set(names).size).toBe(1_000);
	expect(names.at(-1)).toBe('Jane Roe - Scan 1000');
	expect(lookUps).toBeLessThan(2_000);
});
