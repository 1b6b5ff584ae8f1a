import assert from 'node:assert/strict';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseCsv } from '../support/csv.mjs';
import { expectedFieldColumns, expectedRecordRow } from '../support/expected.mjs';

const ID = 'samsaraExport001';

export function nightlyExport(environment) {
	const files = () => readdirSync(environment().filesFolder);

	test('Nightly export: the CSV holds every record, row by row as Samsara has it', async () => {
		const { rest, sim, filesFolder } = environment();
		const run = await rest.runWorkflow(ID, 'When Clicking Execute');
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
		const { rest, filesFolder } = environment();
		for (const name of files()) rmSync(join(filesFolder, name));
		await rest.publish(ID);
		try {
			for (let waited = 0; files().length === 0 && waited < 60; waited++) await sleep(500);
		} finally {
			await rest.unpublish(ID);
		}
		assert.equal(files().length, 1);
	});
}
