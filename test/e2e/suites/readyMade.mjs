import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { it } from 'node:test';
import { root } from '../../../scripts/lib/paths.mjs';
import { eventually } from '../../workflows/support/answers.mjs';
import { id } from '../support/editor.mjs';
import { picturesFolder } from '../support/testEnvironment.mjs';

const folder = join(root, 'workflows');
const pictures = join(picturesFolder, 'workflows');

/** Runs in the page: the notes that hide a part of their text. */
function cutOffNotes(selector) {
	return [...document.querySelectorAll(selector)]
		.filter((note) =>
			[note, ...note.querySelectorAll('*')].some(
				({ clientHeight, scrollHeight }) => clientHeight > 0 && scrollHeight > clientHeight + 4,
			),
		)
		.map((note) => note.innerText.split('\n')[0]);
}

/** The addresses of forms and webhooks. */
const pathsOf = ({ nodes }) =>
	nodes.flatMap(({ parameters: { path, options } }) => path ?? options?.path ?? []);

/** Imports the ready-made workflows as the README says, and takes a picture of each. */
export function readyMade(environment) {
	mkdirSync(pictures, { recursive: true });
	const stored = async (workflowId) =>
		await eventually('the workflow is saved', async () => {
			const { rest } = environment();
			const all = await rest.request('GET', '/rest/workflows');
			return all.some((one) => one.id === workflowId) && (await rest.getWorkflow(workflowId));
		});

	for (const file of readdirSync(folder)) {
		it(`imports ${file}, and its notes can be read in full`, async () => {
			const { editor, page } = environment();
			const imported = JSON.parse(readFileSync(join(folder, file), 'utf8'));
			// The picture of a workflow that starts itself again shows its ID.
			await editor.visit(`/workflow/${imported.id}?new=true`);
			await page.locator(id('workflow-menu')).click();
			await page.getByRole('menuitem', { name: 'Import', exact: true }).hover();
			const choosing = page.waitForEvent('filechooser');
			await page.getByRole('menuitem', { name: 'From file', exact: true }).click();
			await (await choosing).setFiles(join(folder, file));
			await page.locator(id('sticky')).first().waitFor();
			assert.deepEqual(await page.evaluate(cutOffNotes, id('sticky')), []);
			await editor.saveWorkflowScreenshot(basename(file, '.json'), pictures);
			await page.keyboard.press('ControlOrMeta+s');
			const saved = await stored(imported.id);
			assert.deepEqual(pathsOf(saved), pathsOf(imported), 'links in emails lead there');
		});
	}
}
