import { collect } from '../../api/pagination';
import type { OwnerEntityType, QualificationType } from '../../api/types';
import { quote } from '../../common/coercion';
import { InvalidInputError } from '../../common/errors';
import { settle, succeeded } from '../../common/settle';
import type { Item } from '../../execution/item';
import type { BatchOperation } from '../../execution/operation';
import { typeRow } from '../../fields/qualification/qualificationType';
import {
	entityType,
	qualificationType,
	readEntityType,
} from '../qualificationRecord/helpers/locators';
import { lookUp } from '../shared/lookUp';
import { simplify } from '../shared/options';

interface TypeRequest {
	ownerType: OwnerEntityType;
	id: string;
	simplify: boolean;
}

export const get: BatchOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get qualification type',
	description: 'Get a qualification type with its fields',
	properties: [entityType, qualificationType, simplify],
	async executeAll(items) {
		const requests = await Promise.all(
			items.map(async (item) => await settle(() => readRequest(item))),
		);
		const idsOf = (ownerType: OwnerEntityType) =>
			succeeded(requests)
				.filter((request) => request.ownerType === ownerType)
				.map(({ id }) => id);
		const types = {
			worker: await readTypes(items[0], 'worker', idsOf('worker')),
			asset: await readTypes(items[0], 'asset', idsOf('asset')),
		};
		return requests.map((request) => {
			if (request instanceof Error) return request;
			const type = types[request.ownerType].get(request.id) ?? typeNotFoundError(request);
			return type instanceof Error || !request.simplify ? type : typeRow(type);
		});
	},
};

async function readTypes(item: Item, entityType: OwnerEntityType, typeIds: string[]) {
	return await lookUp(item, typeIds, async (ids) => {
		const types = await collect<QualificationType>(item.run.client, '/qualification-types', {
			entityType,
			ids,
		});
		return new Map(
			ids.flatMap((id) => {
				const type = types.find((candidate) => candidate.id === id.toLowerCase());
				return type ? [[id, type] as const] : [];
			}),
		);
	});
}

function readRequest(item: Item): TypeRequest {
	const id = item.id('qualificationType', 'Qualification Type');
	if (!/^[\w-]{1,100}$/.test(id)) {
		throw new InvalidInputError(
			`'Qualification Type' is ${quote(id)}, which is not an ID`,
			"Choose the type from the list, or map its ID, e.g. from 'Get Many'.",
		);
	}
	return { ownerType: readEntityType(item), id, simplify: item.boolean('simplify', true) };
}

function typeNotFoundError({ id, ownerType }: TypeRequest): InvalidInputError {
	return new InvalidInputError(
		`'Qualification Type' names '${id}', but ${ownerType === 'worker' ? 'drivers' : 'assets'} have no such type`,
		"Check 'Belongs To', and that the type belongs to this organization.",
	);
}
