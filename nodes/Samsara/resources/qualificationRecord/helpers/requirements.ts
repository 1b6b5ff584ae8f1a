import { readDefinitions } from '../../../api/attributes';
import { allOwners, getOwnerDirectory, ownerPages, type Owner } from '../../../api/owners';
import { qualificationTypes } from '../../../api/qualifications';
import type { RunContext } from '../../../api/runContext';
import { readAllTags, readTags, withChildTags } from '../../../api/tags';
import type { Attribute, OwnerEntityType, QualificationType } from '../../../api/types';
import { InvalidInputError } from '../../../common/errors';
import { idsOf } from '../../../common/ids';
import { unless } from '../../../common/settle';
import type { Item } from '../../../execution/item';
import { valueTypeOf } from '../../../fields/attribute/attributeValueType';
import type { Requirement } from '../../../fields/qualification/compliance';
import { selectTypes } from '../../../fields/qualification/qualificationType';
import { findByName } from '../../shared/attributeApi';
import { inRole, type ComplianceRequest, type RoleRequest } from './complianceRequest';
import { unknownOwnerError } from './locators';
import { OwnerNotes } from './ownerNotes';

interface Role {
	name: string;
	types: QualificationType[];
	/** Whether an owner who has been read has the role. */
	has: (owner: Owner) => boolean;
}

/** What each owner must hold. */
export interface Requirements {
	/** All types, each once. */
	types: QualificationType[];
	/** Empty if everyone must have the same. */
	roles: Role[];
	notes: OwnerNotes;
	/** What an owner must hold; nothing if no role applies. */
	of: (owner: Owner) => Requirement[];
}

/**
 * Resolves what is required, before any owner or record is read. Only the members of a role by attribute value are read,
 * because Samsara knows best who has a value. Tags are compared here: it is not documented whether its filters count a tag
 * or only its child tags.
 *
 * @throws InvalidInputError for a type, tag, attribute, or value that does not exist
 */
export async function readRequirements(
	{ run }: Item,
	request: ComplianceRequest,
): Promise<Requirements> {
	const { entityType, grace, roles: roleRequests } = request;
	const allTypes = await qualificationTypes(run, entityType);
	const notes = new OwnerNotes(entityType, {
		tags: roleRequests?.some(({ appliesTo }) => appliesTo === 'tag') ?? false,
		hireDate: grace && (await findDateAttribute(run, entityType, grace.attribute)),
	});
	if (!roleRequests) {
		const types = selectTypes(allTypes, request.types, 'Qualification Types');
		const required = types.map((type) => ({ type }));
		return { types, roles: [], notes, of: () => required };
	}
	const memberships: Array<() => Promise<Role['has']>> = [];
	const typesByRole: QualificationType[][] = [];
	for (const role of roleRequests) {
		const label = inRole(role.name, 'Qualification Types');
		typesByRole.push(selectTypes(allTypes, role.types, label));
		memberships.push(await membership(run, request, role, notes));
	}
	const roles: Role[] = [];
	for (const [index, { name }] of roleRequests.entries())
		roles.push({ name, types: typesByRole[index], has: await memberships[index]() });
	return { types: typesOf(roles), roles, notes, of: (owner) => requiredTypes(roles, owner) };
}

function typesOf(roles: Role[]): QualificationType[] {
	const types = roles.flatMap((role) => role.types);
	return [...new Map(types.map((type) => [type.id, type])).values()];
}

/** Each type once, however many roles require it. */
function requiredTypes(roles: Role[], owner: Owner): Requirement[] {
	const required = new Map<string, { type: QualificationType; roles: string[] }>();
	for (const { name, types } of roles.filter(({ has }) => has(owner))) {
		for (const type of types) {
			const entry = required.get(type.id) ?? { type, roles: [] };
			required.set(type.id, entry);
			if (!entry.roles.includes(name)) entry.roles.push(name);
		}
	}
	return [...required.values()];
}

/**
 * Checks whom a role is for.
 *
 * @returns a function that reads what is needed to tell who has the role
 */
