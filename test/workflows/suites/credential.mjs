import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needs } from '../support/versions.mjs';
import { chain, samsaraApi } from '../support/testEnvironment.mjs';

const ID = 'samsaraHttpReq01';

/** n8n's own HTTP Request node with our credential. */
export function httpRequestWorkflow({ sim }) {
	return chain(ID, 'HTTP Request', [
		{
			name: 'Get Organization',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: {
				url: `${sim.url}/me`,
				authentication: 'predefinedCredentialType',
				nodeCredentialType: 'samsaraApi',
				options: {},
			},
			credentials: samsaraApi,
		},
	]);
}

export function credential(environment) {
	async function testCredential(data) {
		const { rest, sim } = environment();
		const { id } = await rest.createCredential({
			name: 'Credential to test',
			type: 'samsaraApi',
			data: { apiToken: sim.token, region: 'custom', baseUrl: sim.url, ...data },
		});
		try {
			return await rest.testCredential(id);
		} finally {
			await rest.deleteCredential(id);
		}
	}

	test('Credential: a valid token passes the test on saving', async () => {
		assert.equal((await testCredential({})).status, 'OK');
	});

	test('Credential: a valid token with few scopes passes, too', async () => {
		const { settings } = environment().sim;
		settings.scopes = ['Read Drivers'];
		try {
			assert.equal((await testCredential({})).status, 'OK');
		} finally {
			settings.scopes = undefined;
		}
	});

	const skip = needs('2.10', 'does not distinguish status codes in credential tests');
	test('Credential: a wrong token is reported in plain words', { skip }, async () => {
		const { status, message } = await testCredential({ apiToken: 'samsara_api_wrong' });
		assert.equal(status, 'Error');
		assert.match(message, /^Samsara does not recognize this API token\. Copy it again/);
	});

	test("Credential: n8n's HTTP Request node can use it", async () => {
		const run = await environment().rest.runWorkflow(ID, 'Start');
		assert.equal(run.status, 'success', JSON.stringify(run.data.resultData.error));
		const [{ json }] = run.data.resultData.runData['Get Organization'][0].data.main[0];
		assert.equal(json.data.name, environment().sim.state.organization.name);
	});
}
