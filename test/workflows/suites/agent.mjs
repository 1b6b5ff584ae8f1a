import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { http } from '../../../scripts/lib/http.mjs';
import { modelReference } from '../support/model.mjs';
import { samsaraApi } from '../support/testEnvironment.mjs';
import { needs } from '../support/versions.mjs';

const AGENT = 'samsaraAgent0001';
const MCP = 'samsaraMcp000001';

const byId = (value) => ({ __rl: true, mode: 'id', value });
const fromAi = (key, description, type = 'string') =>
	`={{ $fromAI('${key}', '${description}', '${type}') }}`;

/** The tools as a user sets them up: an operation each, with the parameters that the model defines. */
const TOOLS = {
	'Find Records': {
		resource: 'qualificationRecord',
		operation: 'getAll',
		entityType: 'worker',
		returnAll: true,
		filters: { owners: fromAi('owner', 'Name or ID of the driver') },
	},
	'Check Compliance': {
		resource: 'qualificationRecord',
		operation: 'checkCompliance',
		entityType: 'worker',
		qualificationTypes: fromAi('types', 'Qualification types that every driver must have'),
		show: 'missing',
	},
	'Record a Qualification': {
		resource: 'qualificationRecord',
		operation: 'create',
		entityType: 'worker',
		qualificationType: byId(fromAi('type', 'Qualification type')),
		ownerId: byId(fromAi('driver', 'ID of the driver')),
		issueDate: fromAi('issued', 'Issue date'),
		expirationDate: fromAi('expires', 'Expiration date'),
		fieldsMode: 'json',
		fieldsJson: fromAi('fields', 'Fields by label', 'json'),
	},
	'Renew a Record': {
		resource: 'qualificationRecord',
		operation: 'update',
		recordId: byId(fromAi('record', 'ID of the record')),
		updateFields: { expirationDate: fromAi('expires', 'New expiration date') },
	},
	'Archive a Record': {
		resource: 'qualificationRecord',
		operation: 'archive',
		recordId: byId(fromAi('record', 'ID of the record')),
	},
	'List Types': {
		resource: 'qualificationType',
		operation: 'getAll',
		entityType: 'worker',
		returnAll: true,
	},
	'Find a Driver': {
		resource: 'driver',
		operation: 'get',
		driverId: byId(fromAi('driver', 'ID of the driver')),
	},
	'Change a Driver': {
		resource: 'driver',
		operation: 'update',
		driverId: byId(fromAi('driver', 'ID of the driver')),
		updateFields: { phone: fromAi('phone', 'New phone number') },
	},
	'List Vehicles': { resource: 'vehicle', operation: 'getAll', returnAll: true },
	'List Attributes': {
		resource: 'attribute',
		operation: 'getAll',
		entityType: 'driver',
		returnAll: true,
	},
};

const toolNodes = () =>
	Object.entries(TOOLS).map(([name, parameters], index) => ({
		id: `tool${index}`,
		name,
		type: 'n8n-nodes-samsara.samsaraTool',
		typeVersion: 1,
		position: [index * 160, 300],
		parameters,
		credentials: samsaraApi,
	}));

const toolsTo = (name) =>
	Object.fromEntries(
		Object.keys(TOOLS).map((tool) => [
			tool,
			{ ai_tool: [[{ node: name, type: 'ai_tool', index: 0 }]] },
		]),
	);

