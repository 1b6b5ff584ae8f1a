import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import { SamsaraApi } from '../../../credentials/SamsaraApi.credentials';
import { Samsara } from '../../../nodes/Samsara/Samsara.node';
import { SamsaraTrigger } from '../../../nodes/Samsara/SamsaraTrigger.node';
import { pollNode, runNode } from '../../engine';
import type { RecordedRequest, Simulator } from '../../simulator/index.mts';

/** A node as n8n stores it in a workflow, and its input items. */
export interface SavedNode {
	/** `resource/operation`, optionally followed by what is special about the node */
	name: string;
	node: INode;
	items: IDataObject[];
}

/** A trigger, and the changes in the account between its first and its next poll. */
export interface SavedTrigger {
	name: string;
	node: INode;
	minutes: number;
	changes: Array<{ id: string } & IDataObject>;
}

export interface Request {
	method: string;
	path: string;
	query?: IDataObject;
	headers: IDataObject;
	body?: unknown;
}

/** The requests that a node sent and the items that it returned. */
export interface NodeResult {
	requests: Request[];
	rows: IDataObject[];
}

/** Headers that depend on the machine, the run or n8n. */
const IGNORED_HEADERS = ['authorization', 'connection', 'content-length', 'host', 'user-agent'];

function wiring({ url, token }: Simulator) {
	return {
		credentialTypes: [new SamsaraApi()],
		credentials: { samsaraApi: { apiToken: token, region: 'custom', baseUrl: url } },
		timezone: 'America/New_York',
	};
}

/** Runs a saved node. @throws the node's own error */
export async function run(sim: Simulator, { node, items }: SavedNode): Promise<NodeResult> {
	const { run: execution, output } = await runNode({
		node: new Samsara(),
		parameters: node.parameters,
		settings: { typeVersion: node.typeVersion },
		items: items.map((json) => ({ json })),
		...wiring(sim),
	});
	if (execution.data.resultData.error) throw execution.data.resultData.error;
	return takeResult(sim, output);
}

/** Polls a saved trigger with this static data. */
export async function poll(sim: Simulator, { node }: SavedTrigger, staticData: IDataObject) {
	const output = await pollNode({
		node: new SamsaraTrigger(),
		parameters: node.parameters,
		settings: { typeVersion: node.typeVersion, credentials: node.credentials },
		staticData,
		...wiring(sim),
	});
	return takeResult(sim, output?.[0] ?? []);
}

/** The result since the last call, with values that differ between runs replaced by constants. */
function takeResult(sim: Simulator, output: INodeExecutionData[]): NodeResult {
	const rows = output.map(({ json, binary, pairedItem }) => ({ json, binary, pairedItem }));
	const json = JSON.stringify({ requests: sim.requests.map(requestOf), rows });
	sim.requests.length = 0;
	return JSON.parse(
		json
			.replaceAll(sim.controlUrl, 'http://media')
			.replace(/signature=[0-9a-f]+&expires=\d+/g, 'signed')
			// The node creates random IDs for the rows of a table.
			.replace(/"id":"[0-9a-f-]{36}","cells"/g, '"id":"row","cells"'),
	) as NodeResult;
}

function requestOf({ method, path, query, headers, body }: RecordedRequest): Request {
	const parameters = [...new URLSearchParams(query)].map(([name, value]) => [
		name,
		name === 'after' ? 'the next page' : value,
	]);
	const relevantHeaders = Object.entries(headers).filter(
		([name]) => !IGNORED_HEADERS.includes(name),
	);
	return {
		method,
		path,
		...(parameters.length > 0 && { query: Object.fromEntries(parameters) as IDataObject }),
		headers: Object.fromEntries(relevantHeaders) as IDataObject,
		...(body !== undefined && { body }),
	};
}
