import assert from 'node:assert/strict';
import { it } from 'node:test';
import { id } from '../support/editor.mjs';
import { picturesFolder, TODAY } from '../support/testEnvironment.mjs';

const SCAN = '%PDF-1.4\n% the scan of a medical card\n';

/** Nodes that provide the scan, in place of an email, a form or a folder. */
const scan = [
	{
		name: 'Scan',
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: {
			assignments: {
				assignments: [{ id: 'scan', name: 'scan', type: 'string', value: btoa(SCAN) }],
			},
		},
	},
	{
		name: 'Scan as File',
		type: 'n8n-nodes-base.convertToFile',
		typeVersion: 1.1,
		parameters: {
			operation: 'toBinary',
			sourceProperty: 'scan',
			options: { fileName: 'medical-card.pdf', mimeType: 'application/pdf' },
		},
	},
];

/** "Record Tyler's new medical card, valid for two years, with this scan", without typing an ID. */
export function record(environment) {
	it("adds the node from the panel by typing 'licence'", async () => {
		const { editor, page } = environment();
		const { id: workflow } = await environment().store('New medical card', scan);
		await editor.visit(`/workflow/${workflow}`);
		const plus = page.locator(id('canvas-handle-plus')).last();
		await plus.waitFor();
		await editor.saveCanvasScreenshot('first-workflow-1', picturesFolder);
		await plus.click();
		const panel = page.locator(id('node-creator'));
		const results = panel.locator(id('item-iterator-item'));
		const search = panel.locator(`input${id('node-creator-search-bar')}, input`).first();
		for (const word of ['attribute', 'training', 'medical card', 'certificate', 'licence']) {
			await search.fill(word);
			await results.filter({ hasText: 'Work on licenses' }).first().waitFor();
		}
		await results.filter({ hasText: 'Samsara' }).first().waitFor();
		assert.match(await results.first().innerText(), /^Samsara\s+Work on licenses/);
		await results.first().click();
		await panel.getByText('Create qualification record', { exact: true }).waitFor();
		await editor.saveScreenshot(picturesFolder, 'first-workflow-2', panel);
		await panel.getByText('Create qualification record', { exact: true }).click();
		await page.waitForSelector(id('ndv'));
	});

	it('creates a qualification record with its scan, using lists and the generated form', async () => {
		const { editor, page, sim } = environment();
		const parameters = { resource: 'qualificationRecord', operation: 'create' };
		await environment().openNode(parameters, { before: scan });
		await editor.pick('qualificationType', 'license', 'Driver License');
		await editor.waitForForm('License Number');
		await editor.pick('qualificationType', 'med', 'Medical Card');
		await editor.waitForForm('Examiner Name');
		assert.equal(
			await editor.field('License Number').count(),
			0,
			'the form changed with the qualification type',
		);
		await editor.search('ownerId', 'tyler');
		await editor.saveListScreenshot('first-workflow-3', picturesFolder);
		await editor.pickFound('Tyler Freckmann');
		await editor.typeDate(editor.input('issueDate'), TODAY);
		await editor.typeDate(editor.input('expirationDate'), '2028-11-02');
		await editor.typeInto(editor.field('Examiner Name'), 'Dr. Lena Ames');
		await editor.typeInto(editor.field('Registry Number'), '8124590331');
		await editor.typeDateAndTime(editor.field('Examination Date'), '2026-10-30');
		await editor.select(editor.field('Restrictions'), 'Corrective lenses, Intrastate only');
		await editor.typeInto(editor.field('Scan (file)'), 'data');
		await page.locator(id('execute-previous-node')).click();
		await page.locator(id('ndv-input-panel')).getByText('medical-card.pdf').waitFor();
		await editor.saveFormScreenshot('first-workflow-4', picturesFolder);

		await editor.execute();
		const table = await editor.output('Medical Card');
		assert.match(await table.innerText(), /2026-11-02/);
		await editor.saveOutputScreenshot('first-workflow-5', picturesFolder);

		const created = [...sim.state.records.values()].at(-1);
		const owner = sim.state.drivers.get(created.owner.id);
		const type = sim.state.qualificationTypes.get(created.typeId);
		assert.deepEqual([owner.name, type.name], ['Tyler Freckmann', 'Medical Card']);
		const response = await fetch(`${sim.url}/qualification-records?ids=${created.id}`, {
			headers: { authorization: `Bearer ${sim.token}` },
		});
		const [{ issueDate, expirationDate, fields }] = (await response.json()).data;
		// Midnight UTC is a day without a time: the picker asked for none.
		assert.equal(issueDate.slice(0, 19), `${TODAY}T00:00:00`);
		assert.equal(expirationDate.slice(0, 19), '2028-11-02T00:00:00');
		const byLabel = Object.fromEntries(fields.map((field) => [field.label, field]));
		assert.equal(byLabel['Examiner Name'].textValue.value, 'Dr. Lena Ames');
		assert.equal(byLabel['Examination Date'].dateTimeValue.dateValue, '2026-10-30');
		assert.deepEqual(byLabel.Restrictions.checkBoxesValue.value, [
			'Corrective lenses',
			'Intrastate only',
		]);
		const file = await fetch(await scanUrl(sim, created.id));
		assert.equal(await file.text(), SCAN);
	});

	it('updates a picked record, whose type decides the fields', async () => {
		const { editor, sim } = environment();
		await environment().openNode({ resource: 'qualificationRecord', operation: 'update' });
		assert.equal(await editor.input('fields').count(), 0);
		await editor.pick('recordId', 'tyler medical', 'Medical Card');
		await editor.waitForForm('Examiner Name');
		assert.equal(await editor.input('qualificationType').count(), 0);
		await editor.typeDate(editor.input('expirationDate'), '2029-11-02');
		await editor.typeInto(editor.field('Examiner Name'), 'Dr. Lena Ames');
		await editor.saveFormScreenshot('update-record-form', environment().userFolder);
		await editor.execute();
		const table = await editor.output('Dr. Lena Ames');
		assert.match(await table.innerText(), /2029-11-02/);
		const { body } = sim.requests.findLast(({ method }) => method === 'PATCH');
		assert.deepEqual(Object.keys(body).sort(), ['expirationDate', 'fields', 'id']);
	});
}

/** Waits until Samsara has processed the record's scan, and returns its URL. */
async function scanUrl(sim, recordId) {
	for (let attempt = 0; attempt < 100; attempt += 1) {
		const response = await fetch(`${sim.url}/qualification-records?ids=${recordId}`, {
			headers: { authorization: `Bearer ${sim.token}` },
		});
		const [{ fields }] = (await response.json()).data;
		const [media] = fields.find(({ label }) => label === 'Scan').mediaList;
		if (media.processingStatus === 'finished') return media.url;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	throw new Error('The scan was not processed in time');
}
