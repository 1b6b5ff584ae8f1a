import type { IDataObject } from 'n8n-workflow';
import { ownersOf, type Owner } from '../../api/owners';
import { MOST_IDS } from '../../api/portions';
import { findRecords, qualificationTypes } from '../../api/qualifications';
import type { QualificationType } from '../../api/types';
import { asError } from '../../asError';
import type { Item } from '../../execution/item';
import type { BatchOperation, Output } from '../../execution/operation';
import {
	holderRow,
	holdingOf,
	holdingRow,
	LastingRecords,
	needsAction,
} from '../../fields/qualification/compliance';
import { chooseTypes } from '../../fields/qualification/typeChoice';
import { options } from '../shared/options';
import { complianceForm, complianceOptions } from './complianceForm';
import { readOwners, readRequest, unknown, type Request } from './complianceRequest';
import { daysOf } from './recordRows';

type RowsOf = (owner: Owner) => IDataObject[];

export const checkCompliance: BatchOperation = {
	name: 'Check Compliance',
	value: 'checkCompliance',
	action: 'Check compliance of drivers or assets',
	description:
		'Tell who holds the required qualifications: valid, expiring, upcoming, expired or missing. Runs once for all input items that ask for the same.',
	properties: [...complianceForm, options(...complianceOptions)],
	async executeAll(items) {
		const outputs: Array<Output | Error> = [];
		for (const { request, indices } of groups(items, outputs)) {
			try {
				const types = await requiredTypes(items[indices[0]], request);
				if (request.who === 'items') await checkItems(items, indices, request, types, outputs);
				else {
					const owners = await readOwners(items[indices[0]], request);
					const rows = await check(items[indices[0]], request, types, owners);
					for (const index of indices) outputs[index] = [];
					outputs[indices[0]] = owners.flatMap(rows);
				}
			} catch (error) {
				for (const index of indices) outputs[index] = asError(error);
			}
		}
		return outputs;
	},
};

/** Items that ask for the same; those that cannot be read get their refusal. */
function groups(items: Item[], outputs: Array<Output | Error>) {
	const found = new Map<string, { request: Request; indices: number[] }>();
	items.forEach((item, index) => {
		try {
			const request = readRequest(item);
			const key = JSON.stringify(request);
			const group = found.get(key) ?? { request, indices: [] };
			group.indices.push(index);
			found.set(key, group);
		} catch (error) {
			outputs[index] = asError(error);
		}
	});
	return [...found.values()];
}

/** Each item names its owner, and gets that owner's rows. */
async function checkItems(
	items: Item[],
	indices: number[],
	request: Request,
	types: QualificationType[],
	outputs: Array<Output | Error>,
): Promise<void> {
	const ids = new Map<number, string>();
	for (const index of indices) {
		try {
			ids.set(index, items[index].id('ownerId', 'Owner'));
		} catch (error) {
			outputs[index] = asError(error);
		}
	}
	if (ids.size === 0) return;
	const item = items[indices[0]];
	const directory = await ownersOf(item.samsara, request.entityType);
	const found = await directory.find(ids.values());
	const rows = await check(item, request, types, [...found.values()]);
	for (const [index, id] of ids) {
		const owner = found.get(id);
		try {
			outputs[index] = owner ? rows(owner) : unknown(id, request.entityType, 'Owner');
		} catch (error) {
			outputs[index] = asError(error);
		}
	}
}

async function requiredTypes(item: Item, request: Request): Promise<QualificationType[]> {
	const types = await qualificationTypes(item.samsara, request.entityType);
	return chooseTypes(types, request.types, 'Required Types');
}

/** Reads the records once for all owners; what comes back gives one owner's rows. */
async function check(
	item: Item,
	{ entityType, within, oneRowPerOwner, onlyActionNeeded }: Request,
	types: QualificationType[],
	owners: Owner[],
): Promise<RowsOf> {
	const ownerIds = [...new Set(owners.map(({ id }) => id))];
	const days = daysOf(item);
	const records = new LastingRecords(
		owners.length === 0
			? []
			: await findRecords(
					item.samsara,
					{
						entityType,
						typeIds: types.map(({ id }) => id),
						ownerIds: ownerIds.length <= MOST_IDS ? ownerIds : undefined,
					},
					{ keep: ({ recordStatus }) => recordStatus === 'active' },
				),
		days,
	);
	return (owner) => {
		const holdings = types.map(({ id, name }) =>
			holdingOf(name, records.get(owner.id, id), days, within),
		);
		if (oneRowPerOwner) {
			const left = onlyActionNeeded && !holdings.some(needsAction);
			return left ? [] : [holderRow(owner, holdings, days)];
		}
		return holdings
			.filter((holding) => !onlyActionNeeded || needsAction(holding))
			.map((holding) => holdingRow(owner, holding, days));
	};
}
