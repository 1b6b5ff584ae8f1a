import type {
	IAuthenticateGeneric,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
	Icon,
} from 'n8n-workflow';

/** A Samsara API token and the account's region. n8n's HTTP Request node can use it too. */
export class SamsaraApi implements ICredentialType {
	name = 'samsaraApi';

	displayName = 'Samsara API';

	icon: Icon = { light: 'file:../icons/samsara.svg', dark: 'file:../icons/samsara.dark.svg' };

	documentationUrl = 'https://developers.samsara.com/docs/authentication';

	properties: INodeProperties[] = [
		{
			displayName: 'API Token',
			name: 'apiToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'Create a token in Samsara under Settings > API Tokens, with the scopes that your workflows need',
		},
		{
			displayName: 'Region',
			name: 'region',
			type: 'options',
			options: [
				{ name: 'Canada', value: 'ca' },
				{ name: 'Custom Base URL', value: 'custom' },
				{ name: 'Europe', value: 'eu' },
				{ name: 'United States', value: 'us' },
			],
			default: 'us',
			description:
				'The region of your account. Choose Europe if your dashboard is at cloud.eu.samsara.com. Older Canadian accounts may be in the United States.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://samsara-proxy.example.com',
			required: true,
			displayOptions: { show: { region: ['custom'] } },
			description:
				'The address that API paths such as /fleet/drivers are added to. It must start with https://.',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.apiToken.trim()}}' } },
	};

	/**
	 * `/me` needs the scope Read Org Information. A valid token without it gets a 403, which must pass. n8n fails the test on
	 * every status that is not ignored, so all are ignored except those listed.
	 */
	test: ICredentialTestRequest = {
		request: {
			baseURL:
				'={{ { us: "https://api.samsara.com", eu: "https://api.eu.samsara.com", ca: "https://api.ca.samsara.com" }[$credentials.region] ?? ($credentials.baseUrl.trim().match(/^(https:\\/\\/[^\\s\\/?#@]+(\\/[^\\s?#@]*)?|http:\\/\\/(127(\\.\\d+){3}|localhost|\\[::1\\])(:\\d+)?\\/*)$/) ? $credentials.baseUrl.trim().replace(/\\/+$/, "") : "https://base-url-must-start-with-https.invalid") }}',
			url: '/me',
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: {
				ignore: true,
				except: [301, 302, 303, 307, 308, 400, 401, 404, 405, 429, 500, 502, 503, 504],
			},
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Samsara does not recognize this API token. Copy it again from Settings > API Tokens, and check the region.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: 'There is no Samsara API at this Base URL. Check the address.',
				},
			},
		],
	};
}
