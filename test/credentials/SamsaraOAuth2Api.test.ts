import { Workflow, type INode, type INodeTypes } from 'n8n-workflow';
import { SamsaraApi } from '../../credentials/SamsaraApi.credentials';
import { SamsaraOAuth2Api } from '../../credentials/SamsaraOAuth2Api.credentials';
import { Samsara } from '../../nodes/Samsara/Samsara.node';
import { SamsaraTrigger } from '../../nodes/Samsara/SamsaraTrigger.node';

const credential = new SamsaraOAuth2Api();
const property = (name: string) => credential.properties.find((one) => one.name === name);

const nodeTypes = { getByNameAndVersion: () => undefined } as unknown as INodeTypes;
const workflow = new Workflow({ id: 'test', active: false, nodes: [], connections: {}, nodeTypes });
const node = { id: '1', name: 'Node', type: 'test', typeVersion: 1, parameters: {} } as INode;

/** An address of the credential, resolved by n8n. */
function address(name: string, $self: Record<string, string>): unknown {
	const additional = { $self: { baseUrl: '', ...$self } };
	const expression = String(property(name)?.default);
	return workflow.expression.getSimpleParameterValue(node, expression, 'internal', additional);
}

it("is n8n's own OAuth 2 without scopes, with the regions of the API token", () => {
	expect(credential).toMatchObject({ name: 'samsaraOAuth2Api', extends: ['oAuth2Api'] });
	expect(property('grantType')?.default).toBe('authorizationCode');
	expect(property('authentication')?.default).toBe('header');
	expect(property('scope')?.default).toBe('');
	const regions = new SamsaraApi().properties.filter(({ name }) => name !== 'apiToken');
	expect(credential.properties).toEqual(expect.arrayContaining(regions));
	expect(property('apiToken')).toBeUndefined();
});

it.each([
	[{ region: 'us' }, 'https://api.samsara.com'],
	[{ region: 'eu' }, 'https://api.eu.samsara.com'],
	[{ region: 'ca' }, 'https://api.ca.samsara.com'],
	[{ region: 'us', baseUrl: 'http://evil.example' }, 'https://api.samsara.com'],
	[{ region: 'custom', baseUrl: ' https://proxy.example/x/ ' }, 'https://proxy.example/x'],
	[{ region: 'custom', baseUrl: 'http://127.0.0.1:8080' }, 'http://127.0.0.1:8080'],
])('connects at the host of the region: %j', (values, host) => {
	expect(address('authUrl', values)).toBe(`${host}/oauth2/authorize`);
	expect(address('accessTokenUrl', values)).toBe(`${host}/oauth2/token`);
});

it.each(['http://evil.example', 'http://127.0.0.1@evil.example', 'https://a@evil.example', ''])(
	'sends the secret nowhere for the Base URL %j',
	(baseUrl) => {
		const host = 'https://base-url-must-start-with-https.invalid';
		expect(address('accessTokenUrl', { region: 'custom', baseUrl })).toBe(`${host}/oauth2/token`);
	},
);

it.each([new Samsara(), new SamsaraTrigger()])(
	'both nodes have the choice, and the API token is the default',
	({ description: { credentials, properties } }) => {
		const [choice] = properties;
		expect(choice).toMatchObject({ name: 'authentication', default: 'apiToken' });
		expect(choice.options).toMatchObject([{ value: 'apiToken' }, { value: 'oAuth2' }]);
		expect(credentials).toEqual([
			{
				name: 'samsaraApi',
				required: true,
				displayOptions: { show: { authentication: ['apiToken'] } },
			},
			{
				name: 'samsaraOAuth2Api',
				required: true,
				displayOptions: { show: { authentication: ['oAuth2'] } },
			},
		]);
	},
);
