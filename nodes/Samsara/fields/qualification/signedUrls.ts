/**
 * Where a record has addresses of files, as paths in an item. Anyone who has such an address can download the file until it
 * expires. n8n is to hide what a node declares as sensitive when it shows an execution; 2.41.1 knows the declaration, but does
 * not use it yet. The following nodes receive the address in any case.
 */
export const SIGNED_URLS = ['', '.tableValue.rows[*].cells[*]'].flatMap((cell) => [
	`fields[*]${cell}.mediaList[*].url`,
	`fields[*]${cell}.mediaValue.mediaList[*].url`,
	`fields[*]${cell}.signatureValue.media.url`,
]);
