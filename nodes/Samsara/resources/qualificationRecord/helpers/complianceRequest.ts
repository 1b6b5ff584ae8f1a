import type { OwnerEntityType } from '../../../api/types';
import { toList, toText } from '../../../common/coercion';
import { InvalidInputError } from '../../../common/errors';
import type { Item } from '../../../execution/item';
import { withoutCommas } from '../../shared/externalIds';
import { assetType, show, who } from './complianceProperties';
import { readDaysAhead } from './expiration';
import { readEntityType } from './locators';
import { appliesTo, requirements } from './roleProperties';

/** The parameters of one item. */
export interface ComplianceRequest {
	entityType: OwnerEntityType;
	/** What everyone must have, as IDs or names; empty if there are roles. */
	types: string[];
	roles?: RoleRequest[];
	includeWithoutRole: boolean;
	who: 'all' | 'attribute' | 'items' | 'list' | 'tag';
	/** IDs or names of the tags, attribute values or owners to check; empty for all and for input items. */
	selection: string[];
	assetType?: string;
	withinDays: number;
	/** For how many days after the date in an attribute a missing qualification is pending. */
	grace?: { attribute: string; days: number };
	show: 'all' | 'actionNeeded' | 'missing';
	oneRowPerOwner: boolean;
}

/** A role, and what everyone who has it must hold. */
export interface RoleRequest {
	name: string;
	appliesTo: 'all' | 'attribute' | 'list' | 'tag';
	/** As in `ComplianceRequest`. */
	selection: string[];
	includeChildTags: boolean;
	types: string[];
}

const SELECTION_PARAMETERS = {
	attribute: { name: 'attributeValueIds', label: 'Attribute Values' },
	list: { name: 'owners', label: 'Owners' },
	tag: { name: 'tagIds', label: 'Tags' },
};

/** @throws InvalidInputError if a parameter is missing or invalid */
export function readRequest(item: Item): ComplianceRequest {
	const entityType = readEntityType(item);
	const chosen = item.choice<ComplianceRequest['who']>(who);
	const shown = item.choice<ComplianceRequest['show']>(show);
	const stored = item.collection('options');
	const hasAssetType = entityType === 'asset' && chosen !== 'list' && chosen !== 'items';
	const chosenType = hasAssetType ? item.choice(assetType) : 'any';
	const isByRole = item.choice(requirements) === 'byRole';
	const value = (name: string) => item.value<unknown>(name, []);
	return {
		entityType,
		types: isByRole ? [] : required(value('qualificationTypes'), 'Qualification Types'),
		roles: isByRole ? readRoles(item) : undefined,
		includeWithoutRole: isByRole && item.boolean('includeWithoutRole'),
		who: chosen,
		selection: chosen === 'all' || chosen === 'items' ? [] : readSelection(chosen, value),
		assetType: chosenType === 'any' ? undefined : chosenType,
		withinDays: readDaysAhead(item.value('expiringWithinDays', undefined), 'Expiring Within Days'),
		grace: readGrace(item),
		show: shown === 'all' && stored.onlyActionNeeded === true ? 'actionNeeded' : shown,
		oneRowPerOwner: item.boolean('oneRowPerOwner') || stored.oneRowPerOwner === true,
	};
}

function readRoles(item: Item): RoleRequest[] {
	const { role: rows } = item.collection('roles');
	if (!Array.isArray(rows) || rows.length === 0) {
		throw new InvalidInputError(
			"'Roles' is empty",
			"Add a role, or choose Same for Everyone in 'Requirements'.",
		);
	}
	return (rows as Array<Record<string, unknown>>).map((row, index) => {
		const name = toText(row.name) || `Role ${index + 1}`;
		const applies = item.choice<RoleRequest['appliesTo']>(
			{ ...appliesTo, displayName: inRole(name, appliesTo.displayName) },
			row.appliesTo ?? appliesTo.default,
		);
		return {
			name,
			appliesTo: applies,
			selection:
				applies === 'all' ? [] : readSelection(applies, (parameter) => row[parameter], name),
			includeChildTags: row.includeChildTags !== false,
			types: required(row.qualificationTypes, inRole(name, 'Qualification Types')),
		};
	});
}

/** The label of a parameter of a role. Messages have labels in single quotes. */
export function inRole(role: string, label: string): string {
	return `${label}' of the role '${role}`;
}

/** Only names of tags may contain commas. */
function readSelection(
	by: keyof typeof SELECTION_PARAMETERS,
	value: (parameter: string) => unknown,
	role?: string,
): string[] {
	const { name, label } = SELECTION_PARAMETERS[by];
	const fullLabel = role === undefined ? label : inRole(role, label);
	const selection = required(value(name), fullLabel);
	return by === 'tag' ? selection : withoutCommas(selection, fullLabel);
}

function required(value: unknown, label: string): string[] {
	const values = toList(value);
	if (values.length > 0) return [...new Set(values)];
	throw new InvalidInputError(`'${label}' is empty`, `Choose at least one in '${label}'.`);
}

function readGrace(item: Item): ComplianceRequest['grace'] {
	const { hireDateAttribute, pendingDays } = item.collection('options');
	const attribute = toText(hireDateAttribute);
	if (attribute !== '')
		return { attribute, days: readDaysAhead(pendingDays, 'Pending Days After Hire') };
	if (hireDateAttribute === undefined && pendingDays === undefined) return undefined;
	throw new InvalidInputError(
		"'Hire Date Attribute' is empty",
		"Choose the attribute with the hire date, or remove 'Hire Date Attribute' and 'Pending Days After Hire'.",
	);
}
