import type { AttributeValues } from '../../api/types';
import { hasExternalIds } from '../../common/ids';
import type { EntityWithAttributes } from './entityAdapters';

interface Sent {
	externalIds?: Record<string, string>;
	attributes?: AttributeValues[];
	[field: string]: unknown;
}

/** Whether an entity has what a create request sent, as far as the response shows it. */
export function hasWhatWasSent(entity: EntityWithAttributes, body: object): boolean {
	const { externalIds = {}, attributes = [], ...fields } = body as Sent;
	const shown = entity as Record<string, unknown>;
	return (
		hasExternalIds({ externalIds: entity.externalIds as Sent['externalIds'] }, externalIds) &&
		Object.entries(fields).every(
			([name, value]) => shown[name] === undefined || String(shown[name]) === String(value),
		) &&
		attributes.every((attribute) => hasAttribute(entity, attribute))
	);
}

function hasAttribute({ attributes }: EntityWithAttributes, sent: AttributeValues): boolean {
	if (!attributes) return true;
	const found = attributes.find(({ id }) => id === sent.id);
	// A value may be unreadable, but an attribute without values is not listed.
	return found !== undefined && ['[]', valuesText(sent)].includes(valuesText(found));
}

/** The values in any order. Dates may be returned with a time. */
function valuesText({ stringValues, numberValues, dateValues }: AttributeValues): string {
	const dates = (dateValues ?? []).map((date) => date.slice(0, 10));
	const values = [...(stringValues ?? []), ...(numberValues ?? []).map(String), ...dates];
	return JSON.stringify(values.sort());
}
