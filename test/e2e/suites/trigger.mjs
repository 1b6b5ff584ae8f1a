import assert from 'node:assert/strict';
import { it } from 'node:test';
import { id } from '../support/editor.mjs';
import { picturesFolder } from '../support/testEnvironment.mjs';

/** The trigger, from its form to the list of executions. */
export function trigger(environment) {
	it('runs once the workflow is published, and the execution is listed', async () => {
		const { editor, page, rest } = environment();
		const name = 'Report expiring qualifications';
		const { id: workflow, nodes } = await environment().store(name, [
			{ name: 'Samsara Trigger', type: 'n8n-nodes-samsara.samsaraTrigger' },
			{ name: 'Report', type: 'n8n-nodes-base.noOp' },
		]);
		await editor.openNode(workflow, nodes[0].id);
		await editor.toggle('includeAlreadyDue');
		await editor.select(editor.input('qualificationTypes'), 'Driver License', 'Medical Card');
		await editor.saveFormScreenshot('trigger', picturesFolder);
		await page.keyboard.press('Escape');
		await page.locator(id('ndv')).waitFor({ state: 'hidden' });

		await page.click(id('workflow-open-publish-modal-button'));
		await page.click(id('workflow-publish-button'));
		await page.locator(id('workflow-active-version-indicator')).waitFor();
		await page.keyboard.press('Escape');
		await page.click(id('radio-button-executions'));
		await page.locator(id('execution-preview-label')).getByText('Succeeded').waitFor();
		const [{ status }] = await rest.executions(workflow);
		assert.equal(status, 'success');
		await rest.unpublish(workflow);
	});

	it('fetches a driver with an example of what changed', async () => {
		const { editor, sim } = environment();
		const longHaul = [...sim.state.tags.values()].find(({ name }) => name === 'Long Haul');
		await environment().openNode(
			{ event: 'driverUpdated', filters: { changes: ['attributes'], tagIds: [longHaul.id] } },
			{ name: 'Samsara Trigger', type: 'samsaraTrigger' },
		);
		await editor.select(editor.input('changes'), 'Status');
		await editor.input('tagIds').getByText(longHaul.name).first().waitFor();
		await editor.saveFormScreenshot('trigger-driver', picturesFolder);
		await editor.execute();
		const table = await editor.output('driverUpdated');
		assert.match(await table.innerText(), /changed.*attributes/s);
	});
}
