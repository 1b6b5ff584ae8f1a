import assert from 'node:assert/strict';
import { test } from 'node:test';
import { http } from '../../../scripts/lib/http.mjs';
import { hrKey } from '../support/testEnvironment.mjs';

// Large enough to be stored as a file, and with all byte values, which a conversion to text would corrupt.
const scan = Buffer.concat([
	Buffer.from('%PDF-1.4\n'),
	Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 31) % 256)),
]);

const person = {
	name: 'Renée Söderberg',
	password: 'First-day-2026',
	phone: '5552228801',
	licenseClass: 'class a',
	homeTerminal: 'Spokane Yard',
	hireDate: '2026-11-16',
	examinationDate: '2026-11-02',
	cardExpires: '2028-11-02',
	examinerName: 'Dr. Anil Kapoor',
	registryNumber: '4711002266',
};

/** @param {import('../support/workflowSets.mjs').WorkflowSet} set */
export function newHire(environment, { idOf, suffix }) {
	const id = idOf('samsaraNewHire01');
	const username = `rsoderberg${suffix}`;
	const payrollId = `NH-1042${suffix}`;

	function form(changes = {}) {
		const body = new FormData();
		for (const [key, value] of Object.entries({ ...person, username, payrollId, ...changes }))
			body.set(key, value);
		body.set('scan', new Blob([scan], { type: 'application/pdf' }), 'medical-card.pdf');
		return body;
	}

	const post = async (body, headers = { [hrKey.name]: hrKey.value }) => {
		const url = `${environment().server.url}/webhook/samsara-new-hire`;
		const { status, data } = await http.post(url, body, { headers, responseType: 'text' });
		return { status, text: data };
	};
	const hired = () =>
		[...environment().sim.state.drivers.values()].filter((driver) => driver.username === username);
	const cards = ({ id }) =>
		[...environment().sim.state.records.values()].filter(({ owner }) => owner.id === id);
	const attributesOf = (driver) =>
		Object.fromEntries(
			driver.attributes.map(({ attributeId, stringValues, dateValues }) => [
				environment().sim.state.attributes.get(attributeId).name,
				stringValues ?? dateValues,
			]),
		);
	const check = ({ phone = person.phone, homeTerminal = person.homeTerminal } = {}) => {
		const { state } = environment().sim;
		const [driver, ...others] = hired();
		assert.equal(others.length, 0);
		assert.equal(driver.name, person.name);
		assert.equal(driver.details.phone, phone);
		assert.deepEqual(driver.externalIds, { payrollId });
		assert.deepEqual(attributesOf(driver), {
			'License Class': ['Class A'],
			'Home Terminal': [homeTerminal],
			'Hire Date': [person.hireDate],
		});
		const [card, ...more] = cards(driver);
		assert.equal(more.length, 0);
		const type = state.qualificationTypes.get(card.typeId);
		assert.equal(type.name, 'Medical Card');
		assert.equal(card.issueDate.slice(0, 10), person.examinationDate);
		assert.equal(card.expirationDate.slice(0, 10), person.cardExpires);
		const value = (label) => {
			const { id } = type.fields.find((field) => field.label === label);
			return card.fields.find((field) => field.id === id);
		};
		assert.equal(value('Examiner Name').text, person.examinerName);
		assert.equal(value('Registry Number').text, person.registryNumber);
		assert.equal(value('Scan').mediaIds.length, 1);
		return value('Scan').mediaIds[0];
	};

	test('New hire: creates the driver and the medical card with an unchanged scan', async () => {
		await environment().rest.publish(id);
		assert.equal((await post(form(), {})).status, 403, 'a call without the key is rejected');
		assert.equal(hired().length, 0);

		const { status, text } = await post(form());
		assert.equal(status, 200, text);
		assert.equal(JSON.parse(text).created, true);
		const { bytes, mediaType } = await download(check());
		assert.equal(mediaType, 'application/pdf');
		assert.ok(bytes.equals(scan), `${bytes.length} of ${scan.length} bytes`);
	});

	test('New hire: a repeated request updates the driver and duplicates nothing', async () => {
		const records = environment().sim.state.records.size;
		const repeated = await post(form());
		assert.equal(repeated.status, 200, repeated.text);
		assert.equal(JSON.parse(repeated.text).created, false);
		check();

		const change = { phone: '5552228899', homeTerminal: 'Portland Hub' };
		assert.equal((await post(form(change))).status, 200);
		check(change);
		assert.equal(environment().sim.state.records.size, records);
		await environment().rest.unpublish(id);
	});

	// Downloads the file as the API intends: from the URL in the record.
	async function download(mediaId) {
		const { sim } = environment();
		const [driver] = hired();
		const url = new URL('/qualification-records', sim.url);
		url.searchParams.set('ids', cards(driver)[0].id);
		const headers = { authorization: `Bearer ${sim.token}` };
		for (;;) {
			const { data } = await http.get(url.href, { headers });
			const media = data.data[0].fields.flatMap(({ mediaList = [] }) => mediaList);
			const file = media.find(({ id }) => id === mediaId);
			if (file.processingStatus === 'finished') {
				const response = await http.get(file.url, { responseType: 'arraybuffer' });
				return { bytes: response.data, mediaType: response.headers['content-type'] };
			}
		}
	}
}
