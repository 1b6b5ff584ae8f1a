import assert from 'node:assert/strict';
import { it } from 'node:test';
import { demoOwner } from '../../../scripts/lib/n8nRest.mjs';
import { id } from '../support/editor.mjs';
import { picturesFolder } from '../support/world.mjs';

/** Signing in, and the form of the credential with its test. */
export function credential(world) {
	it('signs in', async () => {
		await world().editor.signIn(demoOwner);
	});

	it('creates the credential in its form: a wrong token is named, the right one passes', async () => {
		const { editor, page, sim } = world();
		await page.goto(`${editor.url}/home/credentials`);
		await page.locator(id('add-resource-credential')).locator('visible=true').first().click();
		await page.locator(`${id('new-credential-type-select')} input`).fill('samsara');
		await page.locator(id('new-credential-type-select-option')).getByText('Samsara API').click();
		await page.click(id('new-credential-type-button'));

		const dialog = page.locator(id('editCredential-modal'));
		await editor.typeInto(editor.input('apiToken'), 'not-the-token');
		await editor.select(editor.input('region'), 'Custom Base URL');
		await editor.typeInto(editor.input('baseUrl'), sim.url);
		await page.click(id('credential-save-button'));
		await dialog.getByText('More details').click();
		await dialog.getByText(/^Samsara does not know this API token\. Copy it again/).waitFor();

		await editor.typeInto(editor.input('apiToken'), sim.token);
		await page.click(id('credential-save-button'));
		await dialog.getByText('Connection tested successfully').waitFor();
		await editor.picture(picturesFolder, 'credential', dialog);
		const { samsaraApi } = await world().credential();
		assert.equal(samsaraApi.name, 'Samsara account');
	});
}
