import type { IBinaryData } from 'n8n-workflow';
import { InvalidInputError } from '../../common/errors';
import type { MediaInput } from '../../api/types';
import type { Item } from '../../execution/item';
import { quoteList } from './qualificationType';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** The types of files that Samsara accepts for a qualification record, by extension. */
const BY_EXTENSION: Record<string, string> = {
	jpg: 'image/jpeg',
	jpeg: 'image/jpeg',
	png: 'image/png',
	pdf: 'application/pdf',
	docx: DOCX,
};

const SUPPORTED_TYPES = new Set(Object.values(BY_EXTENSION));

/** Types that say nothing about the content, so the extension decides. */
const GENERIC_TYPES = new Set([
	'',
	'application/octet-stream',
	'binary/octet-stream',
	'application/zip',
]);

/** Replaces an entry that is not a name, e.g. if an expression returns a whole file. */
const NO_NAME = '[no name]';

/** Reads the files of an item and keeps track of their sizes. */
export class Files {
	private readonly readFiles: Array<{ name: string; bytes: number }> = [];

	constructor(private readonly item: Item) {}

	/**
	 * Reads files for a field.
	 *
	 * @param names a list, or text with names separated by commas or line breaks
	 * @param label the label of the field
	 * @throws InvalidInputError if the item does not have a file, or if a file is empty or has a type that Samsara does not accept
	 */
	async media(names: unknown, label: string): Promise<MediaInput[]> {
		const fieldNames: unknown[] =
			typeof names === 'object' ? [names].flat() : String(names).split(/[,\r\n]+/);
		return await Promise.all(
			fieldNames
				.map((name) => (typeof name === 'string' ? name.trim() : NO_NAME))
				.filter((name) => name !== '')
				.map(async (name) => await this.file(name, label)),
		);
	}

	/** E.g. `scan.pdf 3.1 MB, front.jpg 812 kB`, or '' if no file was read. */
	sizes(): string {
		return this.readFiles.map(({ name, bytes }) => `${name} ${formatSize(bytes)}`).join(', ');
	}

	private async file(name: string, label: string): Promise<MediaInput> {
		const { n8n, index } = this.item;
		const binaries = n8n.getInputData()[index].binary ?? {};
		if (!Object.hasOwn(binaries, name)) throw missingFileError(name, label, Object.keys(binaries));
		const mediaType = typeOf(binaries[name], label);
		const content = await n8n.helpers.getBinaryDataBuffer(index, name);
		const fileName = binaries[name].fileName ?? name;
		if (content.length === 0) {
			throw new InvalidInputError(
				`The file '${fileName}' for '${label}' is empty`,
				'Check the node that outputs the file.',
			);
		}
		this.readFiles.push({ name: fileName, bytes: content.length });
		return { base64Payload: content.toString('base64'), mediaType };
	}
}

function typeOf({ mimeType, fileName = '', fileExtension }: IBinaryData, label: string): string {
	const statedType = (mimeType ?? '').split(';')[0].trim().toLowerCase();
	const normalizedType = statedType === 'image/jpg' ? 'image/jpeg' : statedType;
	if (SUPPORTED_TYPES.has(normalizedType)) return normalizedType;
	const extension = (/\.([^.]+)$/.exec(fileName)?.[1] ?? fileExtension ?? '').toLowerCase();
	if (GENERIC_TYPES.has(normalizedType) && Object.hasOwn(BY_EXTENSION, extension))
		return BY_EXTENSION[extension];
	throw new InvalidInputError(
		`The file ${fileName && `'${fileName}' `}for '${label}' has the type '${statedType || 'unknown'}'`,
		'Samsara accepts .jpg, .png, .pdf and .docx files.',
	);
}

function missingFileError(name: string, label: string, available: string[]): InvalidInputError {
	return new InvalidInputError(
		name === NO_NAME
			? `'${label}' takes the names of files, not the files themselves`
			: `'${label}' names the file '${name}', which the item does not have`,
		available.length === 0
			? 'The item has no files. Add a node before this one that reads or downloads the file.'
			: `The files of the item are ${quoteList(available)}.`,
	);
}

function formatSize(bytes: number): string {
	return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
