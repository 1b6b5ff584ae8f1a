import { n8nUnderTest } from './testEnvironment.mjs';

/** Whether the n8n under test is older than this version. @param {string} version e.g. `2.10` */
function isBefore(version) {
	const [major, minor] = n8nUnderTest.split('.').map(Number);
	const [wantedMajor, wantedMinor] = version.split('.').map(Number);
	return major < wantedMajor || (major === wantedMajor && minor < wantedMinor);
}

/**
 * Why the n8n under test cannot run a test, for the test's `skip`.
 *
 * @param {string} version that brought what the test needs
 * @param {string} lack what older ones do not have or do, in words
 * @returns {string | false}
 */
export const needs = (version, lack) =>
	isBefore(version) && `n8n ${n8nUnderTest} ${lack}; n8n ${version} was the first`;

/**
 * Why the n8n under test cannot run a workflow with a node of this version.
 *
 * @param {import('./testEnvironment.mjs').TestEnvironment} world
 * @param {string} type
 * @param {number} version
 * @returns {Promise<string | undefined>}
 */
export async function lacksNode({ rest }, type, version) {
	const existing = (await rest.nodeTypes()).filter(({ name }) => name === type);
	if (existing.some((one) => [one.version].flat().includes(version))) return undefined;
	return `n8n ${n8nUnderTest} has no version ${version} of ${type}`;
}
