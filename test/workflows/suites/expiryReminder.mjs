import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { dayFromToday } from '../support/expected.mjs';

const MAIL_TIMEOUT_MS = 90_000;

/**
 * @param {import('../support/workflowSets.mjs').WorkflowSet} set
 * @param {{ withRestarts?: boolean }} [options] whether n8n is stopped and killed in between
 */
export function expiryReminder(environment, { suffix }, { withRestarts = false } = {}) {
	const id = `samsaraReminder1${suffix}`;
	const expected = [];
	const received = [];

	/** Lets a driver's record fall due that is active and ends in a year or never. */
	function falls(days) {
		const { state } = environment().sim;
		const record = [...state.records.values()].find(
			({ recordStatus, expirationDate, owner }) =>
				recordStatus === 'active' &&
				owner.entityType === 'worker' &&
				(!expirationDate || expirationDate > dayFromToday(100)) &&
				!expected.some(({ ownerId }) => ownerId === owner.id),
		);
		record.expirationDate = dayFromToday(days);
		state.change(record, new Date());
		expected.push({
			ownerId: record.owner.id,
			name: state.drivers.get(record.owner.id).name,
			type: state.qualificationTypes.get(record.typeId).name,
			days,
			date: record.expirationDate.slice(0, 10),
		});
	}

	async function mails(count, patienceMs) {
		received.push(...(await environment().mail.next(count, patienceMs)));
		assert.deepEqual(
			received.map(({ subject }) => subject).sort(),
			expected.map(({ name, type, days }) => `${type} of ${name} expires in ${days} days`).sort(),
		);
		for (const { name, type, days, date } of expected) {
			const { text } = received.find(({ subject }) => subject.includes(`${name} `));
			assert.ok(text.includes(`Owner: ${name}\n`), text);
			assert.ok(text.includes(`Qualification: ${type}\n`), text);
			assert.ok(text.includes(`Expires: ${date} (${days} days left)`), text);
		}
	}

	/** A mail is on its way a little before its execution has ended. */
	async function settled() {
		for (const execution of await environment().rest.executions(id))
			await environment().rest.waitForExecution(execution.id);
	}

	after(async () => await environment()?.rest.unpublish(id));

	test('Expiry reminder: what was due before is not told at the start', async () => {
		await environment().rest.publish(id);
		const { watch } = Object.values((await environment().rest.getWorkflow(id)).staticData ?? {})[0];
		assert.equal(watch.version, 1);
		assert.equal(environment().mail.messages.length, 0);
	});

	test('Expiry reminder: a record falls due, the execution appears, the mail arrives', async () => {
		falls(29);
		await mails(1, MAIL_TIMEOUT_MS);
		await settled();
		const [{ status, mode }] = await environment().rest.executions(id);
		assert.deepEqual({ status, mode }, { status: 'success', mode: 'trigger' });
	});

	if (!withRestarts) return;

	test('Expiry reminder: nothing is missed or doubled when n8n stops and starts', async () => {
		await environment().stopN8n();
		falls(6);
		falls(58);
		await environment().startN8n();
		await mails(2, MAIL_TIMEOUT_MS);
		await settled();
	});

	test('Expiry reminder: nothing is missed or doubled when n8n is killed', async () => {
		await environment().killN8n();
		falls(7);
		await environment().startN8n();
		await mails(1, MAIL_TIMEOUT_MS);
		// The next poll has nothing to tell.
		const before = environment().sim.requests.length;
		for (let waited = 0; environment().sim.requests.length === before && waited < 90; waited++) {
			await sleep(1_000);
		}
		await sleep(2_000);
		assert.ok(environment().sim.requests.length > before, 'there was another poll');
		await mails(0);
		const executions = await environment().rest.executions(id);
		assert.ok(executions.every(({ status }) => status === 'success'));
	});
}
