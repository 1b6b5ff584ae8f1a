import { after, afterEach, before, beforeEach, describe } from 'node:test';
import { attributes } from './suites/attributes.mjs';
import { credential } from './suites/credential.mjs';
import { forms } from './suites/forms.mjs';
import { record } from './suites/record.mjs';
import { trigger } from './suites/trigger.mjs';
import { TestEnvironment } from './support/testEnvironment.mjs';

// One n8n and one browser for all, since they take long to start; everything else is each test's own.
describe('In the editor', { timeout: 2_400_000 }, () => {
	let running;
	const environment = () => running;
	before(async () => {
		running = await TestEnvironment.start();
	});
	beforeEach(async () => await running.open());
	afterEach(async (context) => {
		if (!context.passed) {
			context.diagnostic(`What was to be seen: ${await running.keepPicture(context.name)}`);
		}
		await running.leave();
	});
	after(async () => await running?.close());

	credential(environment);
	record(environment);
	attributes(environment);
	forms(environment);
	trigger(environment);
});
