import assert from 'node:assert/strict';
import { it } from 'node:test';
import { demoOwner } from '../../../scripts/lib/n8nRest.mjs';
import { OAUTH_APP } from '../../simulator/index.mts';
import { Editor, id } from '../support/editor.mjs';
import { picturesFolder } from '../support/testEnvironment.mjs';

/** Signing in, creating and testing the credential in its form, and connecting the OAuth2 credential. */
export function credential(environment) {
	it('signs in', async () => {
		const context = await environment().newContext();
		try {
			await new Editor(await context.newPage(), environment().rest).signIn(demoOwner);
		} finally {
			await context.close();
		}
	});

	it('creates the credential in its form: a wrong token is reported, the right one passes', async () => {
		const { editor, page, rest, sim } = environment();
		await page.goto(`${editor.url}/home/credentials`);
		await page.locator(id('add-resource-credential')).locator('visible=true').first().click();
		await page.locator(`${id('new-credential-type-select')} input`).fill('samsara');
		await page.locator(id('new-credential-type-select-option')).getByText('Samsara API').click();
		await page.click(id('new-credential-type-button'));

		const dialog = page.locator(id('editCredential-modal'));
		await editor.typeIntoCredential('apiToken', 'not-the-token');
		// This is the region of most readers. The simulator needs another one.
		await editor.saveScreenshot(picturesFolder, 'credential', dialog);
		await editor.selectInCredential('region', 'Custom Base URL');
		await editor.typeIntoCredential('baseUrl', sim.url);
		await page.click(id('credential-save-button'));
		await dialog.getByText('More details').click();
		await dialog.getByText(/^Samsara does not recognize this API token\. Copy it again/).waitFor();

		await editor.typeIntoCredential('apiToken', sim.token);
		await page.click(id('credential-save-button'));
		await dialog.getByText('Connection tested successfully').waitFor();
		const stored = await rest.request('GET', '/rest/credentials');
		assert.deepEqual(
			(stored.data ?? stored).map(({ name }) => name),
			['Samsara account'],
		);
	});

	it('connects an OAuth2 credential through Samsara, and a node runs with it', async () => {
		const { context, editor, page, rest, sim } = environment();
		await page.goto(`${editor.url}/home/credentials`);
		await page.locator(id('add-resource-credential')).locator('visible=true').first().click();
		await page.locator(`${id('new-credential-type-select')} input`).fill('samsara');
		const types = page.locator(id('new-credential-type-select-option'));
		await types.getByText('Samsara OAuth2 API').click();
		await page.click(id('new-credential-type-button'));

		const dialog = page.locator(id('editCredential-modal'));
		await editor.typeIntoCredential('clientId', OAUTH_APP.clientId);
		await editor.typeIntoCredential('clientSecret', OAUTH_APP.clientSecret);
		await editor.saveScreenshot(picturesFolder, 'oauth2-credential', dialog);
		await editor.selectInCredential('region', 'Custom Base URL');
		await editor.typeIntoCredential('baseUrl', sim.url);
		const opened = context.waitForEvent('page');
		await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
		const popup = await opened;
		await popup.getByText('Allow').click();
		await dialog.getByText('Account connected').waitFor();
		await dialog.getByRole('button', { name: /close/i }).click();
		await dialog.waitFor({ state: 'hidden' });

		const stored = await rest.request('GET', '/rest/credentials');
		const all = stored.data ?? stored;
		assert.deepEqual(
			all.map(({ type }) => type),
			['samsaraOAuth2Api'],
		);
		const parameters = { resource: 'driver', operation: 'getAll', limit: 3 };
		await environment().openNode(parameters, { credentials: {} });
		await page.locator(id('node-credentials-select')).click();
		const credentials = page.locator('.el-select-dropdown__item:visible');
		await credentials.filter({ hasText: 'Samsara OAuth2 API' }).click();
		await editor.saveScreenshot(environment().userFolder, 'oauth2-node', page.locator(id('ndv')));
		sim.oauth.expireAccessTokens();
		await editor.execute();
		await editor.output('username');
		const calls = sim.requests.filter(({ path }) => path === '/fleet/drivers');
		assert.deepEqual(
			calls.map(({ status }) => status),
			[401, 200],
		);
		assert.ok(calls.every(({ headers }) => !headers.authorization.includes(sim.token)));
	});
}
