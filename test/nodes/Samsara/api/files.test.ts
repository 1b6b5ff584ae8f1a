import { download, type FileHttp } from '../../../../nodes/Samsara/api/files';

function host(status: number, contentType: string | undefined, hex = ''): FileHttp {
	return async () => ({
		status,
		headers: contentType === undefined ? {} : { 'content-type': contentType },
		bytes: Buffer.from(hex, 'hex'),
	});
}

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
	])('told as %s and beginning with %s is %s', async (told, hex, mimeType) => {
		const file = await download(host(200, told, hex), 'https://files.example/1?s=2');
		expect(file.mimeType).toBe(mimeType);
	});

	it.each(['file:///etc/passwd', 'ftp://x/1', 'javascript:1', 'https://user:pw@host/1', ''])(
		'is not fetched from %s',
		async (url) => {
			const http = jest.fn<ReturnType<FileHttp>, [string]>();
			await expect(download(http, url)).rejects.toThrow('an address for the file that cannot be');
			expect(http).not.toHaveBeenCalled();
		},
	);

	it('that the host does not give is a failure without the address in it', async () => {
		const refused = download(host(403, undefined), 'https://files.example/1?signature=abc');
		await expect(refused).rejects.toMatchObject({ status: 403, kind: 'status' });
		const unreachable = download(async () => {
			throw new Error('connect https://files.example/1?signature=abc');
		}, 'https://files.example/1?signature=abc');
		await expect(unreachable).rejects.toMatchObject({ kind: 'connection', status: 0 });
		await expect(unreachable).rejects.not.toThrow('signature');
	});
});
