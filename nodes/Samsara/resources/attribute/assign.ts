import type { INodeProperties } from 'n8n-workflow';
import { InvalidInputError } from '../../common/errors';
import { settle, succeeded } from '../../common/settle';
import type { Item } from '../../execution/item';
import type { BatchOperation, Output } from '../../execution/operation';
import { concurrency, mapWithConcurrency } from '../../execution/run';
import { addMissingOption } from '../shared/attributeProperties';
import { options } from '../shared/options';
import { assignBatch, type AssignmentRequest } from './helpers/assignBatch';
import { attributeId, resolveAttributeId } from './helpers/attributeId';
import { entityId, readReference } from './helpers/entities';
import { entityType, entityTypeOf } from './helpers/entityType';

const value: INodeProperties = {
	displayName: 'Value',
	name: 'value',
	type: 'string',
	default: '',
	placeholder: 'e.g. Class A',
	description:
		'What the driver or asset gets: a text, number or date as the attribute takes it, and several with commas between where it takes several. Empty removes the attribute from the driver or asset.',
};

export const assign: BatchOperation = {
	name: 'Assign',
	value: 'assign',
	action: 'Assign attribute to drivers or assets',
	description:
		'Give an attribute to many drivers or assets at once: one input item each, and only a few calls for all of them. Values of other drivers and assets stay.',
	properties: [entityType, attributeId, entityId, value, options(addMissingOption)],
	async executeAll(items) {
		const continueOnFail = items[0].n8n.continueOnFail();
		const requests = await mapWithConcurrency(
			items,
			concurrency(items[0].n8n),
			continueOnFail,
			readRequest,
		);
		const outputs: Array<Output | Error> = [];
		requests.forEach((request, index) => {
			if (request instanceof Error) outputs[index] = request;
		});
		if (outputs.length > 0 && !continueOnFail) return outputs;
		const groups = new Map<string, AssignmentRequest[]>();
		for (const request of succeeded(requests)) {
			const key = `${request.entityType} ${request.attributeId}`;
			groups.set(key, [...(groups.get(key) ?? []), request]);
		}
		// One attribute after another: two may have to change the same driver or asset, from what it has by then.
		await mapWithConcurrency([...groups.values()], 1, continueOnFail, async (group) => {
			const responses = await settle(async () => await assignBatch(group, continueOnFail));
			group.forEach(({ item }, n) => {
				outputs[item.index] = responses instanceof Error ? responses : responses[n];
			});
			const failure = group.map(({ item }) => outputs[item.index]).find(isError);
			if (failure && !continueOnFail) throw failure;
		});
		return outputs;
	},
};

function isError(output: Output | Error): output is Error {
	return output instanceof Error;
}

async function readRequest(item: Item): Promise<AssignmentRequest> {
	const type = entityTypeOf(item);
	const entity = readReference(item.value<unknown>('entityId', ''), 'Driver or Asset');
	const input = item.value<unknown>('value', '');
	if (input === undefined) {
		throw new InvalidInputError(
			"'Value' is mapped to a field that this item does not have",
			"Check the expression of 'Value'. To remove the attribute, map an empty text.",
		);
	}
	return {
		item,
		entityType: type,
		attributeId: await resolveAttributeId(item, type),
		entity,
		input,
	};
}
