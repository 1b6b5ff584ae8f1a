import { asCount } from '../numbers.mjs';
import { byId as id, httpRequest, samsara } from '../nodes.mjs';

const COUNT = 1000;
const MAX_CALLS = 10;
const PATH = '/qualification-records';

/** Gets 1,000 records by ID and counts the calls. @returns {Promise<import('../index.mjs').Finding[]>} */
export async function byId(bench) {
	const { sim, credentials } = await bench.account({ records: 1500 });
	const records = [...sim.state.records.values()].filter((one) => one.recordStatus !== 'deleted');
	const items = records.slice(0, COUNT).map((record) => ({ id: record.id }));
	const ours = await bench.workflow('by-id-ours', [
		samsara(credentials, {
			resource: 'qualificationRecord',
			operation: 'get',
			recordId: id('={{ $json.id }}'),
			options: { pace: 'learn', concurrency: 20 },
		}),
	]);
	const query = { ids: '={{ $json.id }}', includeExternalIds: 'true' };
	const theirs = await bench.workflow('by-id-theirs', [
		httpRequest(credentials, { method: 'GET', url: `${sim.url}${PATH}`, query }),
	]);
	const measure = async (workflow) => {
		sim.reset();
		const { items: out } = await bench.run(workflow, items);
		if (out.length !== COUNT) throw new Error(`${workflow.path} returned ${out.length} items`);
		const calls = sim.requests.filter(({ path }) => path === PATH).length;
		return { calls, others: sim.requests.length - calls };
	};
	const ownResult = await measure(ours);
	const otherResult = await measure(theirs);
	bench.notes.push(
		`Records by ID: in addition, our node makes ${ownResult.others} calls in the whole run for the owners' names (option 'Look Up Owner Names').`,
	);
	return [
		{
			what: '1,000 records by ID: calls',
			goal: `${MAX_CALLS}`,
			ours: asCount(ownResult.calls),
			theirs: asCount(otherResult.calls),
			met: ownResult.calls <= MAX_CALLS,
			runs: 1,
		},
	];
}
