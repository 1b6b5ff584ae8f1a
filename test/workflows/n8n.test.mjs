import { after, before, describe } from 'node:test';
import { credential, httpRequestWorkflow } from './suites/credential.mjs';
import { expiryReminder } from './suites/expiryReminder.mjs';
import { kill, killWorkflow } from './suites/kill.mjs';
import { newHire } from './suites/newHire.mjs';
import { newHireVariants, newHireVariantWorkflows } from './suites/newHireVariants.mjs';
import { nightlyExport } from './suites/nightlyExport.mjs';
import { operations, operationsWorkflow } from './suites/operations.mjs';
import { weeklyReport } from './suites/weeklyReport.mjs';
import { TestEnvironment } from './support/testEnvironment.mjs';

// Starting n8n takes long, so all tests share one; they run one after another.
describe('In a real n8n', { timeout: 1_800_000 }, () => {
	let running;
	const environment = () => running;
	before(async () => {
		running = await TestEnvironment.start((created) => [
			...newHireVariantWorkflows(),
			httpRequestWorkflow(created),
			operationsWorkflow(created),
			killWorkflow(created),
		]);
	});
	after(async () => await running?.close());

	credential(environment);
	nightlyExport(environment);
	weeklyReport(environment);
	newHire(environment);
	newHireVariants(environment);
	operations(environment);
	expiryReminder(environment);
	kill(environment);
});
