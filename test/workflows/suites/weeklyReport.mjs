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

	test('Weekly report: the table of the mail is the truth, names with < and & too', async () => {
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
		assert.match(mail.subject, /^Compliance report of \d{4}-\d\d-\d\d$/);
		assert.deepEqual(sorted(parseTable(mail.html)), sorted(truth));
		assert.ok(mail.html.includes('Jo &lt;Joey> Ames &amp; Son'));
	});

	test('Weekly report: when all is well, a short mail says so', async () => {
		const { drivers } = environment().sim.state;
		const active = [...drivers.values()].filter(
			({ driverActivationStatus }) => driverActivationStatus === 'active',
		);
		for (const driver of active) driver.driverActivationStatus = 'deactivated';
		try {
			const mail = await run();
			assert.match(mail.subject, /: all is well$/);
			assert.match(mail.text, /Every driver holds what is required/);
		} finally {
			for (const driver of active) driver.driverActivationStatus = 'active';
		}
	});
}
