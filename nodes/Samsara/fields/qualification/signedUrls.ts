/**
 * Where a record has addresses of files, as paths in an item. Anyone who has such an address can download the file until it
 * expires, so newer versions of n8n hide it when they show an execution. The following nodes receive it.
 */
export const SIGNED_URLS = ['', '.tableValue.rows[*].cells[*]'].flatMap((cell) => [
	`fields[*]${cell}.mediaList[*].url`,
	`fields[*]${cell}.mediaValue.mediaList[*].url`,
	`fields[*]${cell}.signatureValue.media.url`,
]);
