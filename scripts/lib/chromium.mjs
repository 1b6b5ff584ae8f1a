import { existsSync } from 'node:fs';
import { installPackages } from './debian.mjs';

const CHROMIUM = '/usr/bin/chromium';

/**
 * The chromium of this machine: that of CHROMIUM_PATH, else Debian's own, which is installed (350
 * MB) where it is missing and we may.
 *
 * @param {(line: string) => void} [log]
 * @returns {Promise<string>} the program
 * @throws Error telling what to install
 */
export async function ensureChromium(log = console.log) {
	const { CHROMIUM_PATH: own } = process.env;
	if (own) return own;
	if (!existsSync(CHROMIUM)) {
		const otherwise = 'name another one in CHROMIUM_PATH';
		await installPackages(['chromium', 'fonts-liberation'], { otherwise, log });
	}
	return CHROMIUM;
}
