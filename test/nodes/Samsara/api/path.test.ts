import { path, queryString } from '../../../../nodes/Samsara/api/path';
import { InvalidInputError } from '../../../../nodes/Samsara/common/errors';

const BASE = 'https://api.samsara.com';

/** The request as a server receives it. */
function arrived(target: string) {
	const { pathname, search, host, hash } = new URL(`${BASE}${target}`);
	return { segments: pathname.split('/').slice(1).map(decodeURIComponent), search, host, hash };
}

describe('an ID stays inside its own segment', () => {
	it.each([
		'1654973',
		'payrollId:ABFS18600',
		'samsara.vin:1FUJGLDR5CSBH1234',
		'../drivers',
		'..%2f..%2fme',
		'a/../../me',
		'a\\..\\me',
		'%2F',
		'%2e%2e',
		'?limit=1',
		'#x',
		'a b+c&d=e;f,g',
		'a\r\nX-Evil: 1',
		'@evil.example',
		'//evil.example',
		'née:Zoë 你好 🚚',
		'\u0000',
		'...',
		'x'.repeat(512),
	])('%.30j', (id) => {
		const { segments, search, host, hash } = arrived(path`/fleet/drivers/${id}`);
		expect(segments).toEqual(['fleet', 'drivers', id]);
		expect([search, host, hash]).toEqual(['', 'api.samsara.com', '']);
	});

	it('encodes the colon of an external ID, as the SDKs do', () => {
		expect(path`/fleet/drivers/${'payrollId:A 1'}`).toBe('/fleet/drivers/payrollId%3AA%201');
	});

	it('accepts half a surrogate pair', () => {
		expect(path`/attributes/${'a\ud83d'}`).toBe('/attributes/a%EF%BF%BD');
	});

	it.each(['', '  ', '.', '..', 'x'.repeat(513), 'x'.repeat(10_000)])('refuses %.10j', (id) => {
		expect(() => path`/fleet/drivers/${id}`).toThrow(InvalidInputError);
	});
});

describe('queries', () => {
	it('separates lists by commas and leaves out missing values', () => {
		expect(
			queryString({
				ids: ['a:b', 'c&d'],
				limit: 512,
				includeDeleted: false,
				after: undefined,
				tagIds: [],
				x: '',
			}),
		).toBe('?ids=a%3Ab,c%26d&limit=512&includeDeleted=false');
		expect(queryString({})).toBe('');
		expect(queryString({ after: undefined })).toBe('');
	});

	it('refuses an ID with a comma, which would be two IDs', () => {
		expect(() => queryString({ ownerIds: ['1', '2,3'] })).toThrow(InvalidInputError);
		expect(queryString({ attributes: ['Length:range(8,)'] })).toBe(
			'?attributes=Length%3Arange(8%2C)',
		);
	});

	it('keeps hostile values inside their parameter', () => {
		const hostile = 'x&limit=1#?\r\n=/../';
		const { search, segments } = arrived(`/attributes${queryString({ after: hostile })}`);
		expect([...new URLSearchParams(search)]).toEqual([['after', hostile]]);
		expect(segments).toEqual(['attributes']);
	});
});
