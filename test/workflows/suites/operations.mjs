import assert from 'node:assert/strict';
import { test } from 'node:test';
import { executeWorkflow } from '../../../scripts/lib/n8nCli.mjs';
import { packageName } from '../../../scripts/lib/packNode.mjs';
import { operationRuns } from '../support/operationRuns.mjs';
import { chain, samsaraNode } from '../support/testEnvironment.mjs';

const ID = 'samsaraAllOps001';

const operationOf = ({ resource, operation }) => `${resource} ${operation}`;

/** Node names must be unique. */
const nameOf = ({ filesOf, ...parameters }) =>
	[operationOf(parameters), filesOf].filter(Boolean).join(' of ');

/** A workflow that runs all operations of all resources once, in sequence. */
export function operationsWorkflow({ sim }) {
	const nodes = operationRuns(sim.state).map(({ check, ...parameters }) => ({
		...samsaraNode(nameOf(parameters), parameters),
		executeOnce: true,
	}));
	return chain(ID, 'Every Operation', nodes);
}

/** `resource operation` of all operations in the node's description, without the one that n8n adds. */
function offered({ properties }) {
	return properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ options, displayOptions }) =>
			displayOptions.show.resource.flatMap((resource) =>
				options
					.filter(({ value }) => value !== '__CUSTOM_API_CALL__')
					.map(({ value }) => operationOf({ resource, operation: value })),
			),
		);
}

export function operations(environment) {
	test('Operations: all operations of the node are tested', async () => {
		const types = await environment().rest.nodeTypes();
		const node = types.find(({ name }) => name === `${packageName}.samsara`);
		const runs = new Set(operationRuns(environment().sim.state).map(operationOf));
		assert.deepEqual([...runs].toSorted(), offered(node).toSorted());
	});

	test('Operations: each one runs in n8n and returns the expected output', async () => {
		const { host, userFolder, sim } = environment();
		const runs = operationRuns(sim.state);
		const { runData } = await executeWorkflow(host, userFolder, ID);
		for (const { check, ...parameters } of runs) {
			const name = nameOf(parameters);
			const [run, ...others] = runData[name] ?? [];
			assert.equal(others.length, 0);
			assert.equal(run?.executionStatus, 'success', name);
			check(run.data.main[0].map(({ json, binary }) => ({ ...json, binary })));
		}
	});
}
