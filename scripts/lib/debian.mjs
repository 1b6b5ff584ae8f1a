import { existsSync, readFileSync } from 'node:fs';
import { run } from './process.mjs';
import { step } from './progress.mjs';

const RELEASE = '/etc/os-release';

function canInstall() {
	const isDebian =
		existsSync(RELEASE) && /^ID(_LIKE)?=.*debian/m.test(readFileSync(RELEASE, 'utf8'));
	return isDebian && process.getuid?.() === 0;
}

/**
 * Installs Debian packages, if this is Debian and we are root.
 *
 * @param {string[]} names the first one is named in messages
 * @param {string} [alternative] what to do instead of installing the package
 * @throws Error that says what to install
 */
export async function installPackages(names, alternative) {
	const [name] = names;
	if (!canInstall()) {
		const advice = `Install ${name} (on Debian as root: apt-get install ${name})`;
		throw new Error(`${name} is missing. ${advice}${alternative ? `, or ${alternative}` : ''}.`);
	}
	// At run level 1, packages do not start their services.
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
	const install = async () => {
		await run('apt-get', ['update'], { env });
		await run('apt-get', ['install', '-y', '--no-install-recommends', ...names], { env });
	};
	await step(`Installing Debian's ${name} (the first time)`, install);
}
