import type { IDataObject } from 'n8n-workflow';
import { SamsaraApiError } from './samsaraApiError';
import { isAllowedFileAddress } from './fileAddress';

export interface FileResponse {
	status: number;
	headers: IDataObject;
	bytes: Buffer;
}

/**
 * Fetches an address without any credential. Any status is an answer, redirects too, which it must not follow; throws
 * when none came.
 */
export type FileFetcher = (url: string) => Promise<FileResponse>;

export interface DownloadedFile {
	bytes: Buffer;
	/** What the host or the content says it is, e.g. `application/pdf`. */
	mimeType: string;
}

const ENDPOINT = 'GET file';

const MAX_REDIRECTS = 3;

const GENERIC_MIME_TYPE = 'application/octet-stream';

/** How the content of the files that Samsara takes begins, in hex. A .docx is a ZIP archive. */
const MAGIC_NUMBERS: Array<[hex: string, mimeType: string]> = [
	['25504446', 'application/pdf'],
	['ffd8ff', 'image/jpeg'],
	['89504e47', 'image/png'],
	['504b0304', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
];

/**
 * Downloads a file from the signed address that Samsara gave. Its host is another than the API's and must never get
 * the token, so this knows no client and no credential. Redirects are followed one by one, so that each address is
 * checked.
 *
 * @param allowLoopback see `isAllowedFileAddress`
 * @throws SamsaraApiError when the host does not give the file: of kind `status` (403 once the address has expired) or
 * `connection`
 */
export async function download(
	fetcher: FileFetcher,
	url: string,
	allowLoopback = false,
): Promise<DownloadedFile> {
	let address = url;
	for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
		if (!isAllowedFileAddress(address, allowLoopback)) {
			throw downloadError(
				'connection',
				0,
				'Samsara gave an address for the file that cannot be used',
			);
		}
		const response = await fetchFile(fetcher, address);
		if (response.status >= 200 && response.status < 300) {
			return { bytes: response.bytes, mimeType: mimeTypeOf(response) };
		}
		const { location } = response.headers;
		if (response.status < 300 || response.status >= 400 || typeof location !== 'string') {
			throw downloadError(
				'status',
				response.status,
				`Samsara's file host answered with status ${response.status}`,
			);
		}
		address = URL.canParse(location, address) ? new URL(location, address).href : '';
	}
	throw downloadError('connection', 0, "Samsara's file host redirects too often");
}

/** What was thrown is not passed on: it may hold the signed address. */
async function fetchFile(fetcher: FileFetcher, url: string): Promise<FileResponse> {
	try {
		return await fetcher(url);
	} catch {
		throw downloadError('connection', 0, "Samsara's file host could not be reached");
	}
}

function mimeTypeOf({ headers, bytes }: FileResponse): string {
	const contentType = String(headers['content-type'] ?? '')
		.split(';')[0]
		.trim()
		.toLowerCase();
	if (
		contentType !== '' &&
		contentType !== GENERIC_MIME_TYPE &&
		contentType !== 'binary/octet-stream'
	)
		return contentType;
	const magicNumber = bytes.subarray(0, 4).toString('hex');
	return MAGIC_NUMBERS.find(([hex]) => magicNumber.startsWith(hex))?.[1] ?? GENERIC_MIME_TYPE;
}

function downloadError(
	reason: 'status' | 'connection',
	status: number,
	message: string,
): SamsaraApiError {
	return new SamsaraApiError({
		reason,
		status,
		endpoint: ENDPOINT,
		message,
		description: "Run again. Check n8n's network access if it happens again.",
	});
}