async function membership(
	run: RunContext,
	request: ComplianceRequest,
	role: RoleRequest,
	notes: OwnerNotes,
): Promise<() => Promise<Role['has']>> {
	const { selection } = role;
	switch (role.appliesTo) {
		case 'all':
			return async () => () => true;
		case 'list': {
			const ids = new Set(selection);
			return async () => (owner) => idsOf(owner).some((id) => ids.has(id));
		}
		case 'tag': {
			const ids = (await readTags(run, selection, inRole(role.name, 'Tags'), true)) ?? [];
			const tags = role.includeChildTags
				? withChildTags(await readAllTags(run), ids)
				: new Set(ids);
			return async () => (owner) => notes.hasTag(owner.id, tags);
		}
		case 'attribute': {
			await checkValues(run, request.entityType, role);
			return async () => {
				const members = await readMembers(run, request, selection);
				return (owner) => members.has(owner.id);
			};
		}
	}
}

/** The IDs of those who have all of the values, as far as they may be among the owners that are checked. */
async function readMembers(
	run: RunContext,
	{ entityType, who, assetType }: ComplianceRequest,
	attributeValueIds: string[],
): Promise<Set<string>> {
	const isNamed = who === 'items' || who === 'list';
	const members = new Set<string>();
	const pages = (isNamed ? allOwners : ownerPages)(run, entityType, {
		query: { type: assetType, attributeValueIds },
	});
	for await (const page of pages) for (const { id } of page) members.add(id);
	return members;
}

/** A value that does not exist would leave everyone out. */
async function checkValues(
	run: RunContext,
	entityType: OwnerEntityType,
	{ name, selection }: RoleRequest,
): Promise<void> {
	const attributes = await readDefinitions(run, attributeEntity(entityType));
	const known = new Set(attributes.flatMap(({ values = [] }) => values.map(({ id }) => id)));
	const unknown = selection.find((id) => !known.has(id));
	if (unknown === undefined) return;
	throw new InvalidInputError(
		`'${inRole(name, 'Attribute Values')}' contains '${unknown}', which is not the ID of a value`,
		"Choose the values from the list, and check 'Belongs To'.",
	);
}

async function findDateAttribute(
	run: RunContext,
	entityType: OwnerEntityType,
	idOrName: string,
): Promise<Attribute> {
	const attributes = await readDefinitions(run, attributeEntity(entityType));
	const attribute =
		attributes.find(({ id }) => id === idOrName) ?? findByName(attributes, idOrName);
	if (attribute && valueTypeOf(attribute).list === 'dateValues') return attribute;
	throw new InvalidInputError(
		attribute
			? `'Hire Date Attribute' is '${attribute.name}', which is not a date attribute`
			: `'Hire Date Attribute' is '${idOrName}', which does not exist`,
		"Choose an attribute from the list, and check 'Belongs To'.",
	);
}

function attributeEntity(entityType: OwnerEntityType) {
	return entityType === 'asset' ? 'asset' : 'driver';
}

/**
 * Makes sure that the lists of the roles name only owners who exist: a mistyped ID would leave someone out. Those that were
 * not among the owners checked are looked up.
 *
 * @throws InvalidInputError for an ID that nobody has; SamsaraApiError if that cannot be found out
 */
export async function checkLists(
	run: RunContext,
	{ entityType, roles = [] }: ComplianceRequest,
	checked: Iterable<Owner>,
): Promise<void> {
	const lists = roles.filter(({ appliesTo }) => appliesTo === 'list');
	if (lists.length === 0) return;
	const seen = new Set([...checked].flatMap(idsOf));
	const directory = await getOwnerDirectory(run, entityType);
	const unseen = lists.flatMap(({ selection }) => selection).filter((id) => !seen.has(id));
	await unless([404], async () => await directory.readByIds(unseen));
	const found = directory.known(unseen);
	for (const { name, selection } of lists) {
		const unknown = selection.find((id) => !seen.has(id) && !found.has(id));
		if (unknown !== undefined) throw unknownOwnerError(inRole(name, 'Owners'), unknown, entityType);
	}
}
