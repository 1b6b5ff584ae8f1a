import { collect } from '../../api/pagination';
import { chunkIds } from '../../api/chunkIds';
import type { OwnerEntityType, QualificationType } from '../../api/types';
import { toError, InvalidInputError } from '../../common/errors';
import type { Item } from '../../execution/item';
import type { BatchOperation } from '../../execution/operation';
import { concurrency, mapWithConcurrency } from '../../execution/run';
import { typeRow } from '../../fields/qualification/typeRow';
import { entityType, qualificationType } from '../qualificationRecord/helpers/locators';
import { entityTypeOf } from '../qualificationRecord/helpers/owner';
import { simplify } from '../shared/pagination';
import { options } from '../shared/options';

interface TypeRequest {
	ownerType: OwnerEntityType;
	id: string;
	simplify: boolean;
}

export const get: BatchOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get qualification type',
	description: 'Get one qualification type with its fields',
	properties: [entityType, qualificationType, simplify, options()],
	async executeAll(items) {
		const requests = items.map(readRequest);
		const found = new Map<string, QualificationType | Error>();
		for (const ownerType of ['worker', 'asset'] as const) {
			const ids = requests.flatMap((request) =>
				!(request instanceof Error) && request.ownerType === ownerType ? [request.id] : [],
			);
			const chunks = chunkIds([...new Set(ids)]);
			const responses = await mapWithConcurrency(
				chunks,
				concurrency(items[0].n8n),
				true,
				async (chunk) => await load(items[0], ownerType, chunk),
			);
			responses.forEach((response, index) => {
				for (const id of chunks[index]) {
					const type =
						response instanceof Error
							? response
							: response.find((request) => request.id === id.toLowerCase());
					if (type) found.set(`${ownerType} ${id}`, type);
				}
			});
		}
		return requests.map((request) => {
			if (request instanceof Error) return request;
			const type = found.get(`${request.ownerType} ${request.id}`) ?? typeNotFoundError(request);
			return type instanceof Error || !request.simplify ? type : typeRow(type);
		});
	},
};

async function load(item: Item, entityType: OwnerEntityType, ids: string[]) {
	return await collect<QualificationType>(item.run.client, '/qualification-types', {
		entityType,
		ids,
	});
}

function readRequest(item: Item): TypeRequest | Error {
	try {
		const id = item.id('qualificationType', 'Qualification Type');
		if (!/^[\w-]{1,100}$/.test(id)) {
			throw new InvalidInputError(
				`'Qualification Type' is '${id.slice(0, 100)}', which is no ID`,
				"Pick the type from the list, or map its ID, e.g. from 'Get Many'.",
			);
		}
		return {
			ownerType: entityTypeOf(item),
			id,
			simplify: item.boolean('simplify', true),
		};
	} catch (error) {
		return toError(error);
	}
}

function typeNotFoundError({ id, ownerType }: TypeRequest): InvalidInputError {
	return new InvalidInputError(
		`'Qualification Type' names '${id}', which Samsara does not have for ${ownerType === 'worker' ? 'drivers' : 'assets'}`,
		"Check 'Entity Type', and that the type belongs to this organization.",
	);
}
