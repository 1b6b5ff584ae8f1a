import type { INodeProperties } from 'n8n-workflow';
import type { Item } from '../../execution/item';
import type { BatchOperation, Output } from '../../execution/operation';
import { concurrency, each } from '../../execution/run';
import { Refusal } from '../../refusal';
import { addMissing } from '../shared/attributesForm';
import { options } from '../shared/options';
import { assignTogether, type Wish } from './assigning';
import { attributeId, attributeIdOf } from './attributeId';
import { entityId, referenceOf } from './entities';
import { entityType, entityTypeOf } from './entityType';

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
	properties: [entityType, attributeId, entityId, value, options(addMissing)],
	async executeAll(items) {
		const goOn = items[0].n8n.continueOnFail();
		const wishes = await each(items, concurrency(items[0].n8n), goOn, wishOf);
		const failed = wishes.some((wish) => wish instanceof Error);
		const outputs: Array<Output | Error> = [];
		wishes.forEach((wish, index) => {
			if (wish instanceof Error) outputs[index] = wish;
		});
		if (failed && !goOn) return outputs;
		const groups = new Map<string, Wish[]>();
		for (const wish of wishes) {
			if (wish instanceof Error) continue;
			const key = `${wish.entityType} ${wish.attributeId}`;
			groups.set(key, [...(groups.get(key) ?? []), wish]);
		}
		// One attribute after another: two may have to change the same driver or asset, from what it has by then.
		await each([...groups.values()], 1, goOn, async (group) => {
			const [answers] = await each([group], 1, goOn, async () => await assignTogether(group, goOn));
			group.forEach(({ item }, n) => {
				outputs[item.index] = answers instanceof Error ? answers : answers[n];
			});
			const failure = group.map(({ item }) => outputs[item.index]).find(isError);
			if (failure && !goOn) throw failure;
		});
		return outputs;
	},
};

function isError(output: Output | Error): output is Error {
	return output instanceof Error;
}

async function wishOf(item: Item): Promise<Wish> {
	const type = entityTypeOf(item);
	const entity = referenceOf(item.value<unknown>('entityId', ''), 'Driver or Asset');
	const given = item.value<unknown>('value', '');
	if (given === undefined) {
		throw new Refusal(
			"'Value' is mapped to a field that this item does not have",
			"Check the expression of 'Value'. To remove the attribute, map an empty text.",
		);
	}
	return { item, entityType: type, attributeId: await attributeIdOf(item, type), entity, given };
}
