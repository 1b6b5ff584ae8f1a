import { randomBytes } from 'node:crypto';
import {
	existsSync,
	lstatSync,
	mkdirSync,
	readFileSync,
	readlinkSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

// Variables of the caller's shell that configure another n8n, our tools or Samsara are not passed on.
const NOT_INHERITED =
	/^(N8N_|DB_|EXECUTIONS_|QUEUE_|WEBHOOK_|SAMSARA_|npm_|NODE_OPTIONS$|NODE_PATH$|CI$)/;

const loopback = {
	N8N_LISTEN_ADDRESS: '127.0.0.1',
	N8N_HOST: '127.0.0.1',
	N8N_PROTOCOL: 'http',
	N8N_SECURE_COOKIE: 'false',
};

// Only the nodes make calls to other machines.
const offline = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_AI_ENABLED: 'false',
	N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
};

function encryptionKey(userFolder) {
	const file = join(userFolder, 'encryption-key');
	if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
	return readFileSync(file, 'utf8');
}

// A correct link is kept because a server may be reading through it.
function link(target, path) {
	const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink();
	if (isLink && readlinkSync(path) === target) return;
	rmSync(path, { recursive: true, force: true });
	symlinkSync(target, path);
}

function linkFolders(host, userFolder) {
	const cache = join(userFolder, '.n8n', 'nodes', 'node_modules', '.cache');
	mkdirSync(cache, { recursive: true });
	// The node must find n8n's own copy of n8n-workflow, never the one in this checkout.
	link(host.modules, join(userFolder, 'node_modules'));
	// n8n copies its editor to .cache. ESLint would spend half a minute on it, but skips everything in node_modules.
	link(cache, join(userFolder, '.cache'));
}

/**
 * Prepares the user folder for this n8n and returns the environment to run it with.
 *
 * @param {import('./n8nHost.mjs').N8nHost} host
 * @param {string} userFolder contains the database, the key and the installed nodes
 * @param {Record<string, string>} [extra]
 */
export function n8nEnv(host, userFolder, extra = {}) {
	linkFolders(host, userFolder);
	const inherited = Object.entries(process.env).filter(([name]) => !NOT_INHERITED.test(name));
	return {
		...Object.fromEntries(inherited),
		...loopback,
		...offline,
		// The command line prints no result at a level below `info`.
		N8N_LOG_LEVEL: 'info',
		NO_COLOR: '1',
		N8N_USER_FOLDER: userFolder,
		N8N_ENCRYPTION_KEY: encryptionKey(userFolder),
		...host.env,
		...extra,
	};
}
