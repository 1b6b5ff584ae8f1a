import type {
	ILoadOptionsFunctions,
	INode,
	INodeExecutionData,
	INodeParameterResourceLocator,
} from 'n8n-workflow';
import { SamsaraApi } from '../credentials/SamsaraApi.credentials';
import { clock } from '../nodes/Samsara/api/clock';
import { Samsara } from '../nodes/Samsara/Samsara.node';
import { loadOptionsContext, runNode } from './engine';

/** The address and token of a simulated account. */
export interface Account {
	url: string;
	token: string;
}

interface RunOptions {
	items?: INodeExecutionData[];
	settings?: Partial<INode>;
	stopWhen?: Promise<unknown>;
	timezone?: string;
}

function wiring({ url, token }: Account) {
	return {
		credentialTypes: [new SamsaraApi()],
		credentials: { samsaraApi: { apiToken: token, region: 'custom', baseUrl: url } },
	};
}

/**
 * Runs the Samsara node on n8n's engine against a simulator.
 *
 * @returns rows: the JSON of the output items; output: these items; error: the error of the run, if it failed
 */
export async function runSamsara(
	account: Account,
	parameters: INode['parameters'],
	{ items, settings, stopWhen, timezone }: RunOptions = {},
) {
	const { run, output } = await runNode({
		node: new Samsara(),
		parameters,
		items,
		settings,
		stopWhen,
		timezone,
		...wiring(account),
	});
	return { rows: output.map(({ json }) => json), output, error: run.data.resultData.error, run };
}

/** Returns the rows of a run that must succeed. @throws the node's error otherwise */
export async function rowsOf(
	account: Account,
	parameters: INode['parameters'],
	options: RunOptions = {},
) {
	const { rows, error } = await runSamsara(account, parameters, options);
	if (error) throw error;
	return rows;
}

/** The context in which the editor loads a list or a generated form of a node with these parameters. */
export function editorContext(
	account: Account,
	parameters: INode['parameters'],
): ILoadOptionsFunctions {
	return loadOptionsContext({ node: new Samsara(), parameters, ...wiring(account) });
}

/** The value of a resource locator as the editor stores it. */
export function locator(value: string, mode = 'id'): INodeParameterResourceLocator {
	return { __rl: true, mode, value };
}

/** Input items with this JSON. */
export function itemsOf(...rows: INodeExecutionData['json'][]): INodeExecutionData[] {
	return rows.map((json) => ({ json }));
}

/**
 * Shortens the waits of rate limiting and retries by a factor, which must match the simulator's `clockSpeed`.
 *
 * @returns a function that restores the normal speed
 */
export function speedUp(factor: number): () => void {
	const { now, monotonic, sleep } = clock;
	const start = Date.now();
	clock.now = () => start + (Date.now() - start) * factor;
	clock.monotonic = () => monotonic() * factor;
	clock.sleep = async (milliseconds) => await sleep(milliseconds / factor);
	return () => Object.assign(clock, { now, monotonic, sleep });
}
