import assert from 'node:assert/strict';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { http } from '../../../scripts/lib/http.mjs';
import { filesIn, submitForm } from '../support/answers.mjs';
import { parseCsv } from '../support/csv.mjs';
import { hrLogin } from '../support/testEnvironment.mjs';
import { lacksNode } from '../support/versions.mjs';
import { unzip } from '../support/zip.mjs';

const ID = 'samsaraAudit0001';
const FORM_TRIGGER = ['n8n-nodes-base.formTrigger', 2.6];
const auth = { username: hrLogin.user, password: hrLogin.password };

/** ZIP files with the files and records of drivers. */
export function auditPacket(environment) {
	const url = () => `${environment().server.url}/form/samsara-audit-packet`;

	/** The records that a packet must list, with the number of their files. */
	function expectedRecords(driver, statuses) {
		const { state } = environment().sim;
		return [...state.records.values()]
			.filter(
				({ owner, recordStatus }) => owner.id === driver.id && statuses.includes(recordStatus),
			)
			.map((record) => ({
				id: record.id,
				type: state.qualificationTypes.get(record.typeId).name,
				status: record.recordStatus,
				expires: record.expirationDate?.slice(0, 10) ?? '',
				files: record.fields.flatMap(filesOfField).length,
			}));
	}

	const filesOfField = ({ mediaIds = [], rows = [] }) => [
		...mediaIds,
		...rows.flatMap(({ cells }) => cells.flatMap(filesOfField)),
	];

	function checkPacket(zip, driver, statuses) {
		const { 'Index.csv': index, ...files } = unzip(zip);
		const lines = parseCsv(index.toString('utf8'));
		assert.deepEqual(
			lines
				.map((line) => ({
					id: line['Record ID'],
					type: line.Qualification,
					status: line.Status,
					expires: line.Expires,
					files: line.Files === '' ? 0 : line.Files.split('; ').length,
				}))
				.sort(byId),
			expectedRecords(driver, statuses).sort(byId),
		);
		const listed = lines.flatMap(({ Files }) => (Files === '' ? [] : Files.split('; ')));
		assert.deepEqual(Object.keys(files).sort(), listed.sort());
		for (const [name, bytes] of Object.entries(files)) {
			assert.ok(name.startsWith(`${driver.name} - `), name);
			assert.ok(bytes.length > 0);
		}
		return listed.length;
	}

	const byId = (one, other) => one.id.localeCompare(other.id);

	const activeDrivers = () =>
		[...environment().sim.state.drivers.values()].filter(
			({ driverActivationStatus }) => driverActivationStatus === 'active',
		);

	const skip = async (context) => {
		const lack = await lacksNode(environment(), ...FORM_TRIGGER);
		if (lack) context.skip(lack);
		return lack !== undefined;
	};

	after(async () => await environment()?.rest.unpublish(ID));

	test('Audit packet: the form returns the files and the index of a driver', async (context) => {
		if (await skip(context)) return;
		await environment().rest.publish(ID);
		const stranger = await http.post(url(), new FormData(), {});
		assert.equal(stranger.status, 401, 'nobody can use the form without the login');
		const driver = activeDrivers().find(
			(one) =>
				expectedRecords(one, ['archived']).length > 0 &&
				expectedRecords(one, ['active']).some(({ files }) => files > 0),
		);
		for (const [archived, statuses] of [
			['Include', ['active', 'archived']],
			['Leave out', ['active']],
		]) {
			const answers = ['One driver', `payrollId:${driver.externalIds.payrollId}`, archived];
			const page = await submitForm(url(), answers, auth);
			assert.match(page.text, new RegExp(`The packet of ${driver.name} is ready`));
			const [packet, ...others] = filesIn(page.html);
			assert.equal(others.length, 0);
			assert.equal(packet.fileName, `Audit packet - ${driver.name} - ${driver.id}.zip`);
			assert.ok(checkPacket(packet.content, driver, statuses) > 0);
		}
	});

	test('Audit packet: an unknown driver gets no packet', async (context) => {
		if (await skip(context)) return;
		const { text } = await submitForm(url(), ['One driver', 'payrollId:NOBODY', 'Include'], auth);
		assert.match(text, /No packet was made/);
	});

	test('Audit packet: makes one file for each driver, and replaces them the next time', async (context) => {
		if (await skip(context)) return;
		const { filesFolder } = environment();
		for (const name of readdirSync(filesFolder)) rmSync(join(filesFolder, name));
		const drivers = activeDrivers();
		for (let times = 0; times < 2; times++) {
			const { text } = await submitForm(url(), ['All active drivers', '', 'Include'], auth);
			assert.match(
				text,
				new RegExp(`${drivers.length} packets are in the folder All are complete`),
			);
			assert.equal(readdirSync(filesFolder).length, drivers.length);
			for (const driver of drivers) {
				const safeName = driver.name.replaceAll(/[<>]/g, ' ').replaceAll(/ +/g, ' ');
				if (safeName !== driver.name) continue;
				const name = `Audit packet - ${driver.name} - ${driver.id}.zip`;
				checkPacket(readFileSync(join(filesFolder, name)), driver, ['active', 'archived']);
			}
		}
	});

	test('Audit packet: says so if there is no folder for the files', async (context) => {
		if (await skip(context)) return;
		const { filesFolder, rest } = environment();
		const { nodes } = await rest.getWorkflow(ID);
		const { fileName } = nodes.find(({ name }) => name === 'Write Packets').parameters;
		const publishWith = async (parameters) => {
			await rest.unpublish(ID);
			await rest.setParameters(ID, 'Write Packets', parameters);
			await rest.publish(ID);
		};
		await publishWith({ fileName: fileName.replace(filesFolder, join(filesFolder, 'missing')) });
		const { text } = await submitForm(url(), ['All active drivers', '', 'Include'], auth);
		assert.match(
			text,
			/0 packets are in the folder Not written: .*Check the folder in Write Packets/,
		);
		await publishWith({ fileName });
	});

	test('Audit packet: says that a packet is not complete if a file cannot be downloaded', async (context) => {
		if (await skip(context)) return;
		const { rest, sim } = environment();
		await rest.unpublish(ID);
		// The simulator never has the file, so waiting for it would not help.
		await rest.setParameters(ID, 'Download Files', { options: { waitSeconds: 0 } });
		await rest.publish(ID);
		const record = [...sim.state.records.values()].find(
			({ owner, recordStatus, fields }) =>
				activeDrivers().some(({ id }) => id === owner.id) &&
				recordStatus === 'active' &&
				fields.flatMap(filesOfField).length > 0,
		);
		const [mediaId] = record.fields.flatMap(filesOfField);
		const file = sim.media.files.get(mediaId);
		sim.media.files.delete(mediaId);
		try {
			const answers = ['One driver', record.owner.id, 'Leave out'];
			const page = await submitForm(url(), answers, auth);
			assert.match(page.text, /It is not complete\. /);
			const files = unzip(filesIn(page.html)[0].content);
			assert.deepEqual(Object.keys(files), ['Index.csv']);
			const lines = parseCsv(files['Index.csv'].toString('utf8'));
			assert.ok(lines.some((line) => line['Record ID'] === record.id));
			assert.match(lines.at(-1).Qualification, /^The files could not be downloaded: /);
		} finally {
			sim.media.files.set(mediaId, file);
		}
	});
}
