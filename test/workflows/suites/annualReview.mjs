import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { http } from '../../../scripts/lib/http.mjs';
import { linksIn, submitForm } from '../support/answers.mjs';
import { dayFromToday } from '../support/expected.mjs';
import { parseTable } from '../support/html.mjs';
import { hrLogin } from '../support/testEnvironment.mjs';
import { lacksNode } from '../support/versions.mjs';

const ID = 'samsaraAnnual001';
const TYPES = ['MVR Review', 'Clearinghouse Query'];
const FORM_TRIGGER = ['n8n-nodes-base.formTrigger', 2.6];
const auth = { username: hrLogin.user, password: hrLogin.password };
const report = Buffer.from('%PDF-1.4\n% the report\n');
const day = (days) => dayFromToday(days).slice(0, 10);

/** The list of due reviews, and the form that records one. */
export function annualReview(environment) {
	const types = new Map();
	let person;

	const records = (review) =>
		[...environment().sim.state.records.values()].filter(
			({ owner, typeId }) => owner.id === person.id && typeId === types.get(review).id,
		);

	async function sendList() {
		const { mail, rest } = environment();
		const { status, data } = await rest.runWorkflow(ID, 'When Clicking Execute');
		assert.equal(status, 'success', JSON.stringify(data.resultData.error));
		const [list, ...others] = await mail.next(1);
		assert.equal(others.length, 0);
		return list;
	}

	const skip = async (context) => {
		const lack = await lacksNode(environment(), ...FORM_TRIGGER);
		if (lack) context.skip(lack);
		return lack !== undefined;
	};

	/** Fills in the form behind a link of the list. */
	async function submit(link, { driver = person.id, review, reviewedOn }) {
		const page = await http.get(link, { auth, responseType: 'text' });
		assert.equal(page.status, 200);
		assert.ok(page.data.includes(`value="${person.id}"`), 'the link fills in the driver');
		const url = link.split('?')[0];
		const file = { name: 'report.pdf', type: 'application/pdf', content: report };
		return (await submitForm(url, [driver, review, reviewedOn, 'Dana Hale', file], auth)).text;
	}

	before(() => {
		const { state } = environment().sim;
		const template = [...state.qualificationTypes.values()].find(
			({ name }) => name === 'Medical Card',
		);
		const fields = [
			['Reviewed By', 'text', true],
			['Report', 'media', false],
		];
		for (const name of TYPES) {
			const type = {
				...template,
				id: state.newUuid(),
				name,
				fields: fields.map(([label, type, isRequired]) => ({
					id: state.newUuid(),
					label,
					type,
					isRequired,
				})),
			};
			types.set(name, type);
			state.qualificationTypes.set(type.id, type);
		}
		person = [...state.drivers.values()].find(
			({ driverActivationStatus }) => driverActivationStatus === 'active',
		);
	});

	after(async () => {
		const { rest, sim } = environment();
		await rest.unpublish(ID);
		for (const { id } of types.values()) {
			for (const record of sim.state.records.values()) {
				if (record.typeId === id) sim.state.records.delete(record.id);
			}
			sim.state.qualificationTypes.delete(id);
		}
	});

	test('Annual review: lists every driver without a current review', async (context) => {
		if (await skip(context)) return;
		const list = await sendList();
		const active = [...environment().sim.state.drivers.values()].filter(
			({ driverActivationStatus }) => driverActivationStatus === 'active',
		);
		assert.equal(list.subject, `Annual reviews: ${active.length * 2} due`);
		const rows = parseTable(list.html).map(({ Driver, Review, Status }) => [
			Driver,
			Review,
			Status,
		]);
		const expected = active.flatMap(({ name }) => TYPES.map((type) => [name, type, 'missing']));
		assert.deepEqual(rows.map(String).sort(), expected.map(String).sort());
	});

	test('Annual review: the form behind a link records a review once, and archives the one before', async (context) => {
		if (await skip(context)) return;
		const { rest } = environment();
		await rest.publish(ID);
		const link = linksIn(await sendList()).find(
			(one) => one.includes(person.id) && one.includes('MVR'),
		);
		const stranger = await http.get(link, { responseType: 'text' });
		assert.equal(stranger.status, 401, 'nobody can open the form without the login');

		const last = { review: 'MVR Review', reviewedOn: day(-350) };
		const expires = new Date(Date.parse(`${last.reviewedOn}T00:00:00Z`));
		expires.setUTCFullYear(expires.getUTCFullYear() + 1);
		const due = expires.toISOString().slice(0, 10);
		for (let times = 0; times < 2; times++) {
			const text = await submit(link, last);
			assert.ok(text.includes(`MVR Review of ${person.name} is recorded`), text);
			assert.ok(text.includes(`The next one is due by ${due}.`), text);
			const [record, ...others] = records('MVR Review');
			assert.equal(others.length, 0);
			assert.equal(record.issueDate.slice(0, 10), last.reviewedOn);
			assert.equal(record.expirationDate.slice(0, 10), due);
			const [by, file] = record.fields;
			assert.equal(by.text, 'Dana Hale');
			assert.equal(file.mediaIds.length, 1);
		}
		const before = await sendList();
		const rows = parseTable(before.html).filter(({ Driver }) => Driver === person.name);
		assert.deepEqual(rows.map(({ Review, Status, Expires }) => [Review, Status, Expires]).sort(), [
			['Clearinghouse Query', 'missing', '–'],
			['MVR Review', 'expiring', due],
		]);

		const today = { review: 'MVR Review', reviewedOn: day(0) };
		await submit(link, today);
		assert.deepEqual(
			records('MVR Review')
				.map(({ issueDate, recordStatus }) => [issueDate.slice(0, 10), recordStatus])
				.sort(),
			[
				[last.reviewedOn, 'archived'],
				[today.reviewedOn, 'active'],
			],
		);
		const future = await submit(link, { ...today, reviewedOn: day(1) });
		assert.match(future, new RegExp(`was not recorded .*${day(1)} .* is in the future`));
		// A review that was forgotten and is recorded later is older than the current one, which stays.
		await submit(link, last);
		const active = records('MVR Review').filter(({ recordStatus }) => recordStatus === 'active');
		assert.deepEqual(
			active.map(({ issueDate }) => issueDate.slice(0, 10)),
			[today.reviewedOn],
		);
		const listed = parseTable((await sendList()).html);
		assert.deepEqual(
			listed.filter(({ Driver }) => Driver === person.name).map(({ Review }) => Review),
			['Clearinghouse Query'],
		);
	});

	test('Annual review: accepts a payroll number, and refuses an unknown driver', async (context) => {
		if (await skip(context)) return;
		const url = `${environment().server.url}/form/samsara-annual-review`;
		const link = `${url}?driver=${person.id}`;
		const query = { review: 'Clearinghouse Query', reviewedOn: day(-1) };
		const payrollId = `payrollId:${person.externalIds.payrollId}`;
		assert.match(await submit(link, { ...query, driver: payrollId }), /is recorded/);
		assert.equal(records('Clearinghouse Query').length, 1);
		const text = await submit(link, { ...query, driver: 'payrollId:NOBODY' });
		assert.match(text, /The review was not recorded/);
		assert.equal(records('Clearinghouse Query').length, 1);
	});

	test('Annual review: an email says that none is due', async (context) => {
		if (await skip(context)) return;
		const { drivers } = environment().sim.state;
		const active = [...drivers.values()].filter(
			(driver) => driver.driverActivationStatus === 'active' && driver !== person,
		);
		for (const driver of active) driver.driverActivationStatus = 'deactivated';
		try {
			assert.equal((await sendList()).subject, 'Annual reviews: none due');
		} finally {
			for (const driver of active) driver.driverActivationStatus = 'active';
		}
	});
}
