import { existsSync, readFileSync } from 'node:fs';
import { run } from './process.mjs';
import { step } from './progress.mjs';

const RELEASE = '/etc/os-release';

function mayInstall() {
	const isDebian =
		existsSync(RELEASE) && /^ID(_LIKE)?=.*debian/m.test(readFileSync(RELEASE, 'utf8'));
	return isDebian && process.getuid?.() === 0;
}

/**
 * Installs packages of Debian, where this is Debian and we may.
 *
 * @param {string[]} names the first is the one that is told about
 * @param {object} [options]
 * @param {string} [options.otherwise] how to do without, for who may not install
 * @param {(line: string) => void} [options.log]
 * @throws Error telling what to install
 */
export async function installPackages(names, { otherwise, log = console.log } = {}) {
	const [name] = names;
	if (!mayInstall()) {
		const advice = `Install ${name} (on Debian as root: apt-get install ${name})`;
		throw new Error(`${name} is missing. ${advice}${otherwise ? `, or ${otherwise}` : ''}.`);
	}
	// In run level 1 a package starts no service.
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
	const install = async () => {
		await run('apt-get', ['update'], { env });
		await run('apt-get', ['install', '-y', '--no-install-recommends', ...names], { env });
	};
	await step(`Installing Debian's ${name} (the first time)`, install, log);
}
