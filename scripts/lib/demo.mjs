import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { importCredentials, importWorkflows } from './n8nCli.mjs';
import { root } from './paths.mjs';
import { freePort } from './ports.mjs';
import { startSimulatorProcess } from './simulatorProcess.mjs';
import { hash, isStamped, stamp } from './stamp.mjs';

const REGIONS = ['us', 'eu', 'ca'];
// With the same address and token each time, the credential is not imported again, which takes seconds.
const SIMULATOR_PORT = 8790;
const SIMULATOR_TOKEN = 'token-of-the-simulated-account';

/** The workflow that `npm start` runs, and the node whose output it prints. */
export const demoWorkflow = {
	file: 'expiring-qualifications.json',
	id: 'samsaraExpiringQ',
	node: 'Get Expiring Qualifications',
};

/**
 * Connects to the caller's own Samsara account if SAMSARA_API_TOKEN is set, or else to a simulated one.
 *
 * @returns {Promise<{ about: string, data: Record<string, string> }>} `data` is the credential's data
 */
export async function connectSamsara() {
	const { SAMSARA_API_TOKEN: apiToken, SAMSARA_REGION: region = 'us' } = process.env;
	if (!apiToken) {
		const port = await freePort(SIMULATOR_PORT);
		const args = [`--port=${port}`, `--token=${SIMULATOR_TOKEN}`];
		const { url, token } = await startSimulatorProcess(args);
		const data = { apiToken: token, region: 'custom', baseUrl: url };
		return { about: `simulated, at ${url}`, data };
	}
	if (!REGIONS.includes(region)) {
		throw new Error(`SAMSARA_REGION is '${region}' but must be one of ${REGIONS.join(', ')}`);
	}
	return { about: `your own, region ${region}`, data: { apiToken, region } };
}

/** Reads the workflows in a folder; by default the ready-made ones of this repository. */
export function readWorkflows(folder = join(root, 'workflows')) {
	return readdirSync(folder)
		.filter((name) => name.endsWith('.json'))
		.sort()
		.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
}

async function ifChanged(file, value, task) {
	const target = hash(JSON.stringify(value));
	if (isStamped(file, target)) return;
	await task();
	stamp(file, target);
}

/**
 * Imports the credential and the workflows into n8n, unless they have not changed since the last import. Changes made in
 * the editor are kept then.
 *
 * @param {import('./n8nHost.mjs').N8nHost} host
 * @param {string} userFolder
 * @param {Record<string, string>} data the credential's data
 */
export async function importDemo(host, userFolder, data) {
	const credential = { id: 'samsaraDemo', name: 'Samsara account', type: 'samsaraApi', data };
	await ifChanged(join(userFolder, '.credential'), credential, async () => {
		await importCredentials(host, userFolder, [credential]);
	});
	const workflows = readWorkflows();
	await ifChanged(join(userFolder, '.workflows'), workflows, async () => {
		await importWorkflows(host, userFolder, workflows);
	});
}
