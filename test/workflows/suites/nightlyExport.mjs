import assert from 'node:assert/strict';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseCsv } from '../support/csv.mjs';
import { expectedFieldColumns, expectedRecordRow } from '../support/expected.mjs';
import { lacksNode } from '../support/versions.mjs';

const DATA_TABLE = ['n8n-nodes-base.dataTable', 1.1];
const FORMULAS = ['=HYPERLINK("http://example.com","Open")', '+1+2', '-1-2', '@SUM(1)'];

/** @param {import('../support/workflowSets.mjs').WorkflowSet} set */
export function nightlyExport(environment, { idOf, fillsSheet }) {
	const id = idOf('samsaraExport001');
	const files = () => readdirSync(environment().filesFolder);
	const removeFiles = () => {
		for (const name of files()) rmSync(join(environment().filesFolder, name));
	};
	const lack = async () => (fillsSheet ? await lacksNode(environment(), ...DATA_TABLE) : undefined);
	const visibleRecords = () =>
		[...environment().sim.state.records.values()].filter(
			({ recordStatus }) => recordStatus !== 'deleted',
		);

	/** Puts formulas into text fields of records. @returns a function that restores the texts */
	function addFormulas() {
		const fields = visibleRecords()
			.flatMap((record) => record.fields.filter(({ text }) => text))
			.slice(0, FORMULAS.length);
		const texts = fields.map(({ text }) => text);
		fields.forEach((field, index) => (field.text = FORMULAS[index]));
		return () => fields.forEach((field, index) => (field.text = texts[index]));
	}

	async function run() {
		const execution = await environment().rest.runWorkflow(id, 'When Clicking Execute');
		assert.equal(execution.status, 'success', JSON.stringify(execution.data.resultData.error));
	}

	test('Nightly export: the CSV has every record, with the values that Samsara has', async (context) => {
		const reason = await lack();
		if (reason) return context.skip(reason);
		const { sim, filesFolder } = environment();
		removeFiles();
		await run();

		const [name] = files();
		assert.match(name, /^qualification-records-\d{4}-\d\d-\d\d\.csv$/);
		const rows = parseCsv(readFileSync(join(filesFolder, name), 'utf8'));
		const records = visibleRecords();
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

	if (fillsSheet) {
		test('Nightly export: formulas in a record become text in the CSV', async (context) => {
			const reason = await lack();
			if (reason) return context.skip(reason);
			removeFiles();
			const restore = addFormulas();
			try {
				await run();
			} finally {
				restore();
			}
			const [name] = files();
			const rows = parseCsv(readFileSync(join(environment().filesFolder, name), 'utf8'));
			const cells = rows.flatMap((row) => Object.values(row));
			assert.deepEqual(
				cells.filter((cell) => /^[=+@]|^-\D|^-.*-/.test(cell)),
				[],
			);
			for (const formula of FORMULAS) assert.ok(cells.includes(`'${formula}`), formula);
		});

		test('Nightly export: the sheet has every record once, however often it runs', async (context) => {
			const reason = await lack();
			if (reason) return context.skip(reason);
			const { rest, sim } = environment();
			await run();
			const { data: tables } = await rest.request('GET', '/rest/data-tables-global');
			const sheet = tables.find(({ name }) => name === 'Qualification Records');
			const columns = [...sheet.columns].sort((one, other) => one.index - other.index);
			assert.deepEqual(
				columns.map(({ name }) => name),
				[
					'owner',
					'qualification',
					'status',
					'issued',
					'expires',
					'daysLeft',
					'phone',
					'email',
					'recordId',
				],
			);
			const path = `/rest/projects/${sheet.projectId}/data-tables/${sheet.id}/rows?take=250`;
			const { data: rows } = await rest.request('GET', path);
			const records = visibleRecords();
			assert.equal(rows.length, records.length);
			const byId = new Map(rows.map((row) => [row.recordId, row]));
			for (const record of records) {
				const truth = expectedRecordRow(sim, record);
				const row = byId.get(record.id);
				assert.deepEqual(
					[row.owner, row.qualification, row.status, row.issued, row.expires ?? ''],
					[truth.ownerName, truth.type, truth.status, truth.issueDate, truth.expirationDate],
				);
				assert.equal(String(row.daysLeft ?? ''), truth.daysUntilExpiration);
			}
		});
	}

	test('Nightly export: the schedule starts it', async (context) => {
		const reason = await lack();
		if (reason) return context.skip(reason);
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
