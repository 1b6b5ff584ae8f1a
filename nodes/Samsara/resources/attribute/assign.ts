import type { INodeProperties } from 'n8n-workflow';
import { dateFormat } from '../shared/dateFormat';
import { InvalidInputError } from '../../common/errors';
import { settle, succeeded } from '../../common/settle';
import type { Item } from '../../execution/item';
import type { BatchOperation, Output } from '../../execution/operation';
import { concurrency, mapWithConcurrency } from '../../execution/concurrency';
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
	hint: 'If empty, the attribute is removed',
	description:
		'The value for the driver or asset: text, a number, or a date, depending on the attribute. Separate several values by commas.',
};

export const assign: BatchOperation = {
	name: 'Assign',
	value: 'assign',
	action: 'Assign attribute to drivers or assets',
	description:
		'Assign an attribute to many drivers or assets, one per input item. All others keep their values.',
	properties: [entityType, entityId, attributeId, value, options(addMissingOption, dateFormat)],
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
		// One attribute at a time: two may have to update the same driver or asset, the second based on the result of the first.
		await mapWithConcurrency([...groups.values()], 1, continueOnFail, async (group) => {
			const responses = await settle(async () => await assignBatch(group, continueOnFail));
			group.forEach(({ item }, n) => {
				outputs[item.index] = responses instanceof Error ? responses : responses[n];
			});
			const failure = outputs.find((output) => output instanceof Error);
			if (failure && !continueOnFail) throw failure;
		});
		return outputs;
	},
};

async function readRequest(item: Item): Promise<AssignmentRequest> {
	const type = entityTypeOf(item);
	const entity = readReference(item.value<unknown>('entityId', ''), 'Driver or Asset');
	const input = item.value<unknown>('value', '');
	if (input === undefined) {
		throw new InvalidInputError(
			"'Value' is mapped to a field that this item does not have",
			"Check the expression in 'Value'. To remove the attribute, map an empty text.",
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
