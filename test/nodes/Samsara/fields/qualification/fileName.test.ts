import {
	dataFieldName,
	fileName,
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
		expect(fileName(label, number, mimeType)).toBe(name);
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
