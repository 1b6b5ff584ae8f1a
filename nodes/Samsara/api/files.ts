import type { BinaryHelperFunctions, IDataObject } from 'n8n-workflow';
import { SamsaraApiError, toError } from '../common/errors';
import { isAllowedFileAddress } from './fileAddress';

/** A Node.js stream. */
export type FileContent = Exclude<
	Parameters<BinaryHelperFunctions['prepareBinaryData']>[0],
	Buffer
>;

export interface FileResponse {
	status: number;
	headers: IDataObject;
	body: FileContent;
}

/** Fetches a URL without a credential. Returns any status, does not follow redirects, and throws if no response arrives. */
export type FileFetcher = (url: string) => Promise<FileResponse>;

/**
 * Stores the content of a file.
 *
 * @param mimeType as the host or the content states it, e.g. `application/pdf`
 */
export type StoreFile<T> = (content: FileContent, mimeType: string) => Promise<T>;

const ENDPOINT = 'GET file';

const MAX_REDIRECTS = 3;

/** For the content of one file: long enough for large scans on slow connections. */
const CONTENT_TIMEOUT_MS = 900_000;

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
 * The content is a stream, so that large files are never in memory as a whole.
 *
 * @param allowLoopback see `isAllowedFileAddress`
 * @throws SamsaraApiError if the download fails, with the reason `status` (403 if the URL has expired) or `connection`
 */
export async function download<T>(
	fetcher: FileFetcher,
	url: string,
	store: StoreFile<T>,
	allowLoopback = false,
): Promise<T> {
	let address = url;
	for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
		if (!isAllowedFileAddress(address, allowLoopback)) {
			throw downloadError('connection', 0, 'The file address that Samsara provided cannot be used');
		}
		const response = await fetchFile(fetcher, address);
		if (response.status >= 200 && response.status < 300) {
			return await storeContent(response, store);
		}
		response.body.destroy();
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

/** Hands over the content as it arrives. */
async function storeContent<T>(response: FileResponse, store: StoreFile<T>): Promise<T> {
	const { body } = response;
	const timeout = AbortSignal.timeout(CONTENT_TIMEOUT_MS);
	const stop = () => void body.destroy(new Error('Timeout'));
	timeout.addEventListener('abort', stop);
	// Without a listener, a connection that breaks before the content is read would end n8n's process.
	body.on('error', () => undefined);
	try {
		return await store(body, await mimeTypeOf(response));
	} catch (error) {
		const isIncomplete = body.errored !== null;
		body.destroy();
		throw isIncomplete
			? downloadError('connection', 0, "The connection to Samsara's file host broke")
			: toError(error);
	} finally {
		timeout.removeEventListener('abort', stop);
	}
}

/** The original error is dropped, because it may contain the signed URL. */
async function fetchFile(fetcher: FileFetcher, url: string): Promise<FileResponse> {
	try {
		return await fetcher(url);
	} catch {
		throw downloadError('connection', 0, "Samsara's file host could not be reached");
	}
}

async function mimeTypeOf({ headers, body }: FileResponse): Promise<string> {
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
	const magicNumber = (await firstBytes(body)).subarray(0, 4).toString('hex');
	return MAGIC_NUMBERS.find(([hex]) => magicNumber.startsWith(hex))?.[1] ?? GENERIC_MIME_TYPE;
}

/** Reads the first bytes of a stream and puts them back. */
async function firstBytes(body: FileContent): Promise<Buffer> {
	const chunks = body.iterator({ destroyOnReturn: false });
	try {
		const { value, done } = (await chunks.next()) as IteratorResult<Buffer>;
		if (done) return Buffer.alloc(0);
		body.unshift(value);
		return value;
	} finally {
		await chunks.return?.();
	}
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
