import assert from 'node:assert/strict';
import { test } from 'node:test';
import { http } from '../../../scripts/lib/http.mjs';
import { submitForm } from '../support/answers.mjs';
import { hrLogin } from '../support/testEnvironment.mjs';
import { lacksNode } from '../support/versions.mjs';
import { readyMade } from '../support/workflowSets.mjs';

const ID = 'samsaraHireForm1';
const { nodes } = readyMade.workflows.find(({ id }) => id === ID);
const form = nodes.find(({ type }) => type === 'n8n-nodes-base.formTrigger');
const elements = form.parameters.formFields.values;
const auth = { username: hrLogin.user, password: hrLogin.password };

const person = {
	name: 'Kim Castillo',
	payrollId: 'NH-2051',
	phone: '5552228802',
	email: 'kim@example.com',
	username: 'kcastillo',
	password: 'First-day-2026',
	'Home Terminal': 'Portland Hub',
	'Hire Date': '2026-11-16',
	'License Number': 'D1234567',
	licenseState: 'CA',
	licenseIssued: '2024-01-05',
	licenseExpires: '2029-01-05',
	licensePhoto: Buffer.from('%PDF-1.4\n% the license\n'),
	'Examination Date': '2026-11-03',
	cardExpires: '2028-11-03',
	'Examiner Name': 'Dr. Helen Marsh',
	cardScan: Buffer.from('%PDF-1.4\n% the medical card\n'),
};

