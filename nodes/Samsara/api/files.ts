import type { IDataObject } from 'n8n-workflow';
import { SamsaraFailure } from './failure';
import { isAllowedFileAddress } from './fileAddress';

export interface FileAnswer {
	status: number;
	headers: IDataObject;
	bytes: Buffer;
}

/**
 * Fetches an address without any credential. Any status is an answer, redirects too, which it must not follow; throws
 * when none came.
 */
export type FileHttp = (url: string) => Promise<FileAnswer>;

export interface DownloadedFile {
	bytes: Buffer;
	/** What the host or the content says it is, e.g. `application/pdf`. */
	mimeType: string;
}

const ENDPOINT = 'GET file';

const MAX_REDIRECTS = 3;

const UNSPECIFIC = 'application/octet-stream';

/** How the content of the files that Samsara takes begins, in hex. A .docx is a ZIP archive. */
const BEGINNINGS: Array<[hex: string, mimeType: string]> = [
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
 * @throws SamsaraFailure when the host does not give the file: of kind `status` (403 once the address has expired) or
 * `connection`
 */
export async function download(
	http: FileHttp,
	url: string,
	allowLoopback = false,
): Promise<DownloadedFile> {
	let address = url;
	for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
		if (!isAllowedFileAddress(address, allowLoopback)) {
			throw failure('connection', 0, 'Samsara gave an address for the file that cannot be used');
		}
		const answer = await fetchFile(http, address);
		if (answer.status >= 200 && answer.status < 300) {
			return { bytes: answer.bytes, mimeType: mimeTypeOf(answer) };
		}
		const { location } = answer.headers;
		if (answer.status < 300 || answer.status >= 400 || typeof location !== 'string') {
			throw failure(
				'status',
				answer.status,
				`Samsara's file host answered with status ${answer.status}`,
			);
		}
		address = URL.canParse(location, address) ? new URL(location, address).href : '';
	}
	throw failure('connection', 0, "Samsara's file host redirects too often");
}

/** What was thrown is not passed on: it may hold the signed address. */
async function fetchFile(http: FileHttp, url: string): Promise<FileAnswer> {
	try {
		return await http(url);
	} catch {
		throw failure('connection', 0, "Samsara's file host could not be reached");
	}
}

function mimeTypeOf({ headers, bytes }: FileAnswer): string {
	const told = String(headers['content-type'] ?? '')
		.split(';')[0]
		.trim()
		.toLowerCase();
	if (told !== '' && told !== UNSPECIFIC && told !== 'binary/octet-stream') return told;
	const beginning = bytes.subarray(0, 4).toString('hex');
	return BEGINNINGS.find(([hex]) => beginning.startsWith(hex))?.[1] ?? UNSPECIFIC;
}

function failure(kind: 'status' | 'connection', status: number, message: string): SamsaraFailure {
	return new SamsaraFailure({
		kind,
		status,
		endpoint: ENDPOINT,
		message,
		advice: "Run again. Check n8n's network access if it happens again.",
	});
}
