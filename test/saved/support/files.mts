import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whether to record what the nodes do instead of checking it, in a checkout of a released version. */
export const isRecording = process.env.RECORD_SAVED === '1';

/** Reads a file of test/saved, e.g. `1.0.0/account.json`. */
export function readSaved<Content>(name: string): Content {
	return JSON.parse(readFileSync(fileOf(name), 'utf8')) as Content;
}

export function writeSaved(name: string, content: unknown): void {
	writeFileSync(fileOf(name), `${JSON.stringify(content, null, '\t')}\n`);
}

function fileOf(name: string): string {
	return join('test', 'saved', name);
}
