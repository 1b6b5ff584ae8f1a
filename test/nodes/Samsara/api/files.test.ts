import { download, type FileFetcher } from '../../../../nodes/Samsara/api/files';

function host(status: number, contentType: string | undefined, hex = ''): FileFetcher {
	return async () => ({
		status,
		headers: contentType === undefined ? {} : { 'content-type': contentType },
		bytes: Buffer.from(hex, 'hex'),
	});
}

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
		bytes: Buffer.from(''),
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
		const file = await download(host(200, contentType, hex), 'https://files.example/1?s=2');
		expect(file.mimeType).toBe(mimeType);
	});

	describe.each(FORBIDDEN)('%s', (url) => {
		it('is not fetched', async () => {
			const http = jest.fn<ReturnType<FileFetcher>, [string]>();
			await expect(download(http, url)).rejects.toThrow(
				'file address that Samsara provided cannot be used',
			);
			expect(http).not.toHaveBeenCalled();
		});

		it('is not fetched after a redirect', async () => {
			const http = redirecting({ 'https://files.example/1': url });
			const downloading = download(http, 'https://files.example/1');
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
		await download(http, url);
		expect(http).toHaveBeenCalledWith(url);
	});

	it.each(['http://127.0.0.1:8080/1', 'http://localhost/1', 'http://[::1]/1'])(
		'is fetched from %s if Samsara is simulated on this machine',
		async (url) => {
			const http = redirecting({});
			await download(http, url, true);
			expect(http).toHaveBeenCalledWith(url);
			await expect(download(http, 'http://10.0.0.1/1', true)).rejects.toThrow('cannot be used');
		},
	);

	it('follows redirects, including relative ones, but not endlessly', async () => {
		const http = redirecting({
			'https://files.example/1': '/2',
			'https://files.example/2': 'https://cdn.example/3?s=1',
		});
		await download(http, 'https://files.example/1');
		expect(http).toHaveBeenLastCalledWith('https://cdn.example/3?s=1');
		const circle = redirecting({ 'https://files.example/1': '/1' });
		await expect(download(circle, 'https://files.example/1')).rejects.toThrow('too many times');
		expect(circle.mock.calls.length).toBeLessThan(10);
	});

	it('fails without revealing the address', async () => {
		const refused = download(host(403, undefined), 'https://files.example/1?signature=abc');
		await expect(refused).rejects.toMatchObject({ status: 403, reason: 'status' });
		const unreachable = download(async () => {
			throw new Error('connect https://files.example/1?signature=abc');
		}, 'https://files.example/1?signature=abc');
		await expect(unreachable).rejects.toMatchObject({ reason: 'connection', status: 0 });
		await expect(unreachable).rejects.not.toThrow('signature');
	});
});
