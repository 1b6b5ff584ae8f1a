import { Workflow, type INode, type INodeTypes } from 'n8n-workflow';
import { SamsaraApi } from '../../credentials/SamsaraApi.credentials';

const credential = new SamsaraApi();

const node: INode = {
	id: '1',
	name: 'Node',
	type: 'test',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
const nodeTypes = { getByNameAndVersion: () => undefined } as unknown as INodeTypes;
const workflow = new Workflow({ id: 'test', active: false, nodes: [], connections: {}, nodeTypes });

/** An expression of the credential, resolved by n8n. */
function resolved(expression: unknown, $credentials: Record<string, string>): unknown {
	return workflow.expression.getSimpleParameterValue(node, String(expression), 'internal', {
		$credentials,
	});
}

const property = (name: string) => credential.properties.find((one) => one.name === name);

it('keeps the names that saved workflows use', () => {
	expect(credential.name).toBe('samsaraApi');
	expect(credential.properties.map(({ name }) => name)).toEqual(['apiToken', 'region', 'baseUrl']);
	expect(property('region')?.options?.map((option) => 'value' in option && option.value)).toEqual([
		'ca',
		'custom',
		'eu',
		'us',
	]);
});

it('masks the token, and requires a Base URL only for a custom region', () => {
	expect(property('apiToken')).toMatchObject({ typeOptions: { password: true }, required: true });
	expect(property('baseUrl')?.displayOptions).toEqual({ show: { region: ['custom'] } });
});

it('sends the token as a Bearer token, without copied spaces', () => {
	const { Authorization } = credential.authenticate.properties.headers ?? {};
	expect(resolved(Authorization, { apiToken: ' abc\n' })).toBe('Bearer abc');
});

describe('the test on save', () => {
	const baseUrl = (values: Record<string, string>) =>
		resolved(credential.test.request.baseURL, { baseUrl: '', ...values });

	it.each([
		[{ region: 'us' }, 'https://api.samsara.com'],
		[{ region: 'eu' }, 'https://api.eu.samsara.com'],
		[{ region: 'ca' }, 'https://api.ca.samsara.com'],
		[{ region: 'us', baseUrl: 'http://evil.example' }, 'https://api.samsara.com'],
		[
			{ region: 'custom', baseUrl: ' https://proxy.example/samsara/ ' },
			'https://proxy.example/samsara',
		],
		[{ region: 'custom', baseUrl: 'http://127.0.0.1:8080' }, 'http://127.0.0.1:8080'],
		[{ region: 'custom', baseUrl: 'http://localhost:8080/' }, 'http://localhost:8080'],
		[{ region: 'custom', baseUrl: 'http://[::1]:8080' }, 'http://[::1]:8080'],
	])('calls the host of the region: %j', (values, host) => {
		expect(baseUrl(values)).toBe(host);
	});

	it.each([
		'http://evil.example',
		'http://127.0.0.1.evil.example',
		'http://127.0.0.1@evil.example',
		'http://localhost.evil.example',
		'http://127.0.0.1:80@evil.example',
		'https://user:secret@evil.example',
		'https://proxy.example/?x=',
		'https://',
		'ftp://127.0.0.1',
		'',
	])('does not send the token anywhere for the Base URL %j', (url) => {
		expect(baseUrl({ region: 'custom', baseUrl: url })).toBe(
			'https://base-url-must-start-with-https.invalid',
		);
	});

	it('does not follow redirects, fails on 401 with a message, and passes on 403', () => {
		const { request, rules } = credential.test;
		expect(request).toMatchObject({ url: '/me', disableFollowRedirect: true });
		const { except } = request.ignoreHttpStatusErrors as { except: number[] };
		expect(except).toEqual(expect.arrayContaining([302, 401, 404, 500]));
		expect(except).not.toContain(403);
		expect(rules?.[0]).toMatchObject({ properties: { value: 401 } });
	});
});
