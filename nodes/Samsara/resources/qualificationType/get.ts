import { collect } from '../../api/pages';
import { portions } from '../../api/portions';
import type { OwnerEntityType, QualificationType } from '../../api/types';
import { asError } from '../../asError';
import type { Item } from '../../execution/item';
import type { BatchOperation } from '../../execution/operation';
import { concurrency, each } from '../../execution/run';
import { typeRow } from '../../fields/qualification/typeRow';
import { Refusal } from '../../refusal';
import { entityType, qualificationType } from '../qualificationRecord/locators';
import { entityTypeOf } from '../qualificationRecord/owner';
import { simplify } from '../shared/listing';
import { options } from '../shared/options';

interface Wanted {
	kind: OwnerEntityType;
	id: string;
	simple: boolean;
}

export const get: BatchOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get qualification type',
	description: 'Get one qualification type with its fields',
	properties: [entityType, qualificationType, simplify, options()],
	async executeAll(items) {
		const wanted = items.map(read);
		const found = new Map<string, QualificationType | Error>();
		for (const kind of ['worker', 'asset'] as const) {
			const ids = wanted.flatMap((one) =>
				!(one instanceof Error) && one.kind === kind ? [one.id] : [],
			);
			const calls = portions([...new Set(ids)]);
			const answers = await each(
				calls,
				concurrency(items[0].n8n),
				true,
				async (portion) => await load(items[0], kind, portion),
			);
			answers.forEach((answer, index) => {
				for (const id of calls[index]) {
					const type =
						answer instanceof Error ? answer : answer.find((one) => one.id === id.toLowerCase());
					if (type) found.set(`${kind} ${id}`, type);
				}
			});
		}
		return wanted.map((one) => {
			if (one instanceof Error) return one;
			const type = found.get(`${one.kind} ${one.id}`) ?? absent(one);
			return type instanceof Error || !one.simple ? type : typeRow(type);
		});
	},
};

async function load(item: Item, entityType: OwnerEntityType, ids: string[]) {
	return await collect<QualificationType>(item.samsara, '/qualification-types', {
		entityType,
		ids,
	});
}

function read(item: Item): Wanted | Error {
	try {
		const id = item.id('qualificationType', 'Qualification Type');
		if (!/^[\w-]{1,100}$/.test(id)) {
			throw new Refusal(
				`'Qualification Type' is '${id.slice(0, 100)}', which is no ID`,
				"Pick the type from the list, or map its ID, e.g. from 'Get Many'.",
			);
		}
		return {
			kind: entityTypeOf(item),
			id,
			simple: item.flag('simplify', true),
		};
	} catch (error) {
		return asError(error);
	}
}

function absent({ id, kind }: Wanted): Refusal {
	return new Refusal(
		`'Qualification Type' names '${id}', which Samsara does not have for ${kind === 'worker' ? 'drivers' : 'assets'}`,
		"Check 'Entity Type', and that the type belongs to this organization.",
	);
}
