import { valueTypeOf, valueIds } from './assignments.mts';
import type { Context } from './endpoint.mts';
import { list, text } from './endpoint.mts';
import { invalid } from './errors.mts';
import type { Settings } from './settings.mts';
import type { State } from './state.mts';
import { isDate, isDateTime } from './times.mts';
import type { Entity } from './types.mts';

/**
 * What the `attributes` filter of an endpoint accepts. Drivers accept values and numeric ranges, vehicles also date ranges,
 * and assets only ranges, which can have one open bound.
 */
export interface AttributeFilter {
	values: boolean;
	dates: boolean;
	openBounds: boolean;
}

/**
 * Applies the filters `tagIds`, `parentTagIds`, `attributeValueIds`, `attributes`, `updatedAfterTime` and
 * `createdAfterTime`, as far as the endpoint accepts them.
 * @throws ApiError 400 for an invalid time or attribute filter
 */
export function filtered<Row extends Entity>(
	context: Context,
	rows: Row[],
	attributeFilter?: AttributeFilter,
): Row[] {
	const { state } = context.backend;
	const tests: Array<(row: Row) => boolean> = [];
	const tagIds = list(context, 'tagIds');
	if (tagIds.length > 0) tests.push((row) => row.tagIds.some((id) => tagIds.includes(id)));
	const parents = list(context, 'parentTagIds');
	if (parents.length > 0) {
		const withDescendants = descendants(state, parents);
		tests.push((row) => row.tagIds.some((id) => withDescendants.has(id)));
	}
	for (const [parameter, member] of [
		['updatedAfterTime', 'updatedAtTime'],
		['createdAfterTime', 'createdAtTime'],
	] as const) {
		const time = text(context, parameter);
		if (time === undefined) continue;
		if (!isDateTime(time)) throw invalid(`${parameter}: not an RFC 3339 time: "${time}"`);
		const from = Date.parse(time);
		tests.push((row) => Date.parse(row[member]) >= from);
	}
	for (const id of list(context, 'attributeValueIds')) {
		tests.push((row) => hasValue(state, row, id));
	}
	if (attributeFilter !== undefined) {
		const { attributeConditions } = context.backend.settings;
		for (const condition of conditions(list(context, 'attributes'), attributeConditions)) {
			tests.push(attributeTest(state, condition, attributeFilter));
		}
	}
	return rows.filter((row) => tests.every((test) => test(row)));
}

function descendants(state: State, parents: string[]): Set<string> {
	const ids = new Set(parents);
	let size = 0;
	while (size !== ids.size) {
		size = ids.size;
		for (const { id, parentTagId } of state.tags.values()) {
			if (parentTagId !== undefined && ids.has(parentTagId)) ids.add(id);
		}
	}
	return ids;
}

function hasValue(state: State, row: Entity, valueId: string): boolean {
	return row.attributes.some((assignment) => {
		const attribute = state.attributes.get(assignment.attributeId);
		return attribute !== undefined && valueIds(attribute, assignment).includes(valueId);
	});
}

/**
 * Splits the parameter into conditions. The documentation of drivers names the semicolon, that of vehicles and assets the
 * comma, and the examples repeat the parameter, so all three are accepted. A comma separates conditions only if a `Name:`
 * follows.
 */
function conditions(parameters: string[], separators: Settings['attributeConditions']): string[] {
	const read = separators === 'semicolon' ? parameters.slice(0, 1) : parameters;
	return read
		.flatMap((parameter) =>
			separators === 'repeated' ? [parameter] : parameter.split(/;|,(?=[^(),]+:)/),
		)
		.map((condition) => condition.trim())
		.filter((condition) => condition !== '');
}

function attributeTest(
	state: State,
	condition: string,
	allowed: AttributeFilter,
): (row: Entity) => boolean {
	const colon = condition.indexOf(':');
	if (colon < 1) throw invalid(`attributes: "${condition}" is not Name:value`);
	const name = condition.slice(0, colon);
	const value = condition.slice(colon + 1);
	const range = /^range\(([^,]*),([^,]*)\)$/.exec(value);
	if (range === null) {
		if (!allowed.values) throw invalid('attributes: only ranges are supported here');
		return (row) =>
			attributeValues(state, row, name).some((assigned) => String(assigned) === value);
	}
	const [from, to] = [range[1].trim(), range[2].trim()];
	if ((from === '' || to === '') && !(allowed.openBounds && from !== to)) {
		throw invalid(`attributes: both bounds are required in "${condition}"`);
	}
	const input = [from, to].filter((bound) => bound !== '');
	if (input.every((bound) => Number.isFinite(Number(bound)))) {
		const [low, high] = [from === '' ? -Infinity : Number(from), to === '' ? Infinity : Number(to)];
		return (row) =>
			attributeValues(state, row, name).some(
				(assigned) => typeof assigned === 'number' && assigned >= low && assigned <= high,
			);
	}
	if (!allowed.dates || !input.every(isDate)) {
		throw invalid(`attributes: the bounds of "${condition}" are not supported here`);
	}
	return (row) =>
		attributeValues(state, row, name).some(
			(assigned) =>
				typeof assigned === 'string' &&
				isDate(assigned) &&
				(from === '' || assigned >= from) &&
				(to === '' || assigned <= to),
		);
}

function attributeValues(state: State, row: Entity, name: string): Array<string | number> {
	return row.attributes.flatMap<string | number>((assignment) => {
		const attribute = state.attributes.get(assignment.attributeId);
		if (attribute === undefined || attribute.name !== name) return [];
		return assignment[valueTypeOf(attribute).list] ?? [];
	});
}
