import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseTable } from '../support/html.mjs';
import { expectedCompliance } from '../support/expected.mjs';

const REQUIRED = ['Driver License', 'Medical Card'];

const sorted = (rows) => rows.map((row) => JSON.stringify(row)).sort();

/** @param {import('../support/workflowSets.mjs').WorkflowSet} set */
export function weeklyReport(
	environment,
	{ idOf, hasContacts, reportWording: { subject, allClear } },
) {
	const id = idOf('samsaraWeekly001');
	const run = async () => {
		const { status, data } = await environment().rest.runWorkflow(id, 'When Clicking Execute');
		assert.equal(status, 'success', JSON.stringify(data.resultData.error));
		const [mail, ...others] = await environment().mail.next(1);
		assert.equal(others.length, 0);
		assert.deepEqual(
			mail.to.map(({ address }) => address),
			['safety@example.com'],
		);
		return mail;
	};

	test('Weekly report: the email lists exactly what is missing, expired, or expiring, and escapes < and & in names', async () => {
		const { sim } = environment();
		const driver = [...sim.state.drivers.values()].at(-1);
		driver.name = 'Jo <Joey> Ames & Son';
		driver.details.email = 'jo@example.com';
		const truth = expectedCompliance(sim, REQUIRED, 30).map(({ Email, ...row }) =>
			hasContacts ? { ...row, Email } : row,
		);
		assert.deepEqual([...new Set(truth.map(({ Status }) => Status))].sort(), [
			'expired',
			'expiring',
			'missing',
		]);

		const mail = await run();
		assert.match(mail.subject, new RegExp(`^${subject} \\d{4}-\\d\\d-\\d\\d$`));
		assert.deepEqual(sorted(parseTable(mail.html)), sorted(truth));
		assert.ok(mail.html.includes('Jo &lt;Joey> Ames &amp; Son'));
	});

	test('Weekly report: a short email says when nothing needs attention', async () => {
		const { drivers } = environment().sim.state;
		const active = [...drivers.values()].filter(
			({ driverActivationStatus }) => driverActivationStatus === 'active',
		);
		for (const driver of active) driver.driverActivationStatus = 'deactivated';
		try {
			const mail = await run();
			assert.match(mail.subject, new RegExp(`: ${allClear[0]}$`));
			assert.ok(mail.text.includes(allClear[1]), mail.text);
		} finally {
			for (const driver of active) driver.driverActivationStatus = 'active';
		}
	});
}
