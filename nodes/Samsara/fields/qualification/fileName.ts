/** Endings of the files that Samsara takes, and of what phones make. */
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

/** `Medical Card 2.pdf`: Samsara keeps no file names, so the field's label and the type make one. */
export function fileName(label: string, number: number | undefined, mimeType: string): string {
	const extension = EXTENSIONS[mimeType];
	return extension === undefined
		? numberedName(label, number)
		: `${numberedName(label, number)}.${extension}`;
}

/** `Medical_Card_2`: a name for n8n's binary data that expressions and lists of attachments can hold. */
export function dataFieldName(prefix: string, label: string, number?: number): string {
	const name = label
		.replace(/[^\p{L}\p{N}]+/gu, '_')
		.replace(/^_+|_+$/g, '')
		.slice(0, MAX_NAME_LENGTH);
	return `${prefix}${[name || 'file', number].filter((part) => part !== undefined).join('_')}`;
}

/** Without what file systems take for something else: separators, control characters, leading dots. */
function numberedName(label: string, number?: number): string {
	const name = label
		.replace(/[\p{C}\\/:*?"<>|]+/gu, ' ')
		.replace(/^[.\s]+|[.\s]+$/g, '')
		.slice(0, MAX_NAME_LENGTH)
		.trim();
	return [name || 'file', number].filter((part) => part !== undefined).join(' ');
}
