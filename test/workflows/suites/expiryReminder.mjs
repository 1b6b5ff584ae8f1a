import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { readWorkflows } from '../../../scripts/lib/demo.mjs';
import { dayFromToday } from '../support/expected.mjs';

const MAIL_TIMEOUT_MS = 90_000;
const SAFETY = 'safety@example.com';
const WITH_DRIVERS = 'samsaraReminder2';

/**
 * @param {import('../support/workflowSets.mjs').WorkflowSet} set
 * @param {{ withRestarts?: boolean }} [options] whether to also test that n8n is stopped or killed
 */
export function expiryReminder(environment, { idOf, hasContacts }, { withRestarts = false } = {}) {
	const id = idOf('samsaraReminder1');
	const expected = [];
	const received = [];

	/** Changes an active driver record that does not expire soon, so that it expires in a number of days. */
	function expireIn(days) {
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
			contacts: state.drivers.get(record.owner.id).details,
			type: state.qualificationTypes.get(record.typeId).name,
			days,
			date: record.expirationDate.slice(0, 10),
		});
	}

	async function receiveMails(count, timeoutMs) {
		received.push(...(await environment().mail.next(count, timeoutMs)));
		assert.deepEqual(
			received.map(({ subject }) => subject).sort(),
			expected.map(({ name, type, days }) => `${type} of ${name} expires in ${days} days`).sort(),
		);
		for (const { name, type, days, date, contacts } of expected) {
			const { text } = received.find(({ subject }) => subject.includes(`${name} `));
			assert.ok(text.includes(`Owner: ${name}\n`), text);
			assert.ok(text.includes(`Qualification: ${type}\n`), text);
			assert.ok(text.includes(`Expires: ${date} (${days} days left)`), text);
			if (!hasContacts) continue;
			const { phone, email = '–' } = contacts;
			assert.ok(text.includes(`Phone: ${phone}\nEmail: ${email}\n`), text);
		}
	}

	/** An email arrives shortly before its execution ends. */
	async function waitForExecutions() {
		for (const execution of await environment().rest.executions(id))
			await environment().rest.waitForExecution(execution.id);
	}

	/** n8n 1.x responds before it has stored the state of the trigger. */
	async function storedState() {
		for (let tries = 0; tries < 50; tries++) {
			const { staticData } = await environment().rest.getWorkflow(id);
			const [state] = Object.values(staticData ?? {});
			if (state) return state;
			await sleep(200);
		}
		throw new Error('n8n has not stored the state of the trigger');
	}

	after(async () => await environment()?.rest.unpublish(id));

	test('Expiry reminder: sends nothing about records that are already due when it is published', async () => {
		await environment().rest.publish(id);
		const { watch } = await storedState();
		assert.equal(watch.version, 1);
		assert.equal(environment().mail.messages.length, 0);
	});

	test('Expiry reminder: sends an email when a record becomes due', async () => {
		expireIn(29);
		await receiveMails(1, MAIL_TIMEOUT_MS);
		await waitForExecutions();
		const [{ status, mode }] = await environment().rest.executions(id);
		assert.deepEqual({ status, mode }, { status: 'success', mode: 'trigger' });
	});

	if (!withRestarts) return;

	test('Expiry reminder: misses and repeats nothing when n8n is restarted', async () => {
		await environment().stopN8n();
		expireIn(6);
		expireIn(58);
		await environment().startN8n();
		await receiveMails(2, MAIL_TIMEOUT_MS);
		await waitForExecutions();
	});

	test('Expiry reminder: misses and repeats nothing when n8n is killed', async () => {
		await environment().killN8n();
		expireIn(7);
		await environment().startN8n();
		await receiveMails(1, MAIL_TIMEOUT_MS);
		// The next poll must not emit anything.
		const { requests } = environment().sim;
		const { length } = requests;
		for (let seconds = 0; requests.length === length && seconds < 90; seconds++) await sleep(1_000);
		await sleep(2_000);
		assert.ok(requests.length > length, 'n8n polled again');
		await receiveMails(0);
		const executions = await environment().rest.executions(id);
		assert.ok(executions.every(({ status }) => status === 'success'));
	});
}

/** The workflow that also writes to the driver, as its note describes. */
export function reminderToDriverWorkflow() {
	const workflow = readWorkflows().find(({ id }) => id === 'samsaraReminder1');
	const reminder = workflow.nodes.find(({ name }) => name === 'Send Reminder');
	const notEmpty = { type: 'string', operation: 'notEmpty', singleValue: true };
	const options = { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 };
	const filter = {
		id: 'has-email',
		name: 'Filter',
		type: 'n8n-nodes-base.filter',
		typeVersion: 2.2,
		position: [280, 200],
		parameters: {
			conditions: {
				options,
				conditions: [
					{ id: 'email', leftValue: '={{ $json.ownerEmail }}', rightValue: '', operator: notEmpty },
				],
				combinator: 'and',
			},
			options: {},
		},
	};
	const toDriver = {
		...reminder,
		id: 'to-driver',
		name: 'Send Reminder1',
		position: [500, 200],
		parameters: { ...reminder.parameters, toEmail: '={{ $json.ownerEmail }}' },
		onError: 'continueRegularOutput',
	};
	const to = (...nodes) => ({
		main: [nodes.map(({ name }) => ({ node: name, type: 'main', index: 0 }))],
	});
	return {
		...workflow,
		id: WITH_DRIVERS,
		name: WITH_DRIVERS,
		nodes: [...workflow.nodes, filter, toDriver],
		connections: { 'Samsara Trigger': to(reminder, filter), [filter.name]: to(toDriver) },
	};
}

export function reminderToDriver(environment) {
	const changed = [];

	after(async () => {
		await environment()?.rest.unpublish(WITH_DRIVERS);
		environment()?.mail.refused.clear();
		for (const { record, date, owner, email } of changed) {
			record.expirationDate = date;
			if (email === undefined) delete owner.details?.email;
			else owner.details.email = email;
		}
	});

	test('Expiry reminder: also writes to drivers, as the note describes', async () => {
		const { mail, rest, sim } = environment();
		const { state } = sim;
		await rest.publish(WITH_DRIVERS);
		const isLater = ({ recordStatus, expirationDate }) =>
			recordStatus === 'active' && expirationDate > dayFromToday(100);
		const later = [...state.records.values()].filter(isLater);
		const ofDrivers = later.filter(({ owner }) => state.drivers.has(owner.id));
		const [mistyped] = ofDrivers;
		const reached = ofDrivers.find(({ owner }) => owner.id !== mistyped.owner.id);
		const asset = later.find(({ owner }) => owner.entityType === 'asset');
		const addresses = [undefined, 'mistyped@example.com', 'reached@example.com'];
		[asset, mistyped, reached].forEach((record, index) => {
			const owner = state.owner(record.owner.entityType, record.owner.id);
			const date = record.expirationDate;
			changed.push({ record, date, owner, email: owner.details?.email });
			if (addresses[index]) owner.details.email = addresses[index];
			record.expirationDate = dayFromToday(29);
		});
		mail.refused.add(addresses[1]);
		for (const { record } of changed) state.change(record, new Date());
		const mails = await mail.next(4, MAIL_TIMEOUT_MS);
		assert.deepEqual(
			mails.map(({ to }) => to[0].address).sort(),
			[SAFETY, SAFETY, SAFETY, addresses[2]].sort(),
		);
		const [{ id }] = await rest.executions(WITH_DRIVERS);
		const { status } = await rest.waitForExecution(id);
		assert.equal(status, 'success');
	});
}
