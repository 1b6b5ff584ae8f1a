import type { ICredentialType, INodeProperties, Icon } from 'n8n-workflow';
import { SamsaraApi } from './SamsaraApi.credentials';

/** The address of the API, as in the test of the API token. Nothing is sent to an address that is not allowed. */
const { baseURL } = new SamsaraApi().test.request;
const host = String(baseURL)
	.slice('={{'.length, -'}}'.length)
	.replaceAll('$credentials', '$self')
	.trim();

const hidden = (displayName: string, name: string, value: string): INodeProperties => ({
	displayName,
	name,
	type: 'hidden',
	default: value,
});

/** A connection to Samsara through an OAuth 2.0 app. n8n renews its tokens, and its HTTP Request node can use it too. */
export class SamsaraOAuth2Api implements ICredentialType {
	name = 'samsaraOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Samsara OAuth2 API';

	icon: Icon = { light: 'file:../icons/samsara.svg', dark: 'file:../icons/samsara.dark.svg' };

	documentationUrl = 'https://developers.samsara.com/docs/oauth-20';

	properties: INodeProperties[] = [
		...new SamsaraApi().properties.filter(({ name }) => name !== 'apiToken'),
		hidden('Grant Type', 'grantType', 'authorizationCode'),
		hidden('Authorization URL', 'authUrl', `={{ (${host}) + "/oauth2/authorize" }}`),
		hidden('Access Token URL', 'accessTokenUrl', `={{ (${host}) + "/oauth2/token" }}`),
		// The scopes are those of the app in Samsara.
		hidden('Scope', 'scope', ''),
		hidden('Auth URI Query Parameters', 'authQueryParameters', ''),
		hidden('Authentication', 'authentication', 'header'),
	];
}
