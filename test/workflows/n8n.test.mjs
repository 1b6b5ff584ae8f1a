import { after, before, describe } from 'node:test';
import { agent, agentWorkflows } from './suites/agent.mjs';
import { annualReview } from './suites/annualReview.mjs';
import { auditPacket } from './suites/auditPacket.mjs';
import { credential, httpRequestWorkflow } from './suites/credential.mjs';
import { driverTrigger, driverTriggerWorkflow } from './suites/driverTrigger.mjs';
import { driverUploadReview } from './suites/driverUploadReview.mjs';
import { escalation } from './suites/escalation.mjs';
import { expiringQualifications } from './suites/expiringQualifications.mjs';
import {
	expiryReminder,
	reminderToDriver,
	reminderToDriverWorkflow,
} from './suites/expiryReminder.mjs';
import { hrRosterSync } from './suites/hrRosterSync.mjs';
import { kill, killWorkflow } from './suites/kill.mjs';
import { newHire } from './suites/newHire.mjs';
import { newHireForm } from './suites/newHireForm.mjs';
import { newHireVariants, newHireVariantWorkflows } from './suites/newHireVariants.mjs';
import { nightlyExport } from './suites/nightlyExport.mjs';
import { oAuth2, oAuth2Credential, oAuth2Workflow } from './suites/oAuth2.mjs';
import { operations, operationsWorkflow } from './suites/operations.mjs';
import { renewalCollection } from './suites/renewalCollection.mjs';
import { weeklyReport } from './suites/weeklyReport.mjs';
import { TestEnvironment } from './support/testEnvironment.mjs';
import { readyMade, savedWith100 } from './support/workflowSets.mjs';

/** The ready-made workflows that 1.0.0 did not have. Each prepares the data that it needs. */
const newReadyMade = [
	hrRosterSync,
	escalation,
	annualReview,
	renewalCollection,
	driverUploadReview,
	auditPacket,
];

// All tests share one n8n because it takes long to start. They run one after another.
describe('In a real n8n', { timeout: 1_800_000 }, () => {
	let running;
	const environment = () => running;
	before(async () => {
		running = await TestEnvironment.start(
			(created) => [
				...readyMade.workflows,
				...savedWith100.workflows,
				...newHireVariantWorkflows(),
				reminderToDriverWorkflow(),
				httpRequestWorkflow(created),
				operationsWorkflow(created),
				killWorkflow(created),
				...agentWorkflows(),
				driverTriggerWorkflow(),
				oAuth2Workflow(created),
			],
			(created) => [oAuth2Credential(created)],
		);
	});

	credential(environment);
	for (const set of [savedWith100, readyMade]) {
		describe(set.title, () => {
			expiringQualifications(environment, set);
			nightlyExport(environment, set);
			weeklyReport(environment, set);
			newHire(environment, set);
			expiryReminder(environment, set, { withRestarts: set === readyMade });
		});
	}
	describe('Expiry reminder to drivers', () => reminderToDriver(environment));
	driverTrigger(environment);
	newHireForm(environment);
	newHireVariants(environment);
	for (const suite of newReadyMade) describe(suite.name, () => suite(environment));
	oAuth2(environment);
	operations(environment);
	kill(environment);
	agent(environment);
	// After what the suites clean up in n8n.
	after(async () => await running?.close());
});
