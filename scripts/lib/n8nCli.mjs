import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { n8nEnv } from './n8nEnv.mjs';
import { freePort } from './ports.mjs';
import { run, tail } from './process.mjs';

const LOG_LINES = 20;

/**
 * Runs an n8n command on a user folder, on which a server may be running at the same time.
 *
 * @param {import('./n8nHost.mjs').N8nHost} host
 * @param {string} userFolder
 * @param {string[]} args e.g. `['export:workflow', '--all']`
 * @param {{ mayFail?: boolean }} [options]
 */
async function n8nCommand(host, userFolder, args, { mayFail = false } = {}) {
	const env = n8nEnv(host, userFolder, { N8N_RUNNERS_BROKER_PORT: String(await freePort()) });
	const options = { cwd: host.folder, env, detached: true, mayFail };
	return await run(host.node, [host.bin, ...args], options);
}

// The file may contain a token, so only its owner can read it and it is deleted right away.
async function importJson(host, userFolder, command, value) {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-import-'));
	const file = join(folder, 'import.json');
	try {
		writeFileSync(file, JSON.stringify(value), { mode: 0o600 });
		await n8nCommand(host, userFolder, [command, `--input=${file}`]);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/**
 * Imports credentials; those with the same ID are replaced.
 *
 * @param {import('./n8nHost.mjs').N8nHost} host
 * @param {string} userFolder
 * @param {{ id: string, name: string, type: string, data: Record<string, unknown> }[]} credentials
 */
export async function importCredentials(host, userFolder, credentials) {
	await importJson(host, userFolder, 'import:credentials', credentials);
}

/**
 * Imports workflows; those with the same ID are replaced.
 *
 * @param {import('./n8nHost.mjs').N8nHost} host
 * @param {string} userFolder
 * @param {Record<string, unknown>[]} workflows as n8n exports them, with IDs
 */
export async function importWorkflows(host, userFolder, workflows) {
	await importJson(host, userFolder, 'import:workflow', workflows);
}

/** Extracts the JSON from the output of `execute`, which starts at the first line with only a brace. */
function parseExecuteOutput(stdout) {
	const lines = stdout.split('\n');
	const first = lines.indexOf('{');
	const last = lines.lastIndexOf('}');
	if (first === -1 || last < first) return undefined;
	return JSON.parse(lines.slice(first, last + 1).join('\n'));
}

/**
 * Runs a stored workflow, which needs a manual trigger. Throws if the run fails.
 *
 * @param {import('./n8nHost.mjs').N8nHost} host
 * @param {string} userFolder
 * @param {string} id
 * @returns {Promise<{ runData: Record<string, object[]>, items: (node: string) => object[] }>}
 *   `items` returns the JSON of a node's output items
 */
export async function executeWorkflow(host, userFolder, id) {
	const args = ['execute', `--id=${id}`];
	const { code, stdout, stderr } = await n8nCommand(host, userFolder, args, { mayFail: true });
	const resultData = parseExecuteOutput(stdout)?.data?.resultData;
	if (code !== 0 || !resultData || resultData.error) {
		const { message, description } = resultData?.error ?? {};
		const reason = [message, description].filter(Boolean).join('\n');
		const log = () => tail(`${stdout}\n${stderr}`, LOG_LINES);
		throw new Error(`Workflow '${id}' failed.\n${reason || log()}`);
	}
	const { runData } = resultData;
	const items = (node) =>
		(runData[node] ?? []).flatMap(({ data }) => (data?.main?.[0] ?? []).map(({ json }) => json));
	return { runData, items };
}
