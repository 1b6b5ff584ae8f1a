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

/** E.g. `Medical Card 2.pdf`. Samsara stores no file names, so the name is the label of the field and the extension of the type. */
export function fileName(label: string, number: number | undefined, mimeType: string): string {
	const extension = EXTENSIONS[mimeType];
	return extension === undefined
		? numberedName(label, number)
		: `${numberedName(label, number)}.${extension}`;
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
function numberedName(label: string, number?: number): string {
	const name = label
		.replace(/[\p{C}\\/:*?"<>|]+/gu, ' ')
		.replace(/^[.\s]+|[.\s]+$/g, '')
		.slice(0, MAX_NAME_LENGTH)
		.trim();
	return [name || 'file', number].filter((part) => part !== undefined).join(' ');
}
