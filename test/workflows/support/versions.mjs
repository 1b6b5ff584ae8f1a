import { n8nUnderTest } from './testEnvironment.mjs';

/** Whether the tested n8n is older than this version. @param {string} version e.g. `2.10` */
function isBefore(version) {
	const [major, minor] = n8nUnderTest.split('.').map(Number);
	const [otherMajor, otherMinor] = version.split('.').map(Number);
	return major < otherMajor || (major === otherMajor && minor < otherMinor);
}

/**
 * The reason why the tested n8n cannot run a test, for the test's `skip` option.
 *
 * @param {string} version the first version that can run the test
 * @param {string} lack what older versions do not have or do
 * @returns {string | false}
 */
export const needs = (version, lack) =>
	isBefore(version) && `n8n ${n8nUnderTest} ${lack}; n8n ${version} is the first version that does`;

/**
 * The reason why the tested n8n cannot run a workflow with a node of this version.
 *
 * @param {import('./testEnvironment.mjs').TestEnvironment} environment
 * @param {string} type
 * @param {number} version
 * @returns {Promise<string | undefined>}
 */
export async function lacksNode({ rest }, type, version) {
	const existing = (await rest.nodeTypes()).filter(({ name }) => name === type);
	if (existing.some((nodeType) => [nodeType.version].flat().includes(version))) return undefined;
	return `n8n ${n8nUnderTest} has no version ${version} of ${type}`;
}
