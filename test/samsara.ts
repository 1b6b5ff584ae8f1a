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

/** What a test needs to know of the simulator that it talks to. */
export interface Account {
	url: string;
	token: string;
}

interface RunOptions {
	items?: INodeExecutionData[];
	settings?: Partial<INode>;
	stopWhen?: Promise<unknown>;
}

function wiring({ url, token }: Account) {
	return {
		credentialTypes: [new SamsaraApi()],
		credentials: { samsaraApi: { apiToken: token, region: 'custom', baseUrl: url } },
	};
}

/**
 * Runs the Samsara node on the real engine against a simulator.
 *
 * @returns rows: the JSON of the items that came out; output: those items; error: what the run ended with, if it failed
 */
export async function runSamsara(
	account: Account,
	parameters: INode['parameters'],
	{ items, settings, stopWhen }: RunOptions = {},
) {
	const { run, output } = await runNode({
		node: new Samsara(),
		parameters,
		items,
		settings,
		stopWhen,
		...wiring(account),
	});
	return { rows: output.map(({ json }) => json), output, error: run.data.resultData.error, run };
}

/** `run` for a run that must succeed: throws the node's own error otherwise. */
export async function rowsOf(
	account: Account,
	parameters: INode['parameters'],
	options: RunOptions = {},
) {
	const { rows, error } = await runSamsara(account, parameters, options);
	if (error) throw error;
	return rows;
}

/** What the editor gives a pick list or a drawn form while the node has these parameters. */
export function editorContext(
	account: Account,
	parameters: INode['parameters'],
): ILoadOptionsFunctions {
	return loadOptionsContext({ node: new Samsara(), parameters, ...wiring(account) });
}

/** A pick list's value as the editor stores it. */
export function locator(value: string, mode = 'id'): INodeParameterResourceLocator {
	return { __rl: true, mode, value };
}

/** Input items with this JSON. */
export function itemsOf(...rows: INodeExecutionData['json'][]): INodeExecutionData[] {
	return rows.map((json) => ({ json }));
}

/**
 * Makes waits of pacing and retries shorter by a factor, for tests that meet many of them; returns the way back.
 * The factor goes with the simulator's `clockSpeed`.
 */
export function speedUp(factor: number): () => void {
	const { now, monotonic, sleep } = clock;
	const start = Date.now();
	clock.now = () => start + (Date.now() - start) * factor;
	clock.monotonic = () => monotonic() * factor;
	clock.sleep = async (milliseconds) => await sleep(milliseconds / factor);
	return () => Object.assign(clock, { now, monotonic, sleep });
}
