import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needs } from '../support/versions.mjs';
import { chain, samsaraApi } from '../support/testEnvironment.mjs';

const ID = 'samsaraHttpReq01';

/** n8n's own HTTP Request node with our credential. */
export function httpRequestWorkflow({ sim }) {
	return chain(ID, 'HTTP Request', [
		{
			name: 'Ask Samsara',
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
	async function tested(data) {
		const { rest, sim } = environment();
		const { id } = await rest.createCredential({
			name: 'Tested',
			type: 'samsaraApi',
			data: { apiToken: sim.token, region: 'custom', baseUrl: sim.url, ...data },
		});
		try {
			return await rest.testCredential(id);
		} finally {
			await rest.deleteCredential(id);
		}
	}

	test('Credential: a good token passes the test on saving', async () => {
		assert.equal((await tested({})).status, 'OK');
	});

	test('Credential: a good token of narrow scopes passes too', async () => {
		const { settings } = environment().sim;
		settings.scopes = ['Read Drivers'];
		try {
			assert.equal((await tested({})).status, 'OK');
		} finally {
			settings.scopes = undefined;
		}
	});

	const skip = needs('2.10', 'does not tell one status from another in the test of a credential');
	test('Credential: a wrong token is told in plain words', { skip }, async () => {
		const { status, message } = await tested({ apiToken: 'samsara_api_wrong' });
		assert.equal(status, 'Error');
		assert.match(message, /^Samsara does not recognize this API token\. Copy it again/);
	});

	test("Credential: n8n's HTTP Request node signs in with it", async () => {
		const run = await environment().rest.runWorkflow(ID, 'Start');
		assert.equal(run.status, 'success', JSON.stringify(run.data.resultData.error));
		const [{ json }] = run.data.resultData.runData['Ask Samsara'][0].data.main[0];
		assert.equal(json.data.name, environment().sim.state.organization.name);
	});
}
