/**
 * @typedef {object} N8nVersion
 * @property {Record<string, string>} overrides packages that are installed in a different version than n8n requires
 * @property {Record<string, string>} env environment variables that this version needs
 * @property {string} [node] the Node version that runs it; if unset, our Node 24
 */

/** The version that `npm start` runs. */
export const DEFAULT_N8N_VERSION = '2.41.1';

// Newer versions of linkedom need a package that some registries do not have.
const linkedom = { linkedom: '0.18.12' };

// These were published with version ranges that no longer resolve, or that resolve to incompatible versions.
const olderOverrides = {
	...linkedom,
	xlsx: '0.18.5',
	'@langchain/langgraph-checkpoint': '1.0.1',
	'@langchain/langgraph': '1.0.2',
};

// The only module that makes outside calls at startup. Older versions stop if the name is unknown to them.
const offline = { N8N_DISABLED_MODULES: 'mcp-registry' };
const allModules = { N8N_DISABLED_MODULES: '' };

/** The last 1.x versions also run on Node 24, but 1.x was made for Node 20 and mostly runs on it. */
const version1 = {
	overrides: olderOverrides,
	env: { ...allModules, N8N_EXPRESSION_ENGINE: 'legacy' },
	node: '20.20.2',
};

/** @type {Record<string, N8nVersion>} */
const versions = {
	'2.8.4': { overrides: olderOverrides, env: allModules },
	'1.85.4': {
		...version1,
		// The version that its range resolves to needs a newer zod.
		overrides: { ...olderOverrides, 'zod-to-json-schema': '3.23.3' },
		// It treats .n8n-files, where newer versions let nodes write, as part of its own .n8n folder.
		env: { ...version1.env, N8N_BLOCK_FILE_ACCESS_TO_N8N_FILES: 'false' },
	},
};

/**
 * How to install and run a version of n8n. A version that is not listed is treated as a recent one.
 *
 * @param {string} version
 * @returns {N8nVersion}
 */
export function n8nVersion(version) {
	const supported = versions[version];
	if (supported) return supported;
	return version.startsWith('1.') ? version1 : { overrides: linkedom, env: offline };
}
