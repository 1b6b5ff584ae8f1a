import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseTable } from '../support/html.mjs';
import { expectedCompliance } from '../support/expected.mjs';

const ID = 'samsaraWeekly001';
const REQUIRED = ['Driver License', 'Medical Card'];

const sorted = (rows) => rows.map((row) => JSON.stringify(row)).sort();

export function weeklyReport(environment) {
	const run = async () => {
		const { status, data } = await environment().rest.runWorkflow(ID, 'When Clicking Execute');
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
		const truth = expectedCompliance(sim, REQUIRED, 30);
		assert.deepEqual([...new Set(truth.map(({ Status }) => Status))].sort(), [
			'expired',
			'expiring',
			'missing',
		]);

		const mail = await run();
		assert.match(mail.subject, /^Compliance report for \d{4}-\d\d-\d\d$/);
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
			assert.match(mail.subject, /: nothing needs attention$/);
			assert.match(mail.text, /Every driver has all required qualifications/);
		} finally {
			for (const driver of active) driver.driverActivationStatus = 'active';
		}
	});
}
