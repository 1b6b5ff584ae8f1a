import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(import.meta.url);

/**
 * Loads a built package as n8n does at startup.
 *
 * @param {string} folder
 * @returns {Promise<{ nodes: Record<string, object>, credentials: Record<string, object> }>}
 *   node descriptions and credential types by name
 */
export async function loadPackage(folder) {
	// n8n-core writes its settings file as soon as it is imported.
	const userFolder = mkdtempSync(join(tmpdir(), 'n8n-load-'));
	Object.assign(process.env, { N8N_USER_FOLDER: userFolder, N8N_LOG_LEVEL: 'silent' });
	try {
		const { PackageDirectoryLoader } = require('n8n-core');
		const loader = new PackageDirectoryLoader(folder);
		await loader.loadAll();
		const collect = (types, get) =>
			Object.fromEntries(Object.keys(types).map((name) => [name, get(name)]));
		return {
			nodes: collect(loader.known.nodes, (name) => loader.getNode(name).type.description),
			credentials: collect(loader.known.credentials, (name) => loader.getCredential(name).type),
		};
	} finally {
		rmSync(userFolder, { recursive: true, force: true });
	}
}
