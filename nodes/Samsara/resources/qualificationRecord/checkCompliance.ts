import type { IDataObject } from 'n8n-workflow';
import { getOwnerDirectory, type Owner } from '../../api/owners';
import { MAX_IDS } from '../../api/chunkIds';
import { findRecords } from '../../api/qualifications';
import type { QualificationRecord } from '../../api/types';
import { isUuid } from '../../common/ids';
import { settle, succeeded } from '../../common/settle';
import type { Item } from '../../execution/item';
import type { BatchOperation, Output } from '../../execution/operation';
import { addDays } from '../../fields/dates';
import {
	ownerRow,
	requirementStatus,
	requirementRow,
	LongestLastingRecords,
	needsAction,
	type RequirementStatus,
} from '../../fields/qualification/compliance';
import { options } from '../shared/options';
import { ifStored } from '../shared/stored';
import { complianceProperties, storedComplianceOptions } from './helpers/complianceProperties';
import { readRequest, type ComplianceRequest } from './helpers/complianceRequest';
import { groupByRequest } from './helpers/groupByRequest';
import { unknownOwnerError } from './helpers/locators';
import { daysOf } from './helpers/output';
import { ownersToCheck } from './helpers/ownersToCheck';
import { checkLists, readRequirements, type Requirements } from './helpers/requirements';
import { gracePeriod } from './helpers/roleProperties';

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
	properties: [
		...complianceProperties,
		options(...gracePeriod, ...storedComplianceOptions.map(ifStored)),
	],
	async executeAll(items) {
		const outputs: Array<Output | Error> = [];
		const fail = ({ index }: Item, failure: Error) => void (outputs[index] = failure);
		for (const { request, group } of await groupByRequest(items, readRequest, fail)) {
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

/** The first item outputs the rows of all owners. */
async function allRows(group: Item[], request: ComplianceRequest): Promise<Output[]> {
	const [item] = group;
	const { requirements, pages } = await readBoth(item, request);
	const { owners, rows } = await readCompliance(item, request, requirements, pages);
	await checkLists(item.run, request, owners);
	if (request.who === 'all') hintAtUnusedRoles(item, requirements, owners);
	return group.map((_, n) => (n === 0 ? owners.flatMap(rows) : []));
}

/**
 * Reads what is required and who is checked. Types that were chosen from a list exist, so that the first owners can be read
 * meanwhile; names may be mistyped, and roles decide what is read of owners.
 */
async function readBoth(
	item: Item,
	request: ComplianceRequest,
): Promise<{ requirements: Requirements; pages: AsyncIterable<Owner[]> }> {
	const { roles, grace, types } = request;
	if (roles || grace || !types.every(isUuid)) {
		const requirements = await readRequirements(item, request);
		return { requirements, pages: ownersToCheck(item, request, requirements.notes.reading) };
	}
	const pages = ownersToCheck(item, request);
	const [requirements, first] = await Promise.all([
		settle(async () => await readRequirements(item, request)),
		settle(async () => await pages.next()),
	]);
	if (requirements instanceof Error) throw requirements;
	if (first instanceof Error) throw first;
	return { requirements, pages: continued(first, pages) };
}

async function* continued<T>(
	first: IteratorResult<T, void>,
	rest: AsyncGenerator<T, void>,
): AsyncGenerator<T> {
	for (let page = first; page.done !== true; page = await rest.next()) yield page.value;
}

function hintAtUnusedRoles(item: Item, { roles }: Requirements, owners: Owner[]): void {
	const names = roles.filter(({ has }) => !owners.some(has)).map(({ name }) => `'${name}'`);
	if (names.length === 0) return;
	item.addHint(
		'roles without members',
		`Nobody who was checked has the role ${names.join(' or ')}. Check its tags, values, or list.`,
	);
}

/** Each item outputs the rows of the owner that it names. */
async function rowsByItem(
	group: Item[],
	request: ComplianceRequest,
): Promise<Array<Output | Error>> {
	const [item] = group;
	const requirements = await readRequirements(item, request);
	const ids = await Promise.all(
		group.map(async (own) => await settle(() => own.id('ownerId', 'Owner'))),
	);
	if (succeeded(ids).length === 0) return ids as Error[];
	const { reading } = requirements.notes;
	const directory = await getOwnerDirectory(item.run, request.entityType, reading);
	const found = await directory.find(succeeded(ids));
	const { owners, rows } = await readCompliance(item, request, requirements, [[...found.values()]]);
	await checkLists(item.run, request, owners);
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

/**
 * Reads the owners and their records. Samsara selects records by up to 100 owners; for more, all records are read, at the
 * same time as the rest of the owners.
 *
 * @returns the owners, each once, and a function that returns the rows of one owner
 */
async function readCompliance(
	item: Item,
	request: ComplianceRequest,
	requirements: Requirements,
	ownerPages: AsyncIterable<Owner[]> | Iterable<Owner[]>,
): Promise<{ owners: Owner[]; rows: RowsOf }> {
	const { entityType } = request;
	const typeIds = requirements.types.map(({ id }) => id);
	const readRecords = async (ownerIds?: string[]) =>
		await findRecords(
			item.run,
			{ entityType, typeIds, ownerIds },
			{ keep: ({ recordStatus }) => recordStatus === 'active' },
		);
	const owners = new Map<string, Owner>();
	const idsWithRequirements = new Set<string>();
	let reading: Promise<QualificationRecord[] | Error> | undefined;
	try {
		for await (const page of ownerPages) {
			for (const owner of page) {
				owners.set(owner.id, owner);
				if (requirements.of(owner).length > 0) idsWithRequirements.add(owner.id);
			}
			if (idsWithRequirements.size > MAX_IDS) reading ??= settle(readRecords);
		}
	} finally {
		await reading;
	}
	const found = await (reading ??
		(idsWithRequirements.size > 0 ? readRecords([...idsWithRequirements]) : []));
	if (found instanceof Error) throw found;
	return { owners: [...owners.values()], rows: rowsFrom(item, request, requirements, found) };
}

function rowsFrom(
	item: Item,
	request: ComplianceRequest,
	requirements: Requirements,
	found: QualificationRecord[],
): RowsOf {
	const { withinDays, grace, show, oneRowPerOwner, includeWithoutRole } = request;
	const days = daysOf(item);
	const records = new LongestLastingRecords(found, days);
	const isShown = SHOWN[show];
	const noGrace = grace && { pendingUntil: null };
	const statusesOf = (owner: Owner): RequirementStatus[] => {
		const required = requirements.of(owner);
		if (required.length === 0)
			return includeWithoutRole ? [{ ...noGrace, status: 'noRole', roles: [] }] : [];
		const hired = grace && requirements.notes.hireDate(owner.id);
		const pendingUntil = hired && addDays(hired, grace.days);
		return required.map(({ type, roles }) => ({
			...noGrace,
			...requirementStatus(records.get(owner.id, type.id), days, withinDays, pendingUntil),
			type,
			roles,
		}));
	};
	return (owner) => {
		const statuses = statusesOf(owner);
		if (oneRowPerOwner) {
			return statuses.some(isShown) ? [ownerRow(owner, requirements.types, statuses, days)] : [];
		}
		return statuses.filter(isShown).map((status) => requirementRow(owner, status, days));
	};
}
