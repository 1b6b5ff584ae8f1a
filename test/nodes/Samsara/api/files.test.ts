import { download, type FileFetcher } from '../../../../nodes/Samsara/api/files';
import { hexOf, streamOf } from '../../../streams.mts';

function host(status: number, contentType: string | undefined, ...chunks: string[]): FileFetcher {
	return async () => ({
		status,
		headers: contentType === undefined ? {} : { 'content-type': contentType },
		body: streamOf(chunks),
	});
}

const store = async (content: Parameters<typeof hexOf>[0], mimeType: string) => ({
	hex: await hexOf(content),
	mimeType,
});

const FORBIDDEN = [
	'file:///etc/passwd',
	'ftp://x.example/1',
	'javascript:1',
	'https://user:pw@host.example/1',
	'//',
	'http://files.example/1',
	'http://127.0.0.1/1',
	'https://127.0.0.1/1',
	'https://2130706433/1',
	'https://0x7f.1/1',
	'https://0.0.0.0/1',
	'https://10.1.2.3/1',
	'https://100.64.0.1/1',
	'https://169.254.169.254/latest/meta-data',
	'https://172.16.0.1/1',
	'https://172.31.255.255/1',
	'https://192.168.1.1/1',
	'https://198.18.0.1/1',
	'https://224.0.0.1/1',
	'https://255.255.255.255/1',
	'https://[::]/1',
	'https://[::1]/1',
	'https://[::ffff:10.0.0.1]/1',
	'https://[64:ff9b::a00:1]/1',
	'https://[fc00::1]/1',
	'https://[fd12:3456::1]/1',
	'https://[fe80::1]/1',
	'https://[2002:a00:1::]/1',
	'https://[2001::1]/1',
	'https://localhost/1',
	'https://localhost./1',
	'https://LOCALHOST/1',
	'https://files.localhost/1',
	'https://metadata.google.internal/1',
	'https://printer.local/1',
	'https://intranet/1',
];

/** A host that redirects some addresses, and returns a file at all others. */
const redirecting = (to: Record<string, string>) =>
	jest.fn<ReturnType<FileFetcher>, [string]>(async (url) => ({
		status: url in to ? 302 : 200,
		headers: url in to ? { location: to[url] } : {},
		body: streamOf([]),
	}));

describe('a file from its signed address', () => {
	it.each([
		['image/png; charset=binary', '', 'image/png'],
		['application/octet-stream', '255044462d', 'application/pdf'],
		['binary/octet-stream', 'ffd8ffe0', 'image/jpeg'],
		[undefined, '89504e470d', 'image/png'],
		[
			undefined,
			'504b0304',
			'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
		],
		[undefined, '00', 'application/octet-stream'],
	])('with content type %s and first bytes %s is %s', async (contentType, hex, mimeType) => {
		const file = await download(
			host(200, contentType, hex, '0102'),
			'https://files.example/1?s=2',
			store,
		);
		expect(file).toEqual({ mimeType, hex: `${hex}0102` });
	});

	describe.each(FORBIDDEN)('%s', (url) => {
		it('is not fetched', async () => {
			const http = jest.fn<ReturnType<FileFetcher>, [string]>();
			await expect(download(http, url, store)).rejects.toThrow(
				'file address that Samsara provided cannot be used',
			);
			expect(http).not.toHaveBeenCalled();
		});

		it('is not fetched after a redirect', async () => {
			const http = redirecting({ 'https://files.example/1': url });
			const downloading = download(http, 'https://files.example/1', store);
			await expect(downloading).rejects.toMatchObject({ reason: 'connection' });
			expect(http.mock.calls).toEqual([['https://files.example/1']]);
		});
	});

	it.each([
		'https://files.example/1',
		'https://127.0.0.1.nip.example/1',
		'https://8.8.8.8/1',
		'https://[2606:4700::1111]/1',
		'https://172.32.0.1/1',
	])('is fetched from %s', async (url) => {
		const http = redirecting({});
		await download(http, url, store);
		expect(http).toHaveBeenCalledWith(url);
	});

	it.each(['http://127.0.0.1:8080/1', 'http://localhost/1', 'http://[::1]/1'])(
		'is fetched from %s if Samsara is simulated on this machine',
		async (url) => {
			const http = redirecting({});
			await download(http, url, store, true);
			expect(http).toHaveBeenCalledWith(url);
			await expect(download(http, 'http://10.0.0.1/1', store, true)).rejects.toThrow(
				'cannot be used',
			);
		},
	);

	it('follows redirects, including relative ones, but not endlessly', async () => {
		const http = redirecting({
			'https://files.example/1': '/2',
			'https://files.example/2': 'https://cdn.example/3?s=1',
		});
		await download(http, 'https://files.example/1', store);
		expect(http).toHaveBeenLastCalledWith('https://cdn.example/3?s=1');
		const circle = redirecting({ 'https://files.example/1': '/1' });
		await expect(download(circle, 'https://files.example/1', store)).rejects.toThrow(
			'too many times',
		);
		expect(circle.mock.calls.length).toBeLessThan(10);
	});

	it('fails without revealing the address', async () => {
		const refused = download(host(403, undefined), 'https://files.example/1?signature=abc', store);
		await expect(refused).rejects.toMatchObject({ status: 403, reason: 'status' });
		const unreachable = download(
			async () => {
				throw new Error('connect https://files.example/1?signature=abc');
			},
			'https://files.example/1?signature=abc',
			store,
		);
		await expect(unreachable).rejects.toMatchObject({ reason: 'connection', status: 0 });
		await expect(unreachable).rejects.not.toThrow('signature');
	});

	it.each(['image/png', 'application/octet-stream'])(
		'of type %s is not kept if the connection breaks',
		async (contentType) => {
			const error = new Error('aborted https://files.example/1?signature=abc');
			const http: FileFetcher = async () => ({
				status: 200,
				headers: { 'content-type': contentType },
				body: streamOf(['0102'], error),
			});
			const broken = download(http, 'https://files.example/1?signature=abc', store);
			await expect(broken).rejects.toMatchObject({
				reason: 'connection',
				message: "The connection to Samsara's file host broke",
			});
		},
	);

	it('fails with the reason why it cannot be stored, and closes the connection', async () => {
		const body = streamOf(['0102', '0304']);
		const http: FileFetcher = async () => ({ status: 200, headers: {}, body });
		const full = download(http, 'https://files.example/1', async () => {
			throw new Error('No space left on device');
		});
		await expect(full).rejects.toThrow('No space left on device');
		expect(body.destroyed).toBe(true);
	});

	it('closes the connection of a response that is not the file', async () => {
		const bodies = [streamOf(['01']), streamOf(['02'])];
		const http = jest
			.fn<ReturnType<FileFetcher>, [string]>()
			.mockResolvedValueOnce({ status: 302, headers: { location: '/2' }, body: bodies[0] })
			.mockResolvedValueOnce({ status: 404, headers: {}, body: bodies[1] });
		await expect(download(http, 'https://files.example/1', store)).rejects.toThrow('status 404');
		expect(bodies.map(({ destroyed }) => destroyed)).toEqual([true, true]);
	});
});