export function agentWorkflows() {
	const settings = { executionOrder: 'v1' };
	const base = { active: false, settings, pinData: {}, tags: [] };
	return [
		{
			...base,
			id: AGENT,
			name: 'Fleet Agent',
			nodes: [
				{
					id: 'webhook',
					name: 'Question',
					type: 'n8n-nodes-base.webhook',
					typeVersion: 2,
					webhookId: 'samsara-agent',
					position: [0, 0],
					parameters: { httpMethod: 'POST', path: 'samsara-agent', responseMode: 'lastNode' },
				},
				{
					id: 'agent',
					name: 'AI Agent',
					type: '@n8n/n8n-nodes-langchain.agent',
					typeVersion: 3,
					position: [200, 0],
					parameters: {
						promptType: 'define',
						text: '={{ $json.body.task }}',
						options: { enableStreaming: false },
					},
				},
				{
					id: 'model',
					name: 'Model',
					type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
					typeVersion: 1.2,
					position: [200, 200],
					parameters: { model: byId('scripted'), options: {} },
					credentials: { openAiApi: modelReference },
				},
				...toolNodes(),
			],
			connections: {
				Question: { main: [[{ node: 'AI Agent', type: 'main', index: 0 }]] },
				Model: { ai_languageModel: [[{ node: 'AI Agent', type: 'ai_languageModel', index: 0 }]] },
				...toolsTo('AI Agent'),
			},
		},
		{
			...base,
			id: MCP,
			name: 'Fleet MCP Server',
			nodes: [
				{
					id: 'mcp',
					name: 'MCP Server Trigger',
					type: '@n8n/n8n-nodes-langchain.mcpTrigger',
					typeVersion: 2,
					webhookId: 'samsara-mcp',
					position: [0, 0],
					parameters: { path: 'samsara-mcp' },
				},
				...toolNodes(),
			],
			connections: toolsTo('MCP Server Trigger'),
		},
	];
}

/** Ten tasks in a user's words, each with the tool that must be picked and what the scripted model fills in. */
function tasks(state) {
	const driver = [...state.drivers.values()].find(
		({ driverActivationStatus }) => driverActivationStatus === 'active',
	);
	const record = [...state.records.values()].find(
		({ recordStatus, expirationDate }) => recordStatus === 'active' && expirationDate,
	);
	const archived = [...state.records.values()].find(
		({ recordStatus, id }) => recordStatus === 'active' && id !== record.id,
	);
	const recordOf = ({ id }) => [...state.records.values()].filter(({ owner }) => owner.id === id);
	const created = () =>
		recordOf(driver).filter(({ issueDate }) => issueDate.startsWith('2026-11-02'));
	return [
		{
			task: `Get the qualification records of driver ${driver.name}: when does each card expire?`,
			tool: 'Find Records',
			values: { owner: driver.id },
			check: (rows) => assert.equal(rows.length, recordOf(driver).length),
		},
		{
			task: 'Check which driver lacks a medical card',
			tool: 'Check Compliance',
			values: { types: 'Medical Card' },
			check: (rows) => assert.ok(rows.every(({ type }) => type === 'Medical Card')),
		},
		{
			task: 'Create a hazmat certificate, issued 2026-11-02',
			tool: 'Record a Qualification',
			values: {
				type: 'Hazmat Certificate',
				driver: driver.id,
				issued: '2026-11-02',
				expires: '2028-11-02',
				fields: { 'Certificate Number': 'A-1' },
			},
			check([row]) {
				assert.equal(row['Certificate Number'], 'A-1');
				assert.equal(created().length, 1);
			},
		},
		{
			task: 'Renew the license until 2031-02-03',
			tool: 'Renew a Record',
			values: { record: record.id, expires: '2031-02-03' },
			check: () => assert.match(state.records.get(record.id).expirationDate, /^2031-02-03/),
		},
		{
			task: 'Archive the old certificate',
			tool: 'Archive a Record',
			values: { record: archived.id },
			check: () => assert.equal(state.records.get(archived.id).recordStatus, 'archived'),
		},
		{
			task: 'Which kinds of qualification are there?',
			tool: 'List Types',
			values: {},
			check: (rows) => assert.ok(rows.some(({ name }) => name === 'Medical Card')),
		},
		{
			task: 'Show me the driver with that ID',
			tool: 'Find a Driver',
			values: { driver: driver.id },
			check: ([row]) => assert.equal(row.name, driver.name),
		},
		{
			task: 'Update the phone number of the driver',
			tool: 'Change a Driver',
			values: { driver: driver.id, phone: '5550004711' },
			check: () => assert.equal(state.drivers.get(driver.id).details.phone, '5550004711'),
		},
		{
			task: 'Which trucks do we have?',
			tool: 'List Vehicles',
			values: {},
			check: (rows) => assert.ok(rows.length > 0 && rows.every(({ name }) => name)),
		},
		{
			task: 'Which attributes can we set?',
			tool: 'List Attributes',
			values: {},
			check: (rows) => assert.ok(rows.some(({ name }) => name === 'License Class')),
		},
	];
}

