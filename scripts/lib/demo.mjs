import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { importCredentials, importWorkflows } from './n8nCli.mjs';
import { root } from './paths.mjs';
import { freePort } from './ports.mjs';
import { startSimulatorProcess } from './simulatorProcess.mjs';
import { hash, isStamped, stamp } from './stamp.mjs';

const REGIONS = ['us', 'eu', 'ca'];
// The same address and token each time spare the credential's import, which takes seconds.
const SIMULATOR_PORT = 8790;
const SIMULATOR_TOKEN = 'token-of-the-simulated-account';

/** The workflow that `npm start` runs, and the node whose rows it shows. */
export const demoWorkflow = {
	file: 'expiring-qualifications.json',
	id: 'samsaraExpiringQ',
	node: 'Get Expiring Qualifications',
};

/**
 * The Samsara account to work with: the caller's own when SAMSARA_API_TOKEN is set, else a
 * simulated one.
 *
 * @returns {Promise<{ about: string, data: Record<string, string> }>} `data` is the credential's
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
		throw new Error(`SAMSARA_REGION is '${region}'; it has to be one of ${REGIONS.join(', ')}`);
	}
	return { about: `your own, region ${region}`, data: { apiToken, region } };
}

/** The workflows of a folder, as n8n exports them; of this repository's ready-made ones without it. */
export function readWorkflows(folder = join(root, 'workflows')) {
	return readdirSync(folder)
		.filter((name) => name.endsWith('.json'))
		.sort()
		.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
}

async function onChange(file, value, task) {
	const target = hash(JSON.stringify(value));
	if (isStamped(file, target)) return;
	await task();
	stamp(file, target);
}

/**
 * Stores the credential and the workflows in n8n. What has not changed since the last time is
 * left alone, and with it what somebody changed in the editor.
 *
 * @param {import('./n8nHost.mjs').N8nHost} host
 * @param {string} userFolder
 * @param {Record<string, string>} data of the credential
 */
export async function importDemo(host, userFolder, data) {
	const credential = { id: 'samsaraDemo', name: 'Samsara account', type: 'samsaraApi', data };
	await onChange(join(userFolder, '.credential'), credential, async () => {
		await importCredentials(host, userFolder, [credential]);
	});
	const workflows = readWorkflows();
	await onChange(join(userFolder, '.workflows'), workflows, async () => {
		await importWorkflows(host, userFolder, workflows);
	});
}
