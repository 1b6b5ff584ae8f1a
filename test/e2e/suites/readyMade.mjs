import assert from 'node:assert/strict';
import { mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { it } from 'node:test';
import { root } from '../../../scripts/lib/paths.mjs';
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

/** Imports the ready-made workflows as the README says, and takes a picture of each. */
export function readyMade(environment) {
	mkdirSync(pictures, { recursive: true });
	for (const file of readdirSync(folder)) {
		it(`imports ${file}, and its notes can be read in full`, async () => {
			const { editor, page } = environment();
			await page.goto(`${editor.url}/workflow/new`);
			await page.locator(id('workflow-menu')).click();
			await page.getByRole('menuitem', { name: 'Import', exact: true }).hover();
			const choosing = page.waitForEvent('filechooser');
			await page.getByRole('menuitem', { name: 'From file', exact: true }).click();
			await (await choosing).setFiles(join(folder, file));
			await page.locator(id('sticky')).first().waitFor();
			assert.deepEqual(await page.evaluate(cutOffNotes, id('sticky')), []);
			await editor.saveWorkflowScreenshot(basename(file, '.json'), pictures);
		});
	}
}