/** What must not happen, whatever the model asks for, and what it must be told. */
const refused = (state) => {
	const ids = [...state.records.keys()].slice(0, 2);
	return [
		{
			task: 'Archive the two certificates',
			values: { record: ids.join(',') },
			told: /cannot contain a comma/,
		},
		{
			task: 'Renew the license until 03/04/2027',
			values: { record: ids[0], expires: '03/04/2027' },
			told: /03\/04\/2027/,
		},
		{
			task: 'Create a certificate of skydiving',
			values: {
				type: 'Skydiving',
				driver: [...state.drivers.keys()][0],
				issued: '2026-11-02',
				expires: '2028-11-02',
				fields: {},
			},
			told: /Skydiving/,
		},
	];
};

const writes = (sim) => sim.requests.filter(({ method }) => method !== 'GET').length;

export function agent(environment) {
	const ask = async (task, values) => {
		const { model, server } = environment();
		model.teach(task, values);
		const { status, data } = await http.post(`${server.url}/webhook/samsara-agent`, { task });
		return { status, text: JSON.stringify(data), call: model.calls.at(-1) };
	};

	const skip = needs('2.0', 'has older nodes for agents');

	describe('AI Agent with a scripted model', { skip }, () => {
		before(async () => await environment().rest.publish(AGENT));
		after(async () => await environment().rest.unpublish(AGENT));

		test('does ten tasks: finds the tool by its description, fills it in, and gets an answer that it can use', async () => {
			for (const { task, tool, values, check } of tasks(environment().sim.state)) {
				const { status, text, call } = await ask(task, values);
				assert.equal(status, 200, `${task}: ${text}`);
				assert.equal(call.name, tool.replaceAll(' ', '_'), task);
				assert.deepEqual(
					Object.keys(values).filter((name) => !call.offered.includes(name)),
					[],
				);
				check(JSON.parse(call.answer));
			}
		});

		test('is refused what would be wrong, is told why, and nothing is written', async () => {
			const { sim } = environment();
			for (const { task, values, told } of refused(sim.state)) {
				const before = writes(sim);
				const { call } = await ask(task, values);
				assert.match(call.answer, told, task);
				assert.equal(writes(sim), before, task);
			}
		});
	});

	test('MCP Server Trigger lists the tools and runs them', { skip }, async () => {
		const { rest, server, sim } = environment();
		await rest.publish(MCP);
		try {
			const mcp = new McpClient(`${server.url}/mcp/samsara-mcp`);
			await mcp.initialize();
			const { tools } = await mcp.call('tools/list', {});
			assert.deepEqual(
				tools.map(({ name }) => name).sort(),
				Object.keys(TOOLS)
					.map((name) => name.replaceAll(' ', '_'))
					.sort(),
			);
			const [driver] = sim.state.drivers.values();
			const found = await mcp.call('tools/call', {
				name: 'Find_a_Driver',
				arguments: { driver: driver.id },
			});
			assert.match(JSON.stringify(found.content), new RegExp(driver.name));
		} finally {
			await rest.unpublish(MCP);
		}
	});
}

/** A client of the Model Context Protocol over HTTP: JSON-RPC, answered as JSON or as one server-sent event. */
class McpClient {
	#headers = { accept: 'application/json, text/event-stream' };
	#lastId = 0;

	constructor(url) {
		this.url = url;
	}

	async initialize() {
		const params = {
			protocolVersion: '2025-03-26',
			capabilities: {},
			clientInfo: { name: 'test', version: '1' },
		};
		await this.call('initialize', params);
		await this.#post({ method: 'notifications/initialized' });
	}

	async call(method, params) {
		const text = await this.#post({ id: (this.#lastId += 1), method, params });
		const json = text.startsWith('{') ? text : /^data: (.*)$/m.exec(text)?.[1];
		const { result, error } = JSON.parse(json);
		assert.equal(error, undefined);
		return result;
	}

	async #post(message) {
		const { status, data, headers } = await http.post(
			this.url,
			{ jsonrpc: '2.0', ...message },
			{ headers: this.#headers, responseType: 'text' },
		);
		assert.ok(status < 300, `${status}: ${data}`);
		const session = headers['mcp-session-id'];
		if (session) this.#headers['mcp-session-id'] = session;
		return data;
	}
}
