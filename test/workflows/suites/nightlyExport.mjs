import assert from 'node:assert/strict';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseCsv } from '../support/csv.mjs';
import { expectedFieldColumns, expectedRecordRow } from '../support/expected.mjs';

/** @param {import('../support/workflowSets.mjs').WorkflowSet} set */
export function nightlyExport(environment, { suffix }) {
	const id = `samsaraExport001${suffix}`;
	const files = () => readdirSync(environment().filesFolder);
	const removeFiles = () => {
		for (const name of files()) rmSync(join(environment().filesFolder, name));
	};

	test('Nightly export: the CSV has every record, with the values that Samsara has', async () => {
		const { rest, sim, filesFolder } = environment();
		removeFiles();
		const run = await rest.runWorkflow(id, 'When Clicking Execute');
		assert.equal(run.status, 'success', JSON.stringify(run.data.resultData.error));

		const [name] = files();
		assert.match(name, /^qualification-records-\d{4}-\d\d-\d\d\.csv$/);
		const rows = parseCsv(readFileSync(join(filesFolder, name), 'utf8'));
		const records = [...sim.state.records.values()].filter(
			({ recordStatus }) => recordStatus !== 'deleted',
		);
		assert.ok(records.length > 100);
		assert.equal(rows.length, records.length);
		const byId = new Map(rows.map((row) => [row.id, row]));
		for (const record of records) {
			const truth = { ...expectedFieldColumns(sim, record), ...expectedRecordRow(sim, record) };
			const row = byId.get(record.id) ?? {};
			assert.deepEqual(
				Object.fromEntries(Object.keys(truth).map((column) => [column, row[column]])),
				truth,
			);
		}
	});

	test('Nightly export: the schedule starts it', async () => {
		const { rest } = environment();
		removeFiles();
		await rest.publish(id);
		try {
			for (let waited = 0; files().length === 0 && waited < 60; waited++) await sleep(500);
		} finally {
			await rest.unpublish(id);
		}
		assert.equal(files().length, 1);
	});
}
