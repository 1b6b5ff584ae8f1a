import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { answer, eventually } from '../support/answers.mjs';
import { dayFromToday } from '../support/expected.mjs';
import { lacksNode } from '../support/versions.mjs';

const ID = 'samsaraUploads01';
const SAFETY = 'safety@example.com';
const FORM = ['n8n-nodes-base.emailSend', 2.1];
const MAIL_TIMEOUT_MS = 90_000;

/** Records that drivers add, and what safety decides about them. */
export function driverUploadReview(environment) {
	const added = [];
	const types = [];
	const emails = [];

	/** Gives a record a field that is named like a column of the node's own, a table, and an empty field. */
	function addFields(record) {
		const { state } = environment().sim;
		const named = (label, type) => ({ id: state.newUuid(), label, type });
		const [name, level] = [named('Name', 'text'), named('Level', 'number')];
		const fields = [
			named('License Type', 'text'),
			{ ...named('Courses', 'table'), columns: [name, level] },
			named('Remarks', 'text'),
		];
		const [licenseType, courses, remarks] = fields.map(({ id, type }) => ({ id, type }));
		const original = state.qualificationTypes.get(record.typeId);
		const type = {
			...original,
			id: state.newUuid(),
			fields: [...original.fields, ...fields.map((field) => ({ ...field, isRequired: false }))],
		};
		types.push(type);
		state.qualificationTypes.set(type.id, type);
		const cell = ({ id, type: cellType }, value) => ({ id, type: cellType, ...value });
		const rows = [
			[cell(name, { text: 'Hazmat' }), cell(level, { number: 2 })],
			[cell(name, { text: 'Tanker' })],
		];
		record.typeId = type.id;
		record.fields = [
			...record.fields,
			{ ...licenseType, text: 'CDL A' },
			{ ...courses, rows: rows.map((cells) => ({ id: state.newUuid(), cells })) },
			{ ...remarks, text: '' },
		];
	}

	/** Adds a record, as a driver or a user does. */
	function addRecord(type, changes = {}) {
		const { state } = environment().sim;
		const withScan = [...state.records.values()].find(
			({ id, recordStatus, owner, fields }) =>
				recordStatus === 'active' &&
				state.drivers.get(owner.id)?.driverActivationStatus === 'active' &&
				fields.some(({ type: fieldType }) => fieldType === 'media') &&
				!added.some((record) => record.owner.id === owner.id || record.id === id),
		);
		const driver = state.drivers.get(withScan.owner.id);
		emails.push([driver, driver.details.email]);
		driver.details.email = `uploads${added.length}@example.com`;
		const record = {
			...withScan,
			id: state.newUuid(),
			externalIds: {},
			issueDate: dayFromToday(-1),
			expirationDate: dayFromToday(400),
			createdAtTime: new Date().toISOString(),
			createdBy: { id: driver.id, type },
			...changes,
		};
		addFields(record);
		state.change(record, new Date());
		added.push(record);
		return { record, driver, type: state.qualificationTypes.get(record.typeId).name };
	}

	/** An email shows the fields of the record and its dates, and nothing else. */
	function checkShown({ text }, { issueDate, expirationDate }) {
		assert.ok(text.includes('\nLicense Type: CDL A\n'), text);
		assert.ok(text.includes('\nCourses:\n- Name: Hazmat, Level: 2\n- Name: Tanker\n'), text);
		assert.ok(text.includes(`\nissueDate: ${issueDate.slice(0, 10)}\n`), text);
		assert.equal(text.includes('expirationDate: '), expirationDate !== undefined, text);
		assert.equal(text.includes('daysUntilExpiration: '), expirationDate !== undefined, text);
		assert.doesNotMatch(text, /undefined|null|\[object|Remarks/);
		const names = text.split('\n\n')[0].matchAll(/^(\w+):/gm);
		const own = [...names].map(([, name]) => name).filter((name) => /^[a-z]/.test(name));
		const dates = ['expirationDate', 'daysUntilExpiration', 'issueDate'];
		assert.deepEqual(own, ['type', ...(expirationDate ? dates : dates.slice(2))]);
	}

	/** The questions about uploads, with the emails that show the files. */
	async function nextQuestions(count) {
		const mails = await environment().mail.next(2 * count, MAIL_TIMEOUT_MS);
		assert.equal(mails.length, 2 * count);
		for (const { to } of mails) assert.equal(to[0].address, SAFETY);
		await settled();
		const isQuestion = ({ subject }) => subject.startsWith('Keep the ');
		return { shown: mails.filter((mail) => !isQuestion(mail)), asked: mails.filter(isQuestion) };
	}

	async function settled() {
		await eventually('the executions have ended or wait', async () => {
			const executions = await environment().rest.executions(ID);
			return executions.every(({ status }) => !['running', 'new'].includes(status));
		});
	}

	/** Waits until n8n has polled again after now. */
	async function nextPoll() {
		const { requests } = environment().sim;
		const { length } = requests;
		const polls = () => requests.slice(length).filter(({ path }) => /records\/stream/.test(path));
		await eventually('n8n polls again', () => polls().length > 1);
	}

	const skip = async (context) => {
		const lack = await lacksNode(environment(), ...FORM);
		if (lack) context.skip(lack);
		return lack !== undefined;
	};

	after(async () => {
		await environment()?.rest.unpublish(ID);
		for (const { id } of added) environment().sim.state.records.delete(id);
		for (const { id } of types) environment().sim.state.qualificationTypes.delete(id);
		for (const [driver, email] of emails) driver.details.email = email;
	});

	test('Driver uploads: safety is asked about each record that a driver added, and about no other', async (context) => {
		if (await skip(context)) return;
		const { mail, rest } = environment();
		await rest.publish(ID);
		addRecord('user');
		const uploads = [addRecord('driver'), addRecord('driver', { expirationDate: undefined })];
		const { shown, asked } = await nextQuestions(2);
		const names = uploads.map(({ type, driver }) => `${type} of ${driver.name}`);
		assert.deepEqual(
			asked.map(({ subject }) => subject).sort(),
			names.map((name) => `Keep the ${name}?`).sort(),
		);
		assert.deepEqual(
			shown.map(({ subject }) => subject).sort(),
			names.map((name) => `Uploaded by a driver: ${name}`).sort(),
		);
		for (const { attachments } of shown) assert.ok(attachments.length > 0);
		for (const { record, driver } of uploads)
			checkShown(
				shown.find(({ subject }) => subject.includes(driver.name)),
				record,
			);

		await nextPoll();
		await settled();
		assert.equal(mail.messages.length, 0, 'nobody is asked twice');

		const [kept, archived] = uploads;
		const questionOf = ({ driver }) => asked.find(({ subject }) => subject.includes(driver.name));
		assert.equal(await answer(questionOf(kept), ['Keep', '']), 200);
		const [accepted] = await mail.next(1);
		assert.equal(accepted.to[0].address, kept.driver.details.email);
		assert.equal(accepted.subject, `Your ${kept.type} is accepted`);

		assert.equal(await answer(questionOf(archived), ['Archive', 'The photo is blurred']), 200);
		const [refused] = await mail.next(1);
		assert.equal(refused.to[0].address, archived.driver.details.email);
		assert.ok(refused.text.includes('The photo is blurred'), refused.text);
		await settled();
		assert.deepEqual(
			uploads.map(({ record }) => record.recordStatus),
			['active', 'archived'],
		);
		await nextPoll();
		await settled();
		assert.equal(mail.messages.length, 0);
		const executions = await rest.executions(ID);
		assert.ok(executions.every(({ status }) => status === 'success'));
	});

	test('Driver uploads: safety is told if a record cannot be archived', async (context) => {
		if (await skip(context)) return;
		const { mail, sim } = environment();
		const { record, driver, type } = addRecord('driver');
		const { asked } = await nextQuestions(1);
		record.recordStatus = 'deleted';
		sim.state.change(record, new Date());
		assert.equal(await answer(asked[0], ['Archive', 'Wrong']), 200);
		const [notice] = await mail.next(1);
		assert.equal(notice.to[0].address, SAFETY);
		assert.equal(notice.subject, `Not archived: ${type} of ${driver.name}`);
	});
}
