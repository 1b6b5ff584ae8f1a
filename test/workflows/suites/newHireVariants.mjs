import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { readWorkflows } from '../../../scripts/lib/demo.mjs';
import { http } from '../../../scripts/lib/http.mjs';
import { hrKey } from '../support/testEnvironment.mjs';

const JSON_BODY = 'samsaraHireJson1';
const TRIGGER = 'New Hire from HR';

const person = (number) => ({
	name: `Kim Castillo ${number}`,
	username: `kcastillo${number}`,
	password: 'First-day-2026',
	phone: '5552228802',
	payrollId: `NH-205${number}`,
	licenseClass: 'Class B',
	homeTerminal: 'Portland Hub',
	hireDate: '2026-11-16',
	examinationDate: '2026-11-03',
	cardExpires: '2027-11-03',
	examinerName: 'Dr. Helen Marsh',
	registryNumber: '1199337755',
});
const scan = Buffer.from(Array.from({ length: 50_000 }, (_, index) => (index * 7) % 256));

function copy(id) {
	const workflow = readWorkflows().find((readyMade) => readyMade.id === 'samsaraNewHire01');
	const node = (name) => workflow.nodes.find((readyMade) => readyMade.name === name);
	return { workflow: { ...workflow, id, name: id }, node };
}

/** The workflow for a scan as base64 in JSON, as its note describes. */
function jsonWorkflow() {
	const { workflow, node } = copy(JSON_BODY);
	Object.assign(node(TRIGGER), { webhookId: 'samsara-new-hire-json' });
	node(TRIGGER).parameters.path = 'samsara-new-hire-json';
	node('Driver and Card').parameters.numberInputs = 3;
	const columns = node('Columns for Samsara').parameters.assignments.assignments;
	columns.find(({ name }) => name === 'Scan').value = 'scan';
	const convert = {
		id: 'convert-scan',
		name: 'Scan to File',
		type: 'n8n-nodes-base.convertToFile',
		typeVersion: 1.1,
		position: [240, 200],
		parameters: {
			operation: 'toBinary',
			sourceProperty: 'body.scan',
			binaryPropertyName: 'scan',
			options: { fileName: 'card.jpg', mimeType: 'image/jpeg' },
		},
	};
	workflow.nodes.push(convert);
	workflow.connections[TRIGGER].main[0].push({ node: convert.name, type: 'main', index: 0 });
	workflow.connections[convert.name] = {
		main: [[{ node: 'Driver and Card', type: 'main', index: 2 }]],
	};
	return workflow;
}

export const newHireVariantWorkflows = () => [jsonWorkflow()];

export function newHireVariants(environment) {
	async function check({ username, name, examinerName }) {
		const { state } = environment().sim;
		const find = () => {
			const driver = [...state.drivers.values()].find(
				(readyMade) => readyMade.username === username,
			);
			return [...state.records.values()].find(({ owner }) => owner.id === driver?.id);
		};
		for (let waited = 0; !find() && waited < 300; waited++) await sleep(100);
		const card = find();
		assert.ok(card, `${name} has a card`);
		assert.ok(card.fields.some(({ text }) => text === examinerName));
		const url = new URL(`/qualification-records?ids=${card.id}`, environment().sim.url);
		const headers = { authorization: `Bearer ${environment().sim.token}` };
		for (;;) {
			const { data } = await http.get(url.href, { headers });
			const [file] = data.data[0].fields.flatMap(({ mediaList = [] }) => mediaList);
			if (file.processingStatus === 'processing') continue;
			const { data: bytes } = await http.get(file.url, { responseType: 'arraybuffer' });
			return assert.ok(bytes.equals(scan), `${bytes.length} of ${scan.length} bytes`);
		}
	}

	test('New hire: accepts the scan as base64 in JSON, as the note describes', async () => {
		const input = person(2);
		await environment().rest.publish(JSON_BODY);
		const url = `${environment().server.url}/webhook/samsara-new-hire-json`;
		const body = { ...input, scan: scan.toString('base64') };
		const headers = { [hrKey.name]: hrKey.value };
		const { status, data } = await http.post(url, body, { headers, responseType: 'text' });
		assert.equal(status, 200, data);
		await check(input);
		await environment().rest.unpublish(JSON_BODY);
	});
}
