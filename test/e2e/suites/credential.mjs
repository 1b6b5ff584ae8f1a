import assert from 'node:assert/strict';
import { it } from 'node:test';
import { demoOwner } from '../../../scripts/lib/n8nRest.mjs';
import { Editor, id } from '../support/editor.mjs';
import { picturesFolder } from '../support/testEnvironment.mjs';

/** Signing in, and creating and testing the credential in its form. */
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
}
