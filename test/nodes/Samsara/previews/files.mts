import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Preview } from './schema.ts';

const ROOT = join('nodes', 'Samsara', '__schema__', 'v1.0.0');

/** True if `scripts/previews.mjs` runs the tests, which then write the previews. */
export const isWriting = process.env.WRITE_PREVIEWS === '1';

/** The output preview of an operation, as n8n reads it. @throws Error if there is none or it is not valid JSON */
export function readPreview(name: string): Preview {
	return JSON.parse(readFileSync(fileOf(name), 'utf8')) as Preview;
}

export function writePreview(name: string, preview: Preview): void {
	mkdirSync(dirname(fileOf(name)), { recursive: true });
	writeFileSync(fileOf(name), `${JSON.stringify(preview, null, '\t')}\n`);
}

/** `resource/operation` of each existing preview. */
export function previewNames(): string[] {
	return readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.json'))
		.map((file) => file.replaceAll('\\', '/').replace(/\.json$/, ''))
		.sort();
}

function fileOf(name: string): string {
	return join(ROOT, `${name}.json`);
}
