import { inflateRawSync } from 'node:zlib';

const DIRECTORY_ENTRY = 0x02014b50;
const END_OF_DIRECTORY = Buffer.from('PK\x05\x06', 'latin1');

/** The files in a ZIP file, by name. @param {Buffer} zip @returns {Record<string, Buffer>} */
export function unzip(zip) {
	const files = {};
	let at = zip.readUInt32LE(zip.lastIndexOf(END_OF_DIRECTORY) + 16);
	while (zip.readUInt32LE(at) === DIRECTORY_ENTRY) {
		const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) =>
			zip.readUInt16LE(at + offset),
		);
		const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
		const header = zip.readUInt32LE(at + 42);
		const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
		const bytes = zip.subarray(start, start + zip.readUInt32LE(at + 20));
		files[name] = zip.readUInt16LE(at + 10) === 0 ? bytes : inflateRawSync(bytes);
		at += 46 + nameLength + extraLength + commentLength;
	}
	return files;
}
