import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	ILoadOptionsFunctions,
	INode,
	INodeExecutionData,
	INodeParameterResourceLocator,
} from 'n8n-workflow';
import { SamsaraApi } from '../credentials/SamsaraApi.credentials';
import { SamsaraOAuth2Api } from '../credentials/SamsaraOAuth2Api.credentials';
import { clock } from '../nodes/Samsara/api/clock';
import { Samsara } from '../nodes/Samsara/Samsara.node';
import { SamsaraTrigger } from '../nodes/Samsara/SamsaraTrigger.node';
import { loadOptionsContext, pollNode, runNode } from './engine';
import { OAUTH_APP } from './simulator/index.mts';
import type { Simulator } from './simulator/index.mts';

/** The address of a simulated account, and its token or a connected OAuth 2.0 credential. */
export interface Account {
	url: string;
	token: string;
	oAuth2?: ICredentialDataDecryptedObject;
}

interface RunOptions {
	items?: INodeExecutionData[];
	settings?: Partial<INode>;
	stopWhen?: Promise<unknown>;
	timezone?: string;
}

/** The account with an OAuth 2.0 credential that is connected to it. n8n stores renewed tokens in it. */
export function connectOAuth2({ url, token, oauth }: Simulator): Account & {
	oAuth2: ICredentialDataDecryptedObject & { oauthTokenData: IDataObject };
} {
	const oauthTokenData = { ...oauth.connect() };
	const hidden = {
		grantType: 'authorizationCode',
		accessTokenUrl: `${url}/oauth2/token`,
		authentication: 'header',
	};
	const location = { region: 'custom', baseUrl: url };
	return { url, token, oAuth2: { ...OAUTH_APP, ...hidden, ...location, oauthTokenData } };
}

/** The credential types and credentials of a node. */
export function wiring({ url, token, oAuth2 }: Account): {
	credentialTypes: ICredentialType[];
	credentials: Record<string, ICredentialDataDecryptedObject>;
} {
	return oAuth2
		? { credentialTypes: [new SamsaraOAuth2Api()], credentials: { samsaraOAuth2Api: oAuth2 } }
		: {
				credentialTypes: [new SamsaraApi()],
				credentials: { samsaraApi: { apiToken: token, region: 'custom', baseUrl: url } },
			};
}

function withAuthentication({ oAuth2 }: Account, parameters: INode['parameters']) {
	return oAuth2 ? { authentication: 'oAuth2', ...parameters } : parameters;
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
		parameters: withAuthentication(account, parameters),
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

/** The rows of one poll of the Samsara Trigger, which remembers what it needs in `staticData`. n8n may limit its time. */
export async function pollTrigger(
	account: Account,
	parameters: INode['parameters'],
	mode: 'trigger' | 'manual' = 'trigger',
	staticData: IDataObject = {},
	pollBudgetMs?: number,
): Promise<IDataObject[]> {
	const items = await pollNode(
		{
			node: new SamsaraTrigger(),
			parameters: withAuthentication(account, parameters),
			staticData,
			pollBudgetMs,
			timezone: 'America/Chicago',
			...wiring(account),
		},
		mode,
	);
	return items?.[0].map(({ json }) => json) ?? [];
}

/** The context in which the editor loads a list or a generated form of a node with these parameters. */
export function editorContext(
	account: Account,
	parameters: INode['parameters'],
): ILoadOptionsFunctions {
	return loadOptionsContext({
		node: new Samsara(),
		parameters: withAuthentication(account, parameters),
		...wiring(account),
	});
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
