import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysUntil, expectedRecordRow } from '../support/expected.mjs';

const TYPES = ['Medical Card', 'Driver License'];

/** @param {import('../support/workflowSets.mjs').WorkflowSet} set */
export function expiringQualifications(environment, { idOf }) {
	test('Expiring qualifications: lists all licenses and medical cards that expire within 60 days', async () => {
		const { rest, sim } = environment();
		const run = await rest.runWorkflow(idOf('samsaraExpiringQ'), 'When Clicking Execute');
		assert.equal(run.status, 'success', JSON.stringify(run.data.resultData.error));

		const expected = [...sim.state.records.values()]
			.filter(({ recordStatus, expirationDate }) => {
				const days = expirationDate ? daysUntil(expirationDate) : -1;
				return recordStatus === 'active' && days >= 0 && days <= 60;
			})
			.map((record) => expectedRecordRow(sim, record))
			.filter(({ type }) => TYPES.includes(type));
		assert.ok(expected.length > 5);
		const rows = run.data.resultData.runData['Get Expiring Qualifications'][0].data.main[0];
		assert.deepEqual(
			byId(rows.map(({ json }) => pick(json, Object.keys(expected[0])))),
			byId(expected),
		);
	});
}

const pick = (row, columns) =>
	Object.fromEntries(columns.map((column) => [column, String(row[column])]));

const byId = (rows) => rows.toSorted((one, other) => one.id.localeCompare(other.id));
