import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import { SamsaraApi } from '../../../credentials/SamsaraApi.credentials';
import { Samsara } from '../../../nodes/Samsara/Samsara.node';
import { SamsaraTrigger } from '../../../nodes/Samsara/SamsaraTrigger.node';
import { pollNode, runNode } from '../../engine';
import type { RecordedRequest, Simulator } from '../../simulator/index.mts';

/** A node as the editor stores it in a workflow, and the items that reach it. */
export interface SavedNode {
	/** `resource/operation`, with what is special about it behind */
	name: string;
	node: INode;
	items: IDataObject[];
}

/** A trigger, and what happens in the account between the poll that starts it and the next one. */
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

/** What a node did: the requests it sent and the items it gave out. */
export interface Doings {
	requests: Request[];
	rows: IDataObject[];
}

/** Depends on the machine, the run or n8n, and says nothing about what was asked for. */
const PASSING_HEADERS = ['authorization', 'connection', 'content-length', 'host', 'user-agent'];

function wiring({ url, token }: Simulator) {
	return {
		credentialTypes: [new SamsaraApi()],
		credentials: { samsaraApi: { apiToken: token, region: 'custom', baseUrl: url } },
		timezone: 'America/New_York',
	};
}

/** Runs a saved node. @throws the node's own error */
export async function run(sim: Simulator, { node, items }: SavedNode): Promise<Doings> {
	const { run: ended, output } = await runNode({
		node: new Samsara(),
		parameters: node.parameters,
		settings: { typeVersion: node.typeVersion },
		items: items.map((json) => ({ json })),
		...wiring(sim),
	});
	if (ended.data.resultData.error) throw ended.data.resultData.error;
	return doings(sim, output);
}

/** One poll of a saved trigger that remembers this. */
export async function poll(sim: Simulator, { node }: SavedTrigger, staticData: IDataObject) {
	const output = await pollNode({
		node: new SamsaraTrigger(),
		parameters: node.parameters,
		settings: { typeVersion: node.typeVersion, credentials: node.credentials },
		staticData,
		...wiring(sim),
	});
	return doings(sim, output?.[0] ?? []);
}

/** What has been done since the last call. What differs from run to run is put into the same words. */
function doings(sim: Simulator, output: INodeExecutionData[]): Doings {
	const rows = output.map(({ json, binary, pairedItem }) => ({ json, binary, pairedItem }));
	const all = JSON.stringify({ requests: sim.requests.map(requestOf), rows });
	sim.requests.length = 0;
	return JSON.parse(
		all
			.replaceAll(sim.controlUrl, 'http://media')
			.replace(/signature=[0-9a-f]+&expires=\d+/g, 'signed')
			// The node numbers the rows of a table at random.
			.replace(/"id":"[0-9a-f-]{36}","cells"/g, '"id":"row","cells"'),
	) as Doings;
}

function requestOf({ method, path, query, headers, body }: RecordedRequest): Request {
	const read = [...new URLSearchParams(query)].map(([name, value]) => [
		name,
		name === 'after' ? 'the next page' : value,
	]);
	const telling = Object.entries(headers).filter(([name]) => !PASSING_HEADERS.includes(name));
	return {
		method,
		path,
		...(read.length > 0 && { query: Object.fromEntries(read) as IDataObject }),
		headers: Object.fromEntries(telling) as IDataObject,
		...(body !== undefined && { body }),
	};
}
