import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { chain, numberedRows, samsaraNode } from '../support/testEnvironment.mjs';

const ID = 'samsaraKilled001';
const COUNT = 150;
const KILL_AT = 60;

/** Creates 150 records with an external ID each, for ten drivers. Records of the same driver and type are created in sequence. */
export function killWorkflow({ sim }) {
	const drivers = [...sim.state.drivers.keys()].slice(0, 10);
	return chain(ID, 'Many Records', [
		...numberedRows(COUNT),
		samsaraNode('Create Records', {
			resource: 'qualificationRecord',
			operation: 'create',
			entityType: 'worker',
			qualificationType: { __rl: true, mode: 'id', value: 'Hazmat Certificate' },
			ownerId: {
				__rl: true,
				mode: 'id',
				value: `={{ ${JSON.stringify(drivers)}[$json.number % 10] }}`,
			},
			issueDate: '2026-11-01',
			expirationDate: '2028-11-01',
			fieldsMode: 'json',
			fieldsJson: '={{ { "Certificate Number": "K-" + $json.number } }}',
			additionalFields: {
				externalIds: { ids: [{ key: 'killTest', value: '={{ "K-" + $json.number }}' }] },
			},
			// The simulator's rate limits are off: this test is about what is created, not how fast.
			options: { ifExists: 'skip', pace: 'learn', concurrency: 10 },
		}),
	]);
}

export function kill(environment) {
	const created = () =>
		[...environment().sim.state.records.values()].flatMap(
			({ externalIds }) => externalIds.killTest ?? [],
		);

	test(`Kill: all ${COUNT} records exist exactly once after a kill at ${KILL_AT} and a second run`, async () => {
		const { sim } = environment();
		sim.settings.latencyMs = 100;
		try {
			// The request fails because n8n is killed while it waits for the response.
			const running = environment()
				.rest.runWorkflow(ID, 'Start')
				.catch((error) => error);
			const ended = running.then(() => true);
			while (created().length < KILL_AT) {
				const isOver = await Promise.race([ended, sleep(10, false)]);
				assert.ok(!isOver, 'the run ended before the kill');
			}
			await environment().killN8n();
			assert.ok((await running) instanceof Error);
			await sleep(1_000);
			const createdBeforeKill = created().length;
			assert.ok(
				createdBeforeKill >= KILL_AT && createdBeforeKill < COUNT,
				`${createdBeforeKill} records were created before the kill`,
			);

			await environment().startN8n();
			const run = await environment().rest.runWorkflow(ID, 'Start', 120_000);
			assert.equal(run.status, 'success', JSON.stringify(run.data.resultData.error));
			const items = run.data.resultData.runData['Create Records'][0].data.main[0];
			assert.equal(items.length, COUNT);
			assert.equal(items.filter(({ json }) => json.created === false).length, createdBeforeKill);

			const names = created();
			assert.equal(names.length, COUNT);
			assert.equal(new Set(names).size, COUNT);
		} finally {
			sim.settings.latencyMs = 0;
		}
	});
}
