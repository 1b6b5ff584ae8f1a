import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { samsaraApi } from '../support/testEnvironment.mjs';

const ID = 'samsaraDrivers01';
const TIMEOUT_SECONDS = 90;

/** A trigger on updated drivers, polled as often as in the other tests. */
export function driverTriggerWorkflow() {
	return {
		id: ID,
		name: 'Drivers',
		active: false,
		nodes: [
			{
				id: 'samsaraDriversTrigger',
				name: 'Driver Updated',
				type: 'n8n-nodes-samsara.samsaraTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {
					pollTimes: { item: [{ mode: 'everyHour', minute: 15 }] },
					event: 'driverUpdated',
					filters: { changes: ['name', 'attributes'] },
				},
				credentials: samsaraApi,
			},
			{
				id: 'samsaraDriversEnd',
				name: 'End',
				type: 'n8n-nodes-base.noOp',
				typeVersion: 1,
				position: [200, 0],
				parameters: {},
			},
		],
		connections: { 'Driver Updated': { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
		pinData: {},
		tags: [],
	};
}

export function driverTrigger(environment) {
	const drivers = () => [...environment().sim.state.drivers.values()];

	/** The rows of all executions, oldest first, once there are so many of them. */
	async function rows(count) {
		for (let seconds = 0; seconds < TIMEOUT_SECONDS; seconds++) {
			const found = [];
			for (const { id, status } of await environment().rest.executions(ID)) {
				if (status === 'running' || status === 'new') continue;
				const { data } = await environment().rest.waitForExecution(id);
				const [run] = data.resultData.runData['Driver Updated'];
				found.unshift(...run.data.main[0].map(({ json }) => json));
			}
			if (found.length >= count) return found;
			await sleep(1_000);
		}
		throw new Error(`There were fewer than ${count} rows`);
	}

	test('Driver Updated: tells what changed, also after n8n was stopped', async () => {
		await environment().rest.publish(ID);
		const [renamed, reclassified, called] = drivers();
		renamed.name = 'Renamed Driver';
		renamed.updatedAtTime = new Date().toISOString();
		called.details.phone = '5550000000';
		called.updatedAtTime = new Date().toISOString();
		const [first] = await rows(1);
		assert.deepEqual(
			[first.id, first.changed, first.name],
			[renamed.id, ['name'], 'Renamed Driver'],
		);

		await environment().stopN8n();
		// Whether Samsara counts this as an update is not documented.
		reclassified.attributes = reclassified.attributes.slice(1);
		await environment().startN8n();
		const [, second] = await rows(2);
		assert.deepEqual([second.id, second.changed], [reclassified.id, ['attributes']]);
		await sleep(12_000);
		assert.equal((await rows(2)).length, 2);
		await environment().rest.unpublish(ID);
	});
}
