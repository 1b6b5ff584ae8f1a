import type { IBinaryData } from 'n8n-workflow';
import { InvalidInputError } from '../../common/errors';
import type { MediaInput } from '../../api/types';
import type { Item } from '../../execution/item';
import { quoteList } from './formFields';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** What Samsara takes as a file of a qualification record, by file extension. */
const BY_EXTENSION: Record<string, string> = {
	jpg: 'image/jpeg',
	jpeg: 'image/jpeg',
	png: 'image/png',
	pdf: 'application/pdf',
	docx: DOCX,
};

const SUPPORTED_TYPES = new Set(Object.values(BY_EXTENSION));

/** Types that say nothing of the content, so that the file's name decides. */
const GENERIC_TYPES = new Set([
	'',
	'application/octet-stream',
	'binary/octet-stream',
	'application/zip',
]);

/** Stands for what is no name at all, such as a whole file of an expression; no binary field is called so. */
const NO_NAME = '[no name]';

/** Reads files from an item's binary fields and remembers how large they were. */
export class Files {
	private readonly readFiles: Array<{ name: string; bytes: number }> = [];

	constructor(private readonly item: Item) {}

	/**
	 * The files of binary fields, named in a list or in text with commas or lines between.
	 *
	 * @param label what the form calls the field that takes the files
	 * @throws InvalidInputError for a binary field that the item has not, an empty file, or a kind that Samsara does not take
	 */
	async media(names: unknown, label: string): Promise<MediaInput[]> {
		const fieldNames: unknown[] = Array.isArray(names) ? names : String(names).split(/[,\r\n]+/);
		return await Promise.all(
			fieldNames
				.map((name) => (typeof name === 'string' ? name.trim() : NO_NAME))
				.filter((name) => name !== '')
				.map(async (name) => await this.file(name, label)),
		);
	}

	/** `scan.pdf 3.1 MB, front.jpg 812 kB`, or '' where no file was read. */
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
				'Check the node that gives the file.',
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
		`The file '${fileName || 'without a name'}' for '${label}' is of the type '${statedType || 'unknown'}'`,
		'Samsara takes .jpg, .png, .pdf and .docx files.',
	);
}

function missingFileError(name: string, label: string, available: string[]): InvalidInputError {
	return new InvalidInputError(
		name === NO_NAME
			? `'${label}' takes names of binary fields, not files`
			: `'${label}' names the binary field '${name}', which the item does not have`,
		available.length === 0
			? 'The item has no binary fields. Read or download the file in a node before this one.'
			: `The item has ${quoteList(available)}.`,
	);
}

function formatSize(bytes: number): string {
	return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
