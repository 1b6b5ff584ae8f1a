import { normalize } from '../../common/coercion';

/** Extensions of the types that Samsara accepts and of other types that phones produce. */
const EXTENSIONS: Record<string, string> = {
	'application/pdf': 'pdf',
	'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
	'image/gif': 'gif',
	'image/heic': 'heic',
	'image/jpeg': 'jpg',
	'image/jpg': 'jpg',
	'image/png': 'png',
	'image/svg+xml': 'svg',
	'image/webp': 'webp',
	'text/plain': 'txt',
	'video/mp4': 'mp4',
};

const MAX_NAME_LENGTH = 100;

/** Of each part, since a file name may have 255 bytes. */
const MAX_PART_LENGTH = 60;

/** Adds the extension of the type. Samsara stores no file names. */
export function fileName(title: string, mimeType: string): string {
	const extension = EXTENSIONS[mimeType];
	return extension === undefined ? title : `${title}.${extension}`;
}

/** A file name without extension, after the field of the file: `Medical Card 2` */
export function fileTitle({ label, number }: { label: string; number?: number }): string {
	return numbered(allowedInFileName(label, MAX_NAME_LENGTH), number);
}

/**
 * Unique file names without extension: `Jane Roe - Medical Card - Scan`. Some file systems do not
 * distinguish case.
 */
export class FileTitles {
	private readonly used = new Set<string>();

	/** The last number of each name, since counting again each time takes minutes for thousands of files. */
	private readonly numbers = new Map<string, number>();

	/** The next name. It gets a number if there was one with the same parts. */
	next(...parts: string[]): string {
		const title = parts
			.map((part) => allowedInFileName(part, MAX_PART_LENGTH).replace(/\s+/g, ' '))
			.join(' - ');
		let number = this.numbers.get(normalize(title)) ?? 0;
		let unique: string;
		do unique = numbered(title, ++number === 1 ? undefined : number);
		while (this.used.has(normalize(unique)));
		this.numbers.set(normalize(title), number);
		this.used.add(normalize(unique));
		return unique;
	}
}

/** E.g. `Medical_Card_2`, a name for binary data that works in expressions and in lists of attachments. */
export function dataFieldName(prefix: string, label: string, number?: number): string {
	const name = label
		.replace(/[^\p{L}\p{N}]+/gu, '_')
		.replace(/^_+|_+$/g, '')
		.slice(0, MAX_NAME_LENGTH);
	return `${prefix}${[name || 'file', number].filter((part) => part !== undefined).join('_')}`;
}

/** Removes what file names cannot contain: separators, control characters, leading and trailing dots. */
function allowedInFileName(text: string, maxLength: number): string {
	const name = text
		.replace(/[\p{C}\\/:*?"<>|]+/gu, ' ')
		.replace(/^[.\s]+|[.\s]+$/g, '')
		.slice(0, maxLength)
		.trim();
	return name || 'file';
}

function numbered(name: string, number: number | undefined): string {
	return number === undefined ? name : `${name} ${number}`;
}