/** The form in which HR enters a new driver. */
export function newHireForm(environment) {
	const url = () => `${environment().server.url}/form/samsara-new-hire-form`;
	const drivers = (payrollId) =>
		[...environment().sim.state.drivers.values()].filter(
			({ externalIds }) => externalIds.payrollId === payrollId,
		);

	/** Fills in the form as a browser does, and waits for the page at the end. @returns its text */
	async function submit(changes) {
		const input = { ...person, ...changes };
		const values = elements.map(({ fieldName, fieldType }) =>
			fieldType === 'file'
				? { name: `${fieldName}.pdf`, type: 'application/pdf', content: input[fieldName] }
				: input[fieldName],
		);
		return (await submitForm(url(), values, auth)).text;
	}

	/** The records of a driver, by the name of their type. */
	function recordsOf(driver) {
		const { state } = environment().sim;
		const records = [...state.records.values()].filter(({ owner }) => owner.id === driver.id);
		return new Map(
			records.map((record) => [state.qualificationTypes.get(record.typeId).name, record]),
		);
	}

	/** A record as Samsara returns it, once its files have been processed. */
	async function readRecord({ id }) {
		const { sim } = environment();
		const headers = { authorization: `Bearer ${sim.token}` };
		for (;;) {
			const { data } = await http.get(`${sim.url}/qualification-records?ids=${id}`, { headers });
			const [record] = data.data;
			const [file] = record.fields.flatMap(({ mediaList = [] }) => mediaList);
			if (file.processingStatus === 'processing') continue;
			const { data: bytes } = await http.get(file.url, { responseType: 'arraybuffer' });
			return { ...record, bytes };
		}
	}

	test('New hire form: creates the driver, the license, and the medical card with their files', async (context) => {
		const lack = await lacksNode(environment(), form.type, form.typeVersion);
		if (lack) return context.skip(lack);
		const { state } = environment().sim;
		await environment().rest.publish(ID);
		const stranger = await http.post(url(), new FormData(), {});
		assert.equal(stranger.status, 401, 'nobody can use the form without the login');

		assert.match(await submit(), /Kim Castillo is in Samsara/);
		const [driver, ...others] = drivers(person.payrollId);
		assert.equal(others.length, 0);
		assert.equal(driver.name, person.name);
		const { phone, email, licenseNumber, licenseState } = driver.details;
		assert.deepEqual(
			[phone, email, licenseNumber, licenseState],
			[person.phone, person.email, person['License Number'], person.licenseState],
		);
		const attributes = driver.attributes.map(({ attributeId, stringValues, dateValues }) => [
			state.attributes.get(attributeId).name,
			...(stringValues ?? dateValues),
		]);
		assert.deepEqual(Object.fromEntries(attributes), {
			'Home Terminal': person['Home Terminal'],
			'Hire Date': person['Hire Date'],
		});

		const byType = recordsOf(driver);
		assert.deepEqual([...byType.keys()].sort(), ['Driver License', 'Medical Card']);
		const license = await readRecord(byType.get('Driver License'));
		const card = await readRecord(byType.get('Medical Card'));
		const dates = [license, card].flatMap(({ issueDate, expirationDate }) => [
			issueDate.slice(0, 10),
			expirationDate.slice(0, 10),
		]);
		assert.deepEqual(dates, ['2024-01-05', '2029-01-05', '2026-11-03', '2028-11-03']);
		const text = ({ fields }, label) =>
			fields.find((field) => field.label === label).textValue.value;
		assert.equal(text(license, 'License Number'), person['License Number']);
		assert.equal(text(license, 'Issuing State'), person.licenseState);
		assert.equal(text(card, 'Examiner Name'), person['Examiner Name']);
		assert.ok(license.bytes.equals(person.licensePhoto));
		assert.ok(card.bytes.equals(person.cardScan));
	});

	test('New hire form: refuses the same payroll number', async (context) => {
		const lack = await lacksNode(environment(), form.type, form.typeVersion);
		if (lack) return context.skip(lack);
		const { state } = environment().sim;
		const sizes = () => [state.drivers.size, state.records.size];
		const before = sizes();
		assert.match(
			await submit({ username: 'kcastillo2' }),
			/Nothing was added .*payrollId:NH-2051.* If this driver is in Samsara already, there is nothing to do/,
		);
		assert.deepEqual(sizes(), before);
	});

	test('New hire form: a record that Samsara refuses does not stop the other one', async (context) => {
		const lack = await lacksNode(environment(), form.type, form.typeVersion);
		if (lack) return context.skip(lack);
		const wrongLicense = { licenseExpires: '2020-01-05' };
		const wrongCard = { cardExpires: '2020-11-03' };
		const wrongDates = String.raw`'Expiration Date' .* is before 'Issue Date'`;

		/** Adds another driver. @returns the page at the end, and the driver's records by type */
		async function add(number, changes) {
			const page = await submit({
				payrollId: `NH-${number}`,
				username: `kcastillo${number}`,
				...changes,
			});
			const [driver, ...others] = drivers(`NH-${number}`);
			assert.equal(others.length, 0);
			return [page, recordsOf(driver)];
		}

		const [noLicense, card] = await add(2052, wrongLicense);
		assert.match(
			noLicense,
			new RegExp(
				`Kim Castillo was added, but without the driver license The driver license was not created: ${wrongDates}`,
			),
		);
		assert.doesNotMatch(noLicense, /medical card/);
		assert.deepEqual([...card.keys()], ['Medical Card']);
		const { bytes } = await readRecord(card.get('Medical Card'));
		assert.ok(bytes.equals(person.cardScan));

		const [noCard, license] = await add(2053, wrongCard);
		assert.match(
			noCard,
			new RegExp(
				`Kim Castillo was added, but without the medical card The medical card was not created: ${wrongDates}`,
			),
		);
		assert.doesNotMatch(noCard, /driver license/);
		assert.deepEqual([...license.keys()], ['Driver License']);

		const [neither, none] = await add(2054, { ...wrongLicense, ...wrongCard });
		assert.match(
			neither,
			new RegExp(
				`without the driver license and the medical card The driver license was not created: ${wrongDates}.* The medical card was not created: ${wrongDates}`,
			),
		);
		assert.equal(none.size, 0);
		await environment().rest.unpublish(ID);
	});
}
