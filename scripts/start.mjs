import { join } from 'node:path';
import { connectSamsara, demoWorkflow, importDemo } from './lib/demo.mjs';
import { stopOnInterrupt } from './lib/interrupt.mjs';
import { executeWorkflow } from './lib/n8nCli.mjs';
import { ensureN8n } from './lib/n8nHost.mjs';
import { demoOwner, N8nRest } from './lib/n8nRest.mjs';
import { startServer } from './lib/n8nServer.mjs';
import { installNode } from './lib/packNode.mjs';
import { hostFolder } from './lib/paths.mjs';
import { stopAll, tail } from './lib/process.mjs';
import { step } from './lib/progress.mjs';
import { table } from './lib/table.mjs';

const EDITOR_PORT = 5678;
const userFolder = join(hostFolder, 'user');
const isOnce = process.argv.includes('--once');
const state = stopOnInterrupt();

async function showDemo(host) {
	const label = `Running workflows/${demoWorkflow.file} in n8n ${host.version}`;
	const run = await step(label, () => executeWorkflow(host, userFolder, demoWorkflow.id));
	const rows = run
		.items(demoWorkflow.node)
		.sort((a, b) => a.daysUntilExpiration - b.daysUntilExpiration);
	const columns = {
		ownerName: 'Owner',
		type: 'Qualification',
		expirationDate: 'Expires',
		daysUntilExpiration: 'Days left',
	};
	console.log(`\n${table(rows, columns)}\n\nExpiring within 60 days: ${rows.length}.\n`);
}

async function serve(host) {
	const server = await step('Starting the n8n editor', () =>
		startServer(host, { userFolder, port: EDITOR_PORT }),
	);
	await new N8nRest(server.url).login().catch((error) => {
		console.log(`The demo login failed. Sign in with your own. (${error.message})`);
	});
	console.log(`
Editor:    ${server.url}/workflow/${demoWorkflow.id}
Email:     ${demoOwner.email}
Password:  ${demoOwner.password}
This n8n is reachable only from this machine. Press Ctrl+C to stop everything.
`);
	await server.exited;
	if (!state.interrupted)
		throw new Error(`n8n stopped unexpectedly. The end of its log:\n${tail(server.log())}`);
}

async function main() {
	const host = await ensureN8n();
	await step('Building and packing the node', () => installNode(userFolder));
	const samsara = await step('Connecting to Samsara', connectSamsara);
	console.log(`  Samsara account: ${samsara.about}`);
	await step('Importing the credential and workflows', () =>
		importDemo(host, userFolder, samsara.data),
	);

	if (isOnce) return await showDemo(host);
	await showDemo(host).catch((error) => console.error(`${error.message}\n`));
	await serve(host);
}

try {
	await main();
} catch (error) {
	if (!state.interrupted) {
		console.error(error.message);
		process.exitCode = 1;
	}
} finally {
	if (!state.interrupted) await stopAll();
}
