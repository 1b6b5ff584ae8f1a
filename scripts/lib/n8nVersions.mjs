/**
 * @typedef {object} N8nVersion
 * @property {Record<string, string>} overrides packages to take in another version than n8n asks
 * @property {Record<string, string>} env what this version needs in its environment
 * @property {string} [node] the Node that runs it; ours, Node 24, when it takes that
 */

/** The version that `npm start` runs. */
export const DEFAULT_N8N_VERSION = '2.41.1';

// linkedom's newer versions need a package that is not on every registry.
const linkedom = { linkedom: '0.18.12' };

// Published with ranges that no longer resolve, or resolve to something that breaks them.
const older = {
	...linkedom,
	xlsx: '0.18.5',
	'@langchain/langgraph-checkpoint': '1.0.1',
	'@langchain/langgraph': '1.0.2',
};

// The only module that calls out at start. Older versions end at a name that they do not know.
const quiet = { N8N_DISABLED_MODULES: 'mcp-registry' };
const allModules = { N8N_DISABLED_MODULES: '' };

/** The last 1.x take Node 24 too, but this is what 1.x was made for and mostly runs on. */
const first = {
	overrides: older,
	env: { ...allModules, N8N_EXPRESSION_ENGINE: 'legacy' },
	node: '20.20.2',
};

/** @type {Record<string, N8nVersion>} */
const versions = {
	'2.8.4': { overrides: older, env: allModules },
	'1.85.4': {
		...first,
		// What it would get by its range asks for a newer zod than it has.
		overrides: { ...older, 'zod-to-json-schema': '3.23.3' },
		// It takes .n8n-files, where newer ones let nodes write, for a part of its own .n8n.
		env: { ...first.env, N8N_BLOCK_FILE_ACCESS_TO_N8N_FILES: 'false' },
	},
};

/**
 * What a version of n8n needs to be installed and run; versions not listed are taken for new ones.
 *
 * @param {string} version
 * @returns {N8nVersion}
 */
export function n8nVersion(version) {
	const supported = versions[version];
	if (supported) return supported;
	return version.startsWith('1.') ? first : { overrides: linkedom, env: quiet };
}
