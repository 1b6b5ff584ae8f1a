import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { hostFolder, root } from './paths.mjs';

const MODULES = [
	'test/engine.ts',
	'test/samsara.ts',
	'credentials/SamsaraApi.credentials.ts',
	'nodes/Samsara/api/clock.ts',
	'nodes/Samsara/Samsara.node.ts',
	'nodes/Samsara/SamsaraTrigger.node.ts',
];

const folder = join(hostFolder, 'engine');

/**
 * Both nodes and n8n's engine, as the tests use them, for scripts that jest does not run. All of it shares one clock and one
 * rate limiter, as in n8n.
 */
export async function loadEngine() {
	mkdirSync(folder, { recursive: true });
	const outfile = join(folder, 'engine.cjs');
	await build({
		stdin: {
			contents: MODULES.map((path) => `export * from './${path}';`).join('\n'),
			resolveDir: root,
			loader: 'ts',
		},
		outfile,
		bundle: true,
		packages: 'external',
		platform: 'node',
		format: 'cjs',
		logLevel: 'warning',
	});
	// n8n-core reads these once, and writes a settings file.
	Object.assign(process.env, { N8N_LOG_LEVEL: 'silent', N8N_USER_FOLDER: folder });
	return createRequire(import.meta.url)(outfile);
}
