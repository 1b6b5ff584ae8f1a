import { existsSync } from 'node:fs';
import { installPackages } from './debian.mjs';

const CHROMIUM = '/usr/bin/chromium';

/**
 * Finds Chromium: the one in CHROMIUM_PATH, or else Debian's, which is installed (350 MB) if it is missing and we have
 * permission.
 *
 * @returns {Promise<string>} the path of the executable
 * @throws Error that says what to install
 */
export async function ensureChromium() {
	const { CHROMIUM_PATH: configured } = process.env;
	if (configured) return configured;
	if (!existsSync(CHROMIUM)) {
		const alternative = 'set CHROMIUM_PATH to another browser';
		await installPackages(['chromium', 'fonts-liberation'], alternative);
	}
	return CHROMIUM;
}
