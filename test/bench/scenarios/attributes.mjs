import { asCount } from '../numbers.mjs';
import { byId, httpRequest, samsara } from '../nodes.mjs';

const COUNT = 1000;
const NAME = 'License Class';
const VALUE = 'Class B';

/** Sets one attribute on 1,000 drivers: counts the calls and checks that the other attributes stay. */
export async function attributes(bench) {
	const { sim, credentials } = await bench.account({ drivers: COUNT, records: 0 });
	const drivers = [...sim.state.drivers.values()];
	const attribute = [...sim.state.attributes.values()].find(({ name }) => name === NAME);
	const seeded = drivers.map((driver) => structuredClone(driver.attributes));
	const items = drivers.map(({ id }) => ({ id }));
	const options = { pace: 'learn', concurrency: 20 };
	const othersOf = (list) => list.filter(({ attributeId }) => attributeId !== attribute.id);

	const assign = await bench.workflow('attribute-assign', [
		samsara(credentials, {
			resource: 'attribute',
			operation: 'assign',
			entityType: 'driver',
			attributeId: byId(attribute.id),
			entityId: byId('={{ $json.id }}'),
			value: VALUE,
			options,
		}),
	]);
	const set = await bench.workflow('attribute-set', [
		samsara(credentials, {
			resource: 'driver',
			operation: 'setAttributes',
			driverId: byId('={{ $json.id }}'),
			attributes: { mappingMode: 'defineBelow', value: { [attribute.name]: VALUE } },
			options,
		}),
	]);
	const body = { attributes: [{ id: attribute.id, name: NAME, stringValues: [VALUE] }] };
	const patch = await bench.workflow('attribute-patch', [
		httpRequest(credentials, {
			method: 'PATCH',
			url: `=${sim.url}/fleet/drivers/{{ $json.id }}`,
			body: JSON.stringify(body),
		}),
	]);

	const measure = async (workflow) => {
		drivers.forEach((driver, index) => (driver.attributes = structuredClone(seeded[index])));
		sim.state.reindex();
		sim.reset();
		await bench.run(workflow, items);
		const all = [...sim.state.drivers.values()];
		const done = all.filter((driver) =>
			JSON.stringify(driver.attributes).includes(`"${attribute.id}"`),
		).length;
		if (done !== COUNT) throw new Error(`${workflow.path} reached ${done} drivers`);
		const lost = all.filter(
			(driver, index) => othersOf(driver.attributes).length < othersOf(seeded[index]).length,
		).length;
		return { calls: sim.requests.length, lost };
	};
	const describeOutcome = ({ calls, lost }) =>
		`${asCount(calls)}; other attributes lost on ${asCount(lost)}`;
	const theirs = await measure(patch);
	const finding = async (operation, workflow, maxCalls) => {
		const ours = await measure(workflow);
		return {
			what: `One attribute on 1,000 drivers with '${operation}': calls`,
			goal: `at most ${asCount(maxCalls)}`,
			ours: describeOutcome(ours),
			theirs: describeOutcome(theirs),
			met: ours.calls <= maxCalls && ours.lost === 0,
			runs: 1,
		};
	};
	bench.notes.push(
		'One attribute on 1,000 drivers: HTTP Request sends one PATCH per driver with only that attribute. Samsara does not document what this does to the other attributes. Here, it replaces them.',
	);
	return [await finding('Assign', assign, 4), await finding('Set Attributes', set, 1010)];
}
