import type { INode } from 'n8n-workflow';
import { rowsOf, runSamsara } from '../../../../samsara';
import type { Attribute, Simulator } from '../../../../simulator/index.mts';

type Options = Parameters<typeof runSamsara>[2];

/** Runs an operation that must succeed, and returns its rows. */
export async function attributeRows(
	sim: Simulator,
	operation: string,
	parameters: INode['parameters'],
	options?: Options,
) {
	return await rowsOf(sim, { resource: 'attribute', operation, ...parameters }, options);
}

/** Runs an operation of the resource. */
export async function runAttribute(
	sim: Simulator,
	operation: string,
	parameters: INode['parameters'],
	options?: Options,
) {
	return await runSamsara(sim, { resource: 'attribute', operation, ...parameters }, options);
}

/** The attribute with this name in the simulator. */
export function stateOf(sim: Simulator, name: string): Attribute {
	const found = [...sim.state.attributes.values()].find((attribute) => attribute.name === name);
	if (!found) throw new Error(`There is no attribute ${name}`);
	return found;
}

/** The entities that have an attribute: `{entityId: values}`. */
export function entitiesWithAttribute(
	sim: Simulator,
	name: string,
): Record<string, Array<string | number>> {
	const { id, entityType } = stateOf(sim, name);
	return Object.fromEntries(
		sim.state.entitiesOf(entityType).flatMap((entity) => {
			const assigned = entity.attributes.find(({ attributeId }) => attributeId === id);
			const values = assigned?.stringValues ?? assigned?.numberValues ?? assigned?.dateValues;
			return values ? [[entity.id, values]] : [];
		}),
	);
}

/** The writing requests so far. */
export function writes(sim: Simulator) {
	return sim.requests.filter(({ method }) => method !== 'GET');
}

/** The allowed values of an attribute in the simulator. */
export function valuesIn(sim: Simulator, name: string): Array<string | number> {
	const { values, numberValues } = stateOf(sim, name);
	return values.length > 0 ? values.map(({ stringValue }) => stringValue) : numberValues;
}
