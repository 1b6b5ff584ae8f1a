import { existsSync, readFileSync } from 'node:fs';
import { run } from './process.mjs';
import { step } from './progress.mjs';

const CHROMIUM = '/usr/bin/chromium';

function isDebian() {
	const file = '/etc/os-release';
	return existsSync(file) && /^ID(_LIKE)?=.*debian/m.test(readFileSync(file, 'utf8'));
}

/**
 * The chromium of this machine: that of CHROMIUM_PATH, else Debian's own, which is installed where
 * it is missing and we may.
 *
 * @param {(line: string) => void} [log]
 * @returns {Promise<string>} the program
 * @throws Error telling what to install
 */
export async function ensureChromium(log = console.log) {
	const { CHROMIUM_PATH: own, ...env } = process.env;
	if (own) return own;
	if (existsSync(CHROMIUM)) return CHROMIUM;
	if (!isDebian() || process.getuid?.() !== 0) {
		throw new Error(
			`There is no ${CHROMIUM}. Install chromium (on Debian as root: apt-get install chromium), or name another one in CHROMIUM_PATH.`,
		);
	}
	const quietEnv = { ...env, DEBIAN_FRONTEND: 'noninteractive' };
	const install = async () => {
		await run('apt-get', ['update'], { env: quietEnv });
		const args = ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation'];
		await run('apt-get', args, { env: quietEnv });
	};
	await step('Installing chromium (350 MB the first time)', install, log);
	return CHROMIUM;
}
