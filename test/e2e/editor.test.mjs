import { after, afterEach, before, beforeEach, describe } from 'node:test';
import { attributes } from './suites/attributes.mjs';
import { credential } from './suites/credential.mjs';
import { everyForm } from './suites/everyForm.mjs';
import { forms } from './suites/forms.mjs';
import { readyMade } from './suites/readyMade.mjs';
import { record } from './suites/record.mjs';
import { tasks } from './suites/tasks.mjs';
import { trigger } from './suites/trigger.mjs';
import { TestEnvironment } from './support/testEnvironment.mjs';

// All tests share one n8n and one browser because these take long to start. Each test has its own simulator.
describe('In the editor', { timeout: 2_400_000 }, () => {
	let running;
	const environment = () => running;
	before(async () => {
		running = await TestEnvironment.start();
	});
	beforeEach(async () => await running.open());
	afterEach(async (context) => {
		if (!context.passed) {
			context.diagnostic(`Screenshot: ${await running.saveFailureScreenshot(context.name)}`);
		}
		await running.cleanUp(context);
	});
	after(async () => await running?.close());

	credential(environment);
	record(environment);
	attributes(environment);
	forms(environment);
	trigger(environment);
	tasks(environment);
	readyMade(environment);
	everyForm(environment);
});
