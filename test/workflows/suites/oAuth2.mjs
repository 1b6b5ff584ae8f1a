import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OAUTH_APP } from '../../simulator/index.mts';
import { chain, numberedRows, samsaraNode } from '../support/testEnvironment.mjs';

const ID = 'samsaraOAuth2Run';
const COUNT = 60;
const CALLS_PER_TOKEN = 25;

/** A credential as if a user had connected it in the editor. */
export function oAuth2Credential({ sim }) {
	return {
		id: 'samsaraOAuth2',
		name: 'Samsara connection',
		type: 'samsaraOAuth2Api',
		data: {
			...OAUTH_APP,
			region: 'custom',
			baseUrl: sim.url,
			oauthTokenData: sim.oauth.connect(),
		},
	};
}

/** Creates records of one driver, and reads them again. */
export function oAuth2Workflow({ sim }) {
	const [driver] = sim.state.drivers.keys();
	const credentials = { samsaraOAuth2Api: { id: 'samsaraOAuth2', name: 'Samsara connection' } };
	const oAuth2Node = (name, parameters) => ({
		...samsaraNode(name, { authentication: 'oAuth2', ...parameters }),
		credentials,
	});
	return chain(ID, 'OAuth2', [
		...numberedRows(COUNT),
		oAuth2Node('Create Records', {
			resource: 'qualificationRecord',
			operation: 'create',
			entityType: 'worker',
			qualificationType: { __rl: true, mode: 'id', value: 'Hazmat Certificate' },
			ownerId: { __rl: true, mode: 'id', value: driver },
			issueDate: '2026-11-01',
			expirationDate: '2028-11-01',
			fieldsMode: 'json',
			fieldsJson: '={{ { "Certificate Number": "O-" + $json.number } }}',
			requestOptions: { pace: 'learn', concurrency: 10 },
		}),
	]);
}

export function oAuth2(environment) {
	test(`OAuth2: ${COUNT} records exist once, although each access token works for ${CALLS_PER_TOKEN} calls`, async () => {
		const { rest, sim } = environment();
		const numbers = () =>
			[...sim.state.records.values()]
				.flatMap(({ fields }) => JSON.stringify(fields).match(/"O-\d+"/) ?? [])
				.sort();
		sim.requests.length = 0;
		sim.settings.accessTokenCalls = CALLS_PER_TOKEN;
		sim.settings.refreshTokenReuse = 'revoke';
		sim.oauth.expireAccessTokens();
		try {
			const run = await rest.runWorkflow(ID, 'Start', 120_000);
			assert.equal(run.status, 'success', JSON.stringify(run.data.resultData.error));
			assert.equal(numbers().length, COUNT);
			assert.equal(new Set(numbers()).size, COUNT);
			const renewals = sim.requests.filter(({ path }) => path === '/oauth2/token');
			assert.ok(renewals.length >= 3, `${renewals.length} renewals`);
			assert.ok(renewals.every(({ status }) => status === 200));
			assert.doesNotMatch(JSON.stringify(run.data), /samsara_(oauth|refresh)_/);
		} finally {
			sim.settings.accessTokenCalls = undefined;
		}
	});

	test('OAuth2: the next run asks to connect again if Samsara ended the connection', async () => {
		const { rest, sim } = environment();
		sim.oauth.revoke();
		const run = await rest.runWorkflow(ID, 'Start', 120_000);
		assert.equal(run.status, 'error');
		const { description } = run.data.resultData.error;
		assert.match(description, /Open the Samsara credential and connect it again/);
	});
}
