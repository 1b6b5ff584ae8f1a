import type { IDataObject } from 'n8n-workflow';
import { getOwnerDirectory, type Owner } from '../../api/owners';
import { MAX_IDS } from '../../api/chunkIds';
import { findRecords, qualificationTypes } from '../../api/qualifications';
import type { QualificationRecord, QualificationType } from '../../api/types';
import { toError } from '../../common/errors';
import { settle } from '../../common/settle';
import type { Item } from '../../execution/item';
import type { BatchOperation, Output } from '../../execution/operation';
import {
	ownerRow,
	requirementStatus,
	requirementRow,
	LongestLastingRecords,
	needsAction,
} from '../../fields/qualification/compliance';
import { selectTypes } from '../../fields/qualification/qualificationType';
import { options } from '../shared/options';
import { complianceOptions, complianceProperties } from './helpers/complianceProperties';
import { ownersToCheck, readRequest, type ComplianceRequest } from './helpers/complianceRequest';
import { unknownOwnerError } from './helpers/locators';
import { daysOf } from './helpers/output';

type RowsOf = (owner: Owner) => IDataObject[];

export const checkCompliance: BatchOperation = {
	name: 'Check Compliance',
	value: 'checkCompliance',
	action: 'Check compliance of drivers or assets',
	description:
		'Check whether drivers or assets have the required qualifications: valid, expiring, upcoming, expired or missing. Runs once for all input items with the same parameters.',
	properties: [...complianceProperties, options(...complianceOptions)],
	async executeAll(items) {
		const outputs: Array<Output | Error> = [];
		for (const { request, indices } of groupByRequest(items, outputs)) {
			try {
				const types = await requiredTypes(items[indices[0]], request);
				if (request.who === 'items') await checkItems(items, indices, request, types, outputs);
				else {
					const item = items[indices[0]];
					const pages = ownersToCheck(item, request);
					const { owners, rows } = await readCompliance(item, request, types, pages);
					for (const index of indices) outputs[index] = [];
					outputs[indices[0]] = owners.flatMap(rows);
				}
			} catch (error) {
				for (const index of indices) outputs[index] = toError(error);
			}
		}
		return outputs;
	},
};

/** Groups items with the same parameters. An item with invalid parameters gets its error as output. */
function groupByRequest(items: Item[], outputs: Array<Output | Error>) {
	const groups = new Map<string, { request: ComplianceRequest; indices: number[] }>();
	items.forEach((item, index) => {
		try {
			const request = readRequest(item);
			const key = JSON.stringify(request);
			const group = groups.get(key) ?? { request, indices: [] };
			group.indices.push(index);
			groups.set(key, group);
		} catch (error) {
			outputs[index] = toError(error);
		}
	});
	return [...groups.values()];
}

/** Outputs the rows of the owner that each item names. */
async function checkItems(
	items: Item[],
	indices: number[],
	request: ComplianceRequest,
	types: QualificationType[],
	outputs: Array<Output | Error>,
): Promise<void> {
	const ids = new Map<number, string>();
	for (const index of indices) {
		try {
			ids.set(index, items[index].id('ownerId', 'Owner'));
		} catch (error) {
			outputs[index] = toError(error);
		}
	}
	if (ids.size === 0) return;
	const item = items[indices[0]];
	const directory = await getOwnerDirectory(item.run, request.entityType);
	const found = await directory.find(ids.values());
	const { rows } = await readCompliance(item, request, types, [[...found.values()]]);
	for (const [index, id] of ids) {
		const owner = found.get(id);
		try {
			outputs[index] = owner ? rows(owner) : unknownOwnerError('Owner', id, request.entityType);
		} catch (error) {
			outputs[index] = toError(error);
		}
	}
}

async function requiredTypes(item: Item, request: ComplianceRequest): Promise<QualificationType[]> {
	const types = await qualificationTypes(item.run, request.entityType);
	return selectTypes(types, request.types, 'Required Types');
}

/**
 * Reads the owners and their records. Samsara selects records by up to 100 owners; for more, all records are read, at the
 * same time as the rest of the owners.
 *
 * @returns the owners, each once, and a function that returns the rows of one owner
 */
async function readCompliance(
	item: Item,
	{ entityType, withinDays, oneRowPerOwner, onlyActionNeeded }: ComplianceRequest,
	types: QualificationType[],
	ownerPages: AsyncIterable<Owner[]> | Iterable<Owner[]>,
): Promise<{ owners: Owner[]; rows: RowsOf }> {
	const typeIds = types.map(({ id }) => id);
	const readRecords = async (ownerIds?: string[]) =>
		await findRecords(
			item.run,
			{ entityType, typeIds, ownerIds },
			{ keep: ({ recordStatus }) => recordStatus === 'active' },
		);
	const owners = new Map<string, Owner>();
	let reading: Promise<QualificationRecord[] | Error> | undefined;
	try {
		for await (const page of ownerPages) {
			for (const owner of page) owners.set(owner.id, owner);
			if (owners.size > MAX_IDS) reading ??= settle(readRecords);
		}
	} finally {
		await reading;
	}
	const found = await (reading ?? (owners.size > 0 ? readRecords([...owners.keys()]) : []));
	if (found instanceof Error) throw found;
	const days = daysOf(item);
	const records = new LongestLastingRecords(found, days);
	const rows: RowsOf = (owner) => {
		const requirements = types.map(({ id, name }) =>
			requirementStatus(name, records.get(owner.id, id), days, withinDays),
		);
		if (oneRowPerOwner) {
			const isOmitted = onlyActionNeeded && !requirements.some(needsAction);
			return isOmitted ? [] : [ownerRow(owner, requirements, days)];
		}
		return requirements
			.filter((requirement) => !onlyActionNeeded || needsAction(requirement))
			.map((requirement) => requirementRow(owner, requirement, days));
	};
	return { owners: [...owners.values()], rows };
}
