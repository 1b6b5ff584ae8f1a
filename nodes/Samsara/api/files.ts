import type { IDataObject } from 'n8n-workflow';
import { SamsaraApiError } from '../common/errors';
import { isAllowedFileAddress } from './fileAddress';

export interface FileResponse {
	status: number;
	headers: IDataObject;
	bytes: Buffer;
}

/** Fetches a URL without a credential. Returns any status, does not follow redirects, and throws if no response arrives. */
export type FileFetcher = (url: string) => Promise<FileResponse>;

export interface DownloadedFile {
	bytes: Buffer;
	/** As the host or the content states it, e.g. `application/pdf`. */
	mimeType: string;
}

const ENDPOINT = 'GET file';

const MAX_REDIRECTS = 3;

const GENERIC_MIME_TYPE = 'application/octet-stream';

/** The first bytes of the file types that Samsara accepts, in hex. A .docx file is a ZIP archive. */
const MAGIC_NUMBERS: Array<[hex: string, mimeType: string]> = [
	['25504446', 'application/pdf'],
	['ffd8ff', 'image/jpeg'],
	['89504e47', 'image/png'],
	['504b0304', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
];

/**
 * Downloads a file from the signed URL that Samsara provided. Its host is not the API's host and must never receive the
 * token, so this uses neither the client nor the credential. Redirects are followed one by one, so that each is checked.
 *
 * @param allowLoopback see `isAllowedFileAddress`
 * @throws SamsaraApiError if the download fails, with the reason `status` (403 if the URL has expired) or `connection`
 */
export async function download(
	fetcher: FileFetcher,
	url: string,
	allowLoopback = false,
): Promise<DownloadedFile> {
	let address = url;
	for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
		if (!isAllowedFileAddress(address, allowLoopback)) {
			throw downloadError('connection', 0, 'The file address that Samsara provided cannot be used');
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
				`Samsara's file host returned status ${response.status}`,
			);
		}
		address = URL.canParse(location, address) ? new URL(location, address).href : '';
	}
	throw downloadError('connection', 0, "Samsara's file host redirected too many times");
}

/** The original error is dropped, because it may contain the signed URL. */
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
		description: "Run again. If it happens again, check n8n's network access.",
	});
}
