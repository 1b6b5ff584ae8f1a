import type { IDataObject } from 'n8n-workflow';
import { getOwnerDirectory, type Owner } from '../../api/owners';
import { MAX_IDS } from '../../api/chunkIds';
import { findRecords, qualificationTypes } from '../../api/qualifications';
import type { QualificationRecord, QualificationType } from '../../api/types';
import { settle, succeeded } from '../../common/settle';
import type { Item } from '../../execution/item';
import type { BatchOperation, Output } from '../../execution/operation';
import {
	ownerRow,
	requirementStatus,
	requirementRow,
	LongestLastingRecords,
	needsAction,
	type RequirementStatus,
} from '../../fields/qualification/compliance';
import { selectTypes } from '../../fields/qualification/qualificationType';
import { storedOptions } from '../shared/requestOptions';
import { complianceProperties, storedComplianceOptions } from './helpers/complianceProperties';
import { ownersToCheck, readRequest, type ComplianceRequest } from './helpers/complianceRequest';
import { unknownOwnerError } from './helpers/locators';
import { daysOf } from './helpers/output';

type RowsOf = (owner: Owner) => IDataObject[];

/** By the choices of 'Show'. */
const SHOWN: Record<ComplianceRequest['show'], (requirement: RequirementStatus) => boolean> = {
	all: () => true,
	actionNeeded: needsAction,
	missing: ({ status }) => status === 'missing',
};

export const checkCompliance: BatchOperation = {
	name: 'Check Compliance',
	value: 'checkCompliance',
	action: 'Check compliance of drivers or assets',
	description:
		'Check who has the required qualifications, and which are missing, expired, or about to expire',
	properties: [...complianceProperties, ...storedOptions(...storedComplianceOptions)],
	async executeAll(items) {
		const outputs: Array<Output | Error> = [];
		for (const { request, group } of await groupByRequest(items, outputs)) {
			const rows = await settle(async () =>
				request.who === 'items' ? await rowsByItem(group, request) : await allRows(group, request),
			);
			group.forEach(({ index }, n) => {
				outputs[index] = rows instanceof Error ? rows : rows[n];
			});
		}
		return outputs;
	},
};

/** Groups items with the same parameters. An item with invalid parameters gets its error as output. */
async function groupByRequest(items: Item[], outputs: Array<Output | Error>) {
	const groups = new Map<string, { request: ComplianceRequest; group: Item[] }>();
	for (const item of items) {
		const request = await settle(() => readRequest(item));
		if (request instanceof Error) outputs[item.index] = request;
		else {
			const key = JSON.stringify(request);
			const entry = groups.get(key) ?? { request, group: [] };
			entry.group.push(item);
			groups.set(key, entry);
		}
	}
	return [...groups.values()];
}

/** The first item outputs the rows of all owners. */
async function allRows(group: Item[], request: ComplianceRequest): Promise<Output[]> {
	const [item] = group;
	const types = await requiredTypes(item, request);
	const pages = ownersToCheck(item, request);
	const { owners, rows } = await readCompliance(item, request, types, pages);
	return group.map((_, n) => (n === 0 ? owners.flatMap(rows) : []));
}

/** Each item outputs the rows of the owner that it names. */
async function rowsByItem(
	group: Item[],
	request: ComplianceRequest,
): Promise<Array<Output | Error>> {
	const [item] = group;
	const types = await requiredTypes(item, request);
	const ids = await Promise.all(
		group.map(async (own) => await settle(() => own.id('ownerId', 'Owner'))),
	);
	if (succeeded(ids).length === 0) return ids as Error[];
	const directory = await getOwnerDirectory(item.run, request.entityType);
	const found = await directory.find(succeeded(ids));
	const { rows } = await readCompliance(item, request, types, [[...found.values()]]);
	return await Promise.all(
		ids.map(async (id) => {
			if (id instanceof Error) return id;
			const owner = found.get(id);
			return owner
				? await settle(() => rows(owner))
				: unknownOwnerError('Owner', id, request.entityType);
		}),
	);
}

async function requiredTypes(item: Item, request: ComplianceRequest): Promise<QualificationType[]> {
	const types = await qualificationTypes(item.run, request.entityType);
	return selectTypes(types, request.types, 'Qualification Types');
}

/**
 * Reads the owners and their records. Samsara selects records by up to 100 owners; for more, all records are read, at the
 * same time as the rest of the owners.
 *
 * @returns the owners, each once, and a function that returns the rows of one owner
 */
async function readCompliance(
	item: Item,
	{ entityType, withinDays, show, oneRowPerOwner }: ComplianceRequest,
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
	const isShown = SHOWN[show];
	const rows: RowsOf = (owner) => {
		const requirements = types.map(({ id, name }) =>
			requirementStatus(name, records.get(owner.id, id), days, withinDays),
		);
		if (oneRowPerOwner) {
			return requirements.some(isShown) ? [ownerRow(owner, requirements, days)] : [];
		}
		return requirements
			.filter(isShown)
			.map((requirement) => requirementRow(owner, requirement, days));
	};
	return { owners: [...owners.values()], rows };
}
