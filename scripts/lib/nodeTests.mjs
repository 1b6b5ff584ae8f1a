import { runHere, toolEnv } from './process.mjs';

/**
 * Runs a file with node's test runner, one test after another.
 *
 * @param {string} file
 * @param {string[]} args further arguments of the test runner
 * @param {NodeJS.ProcessEnv} env
 */
export async function runNodeTests(file, args, env) {
	const hasReporter = args.some((arg) => arg.startsWith('--test-reporter'));
	const reporter = hasReporter ? [] : ['--test-reporter=spec'];
	const options = ['--test', '--test-isolation=none', '--test-concurrency=1', ...reporter];
	await runHere([...options, ...args, file], toolEnv(env));
}
