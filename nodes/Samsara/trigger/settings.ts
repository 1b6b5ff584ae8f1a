import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { credentialId } from '../api/http';
import type { RunContext } from '../api/runContext';
import type { OwnerEntityType } from '../api/types';
import { InvalidInputError } from '../common/errors';
import { quote } from '../common/coercion';
import type { ChangeEvent } from './changes';
import { parseFilter, resolveOwnerIds, resolveTypeIds } from './filters';

export type TriggerEvent = ChangeEvent | 'recordExpiring' | 'recordExpired';

/** What decides which records are watched. */
export interface WatchSelection {
	event: TriggerEvent;
	entityTypes: OwnerEntityType[];
	typeIds: string[];
	ownerIds: string[];
	/** Days before expiration, for Record Expiring. */
	steps: number[];
	/** The workflow's time zone. */
	zone: string;
}

/** The parameters of the trigger. */
export interface TriggerSettings extends WatchSelection {
	includeDue: boolean;
	simplify: boolean;
	/** The `WatchSelection` and the credential as JSON. */
	selectionKey: string;
}

/** Nobody plans further ahead; catches typos like 6030. */
const MAX_DAYS = 3650;

/**
 * Reads the parameters, and refuses invalid ones before any call is made.
 *
 * @returns a function that looks up the names in the filters and completes the settings
 * @throws InvalidInputError for invalid days ahead, and for filters with more entries than Samsara's stream accepts
 */
export function readSettings(n8n: IPollFunctions): (run: RunContext) => Promise<TriggerSettings> {
	const event = n8n.getNodeParameter('event') as TriggerEvent;
	const entityType = n8n.getNodeParameter('entityType') as OwnerEntityType | 'both';
	const filters = n8n.getNodeParameter('filters', {}) as IDataObject;
	const chosen = parseFilter(n8n.getNodeParameter('qualificationTypes', []), 'Qualification Types');
	const types =
		chosen.length > 0 ? chosen : parseFilter(filters.qualificationTypes, 'Qualification Types');
	const owners = parseFilter(filters.owners, 'Owners');
	const steps = event === 'recordExpiring' ? parseDaysAhead(n8n.getNodeParameter('daysAhead')) : [];
	const entityTypes: OwnerEntityType[] = entityType === 'both' ? ['worker', 'asset'] : [entityType];

	return async (run) => {
		// Stored states contain this object as JSON: keep its names and their order.
		const selection: WatchSelection = {
			event,
			entityTypes,
			typeIds: await resolveTypeIds(run, entityTypes, types),
			ownerIds: await resolveOwnerIds(run, entityTypes, owners),
			steps,
			zone: n8n.getTimezone(),
		};
		return {
			...selection,
			includeDue: n8n.getNodeParameter('includeAlreadyDue', false) === true,
			simplify: n8n.getNodeParameter('simplify', true) === true,
			selectionKey: JSON.stringify([selection, credentialId(n8n.getNode())]),
		};
	};
}

function parseDaysAhead(value: unknown): number[] {
	const parts = Array.isArray(value) ? value : String(value ?? '').split(/[\s,;]+/);
	const days = parts.filter((part) => part !== '').map(Number);
	if (
		days.length === 0 ||
		days.some((day) => !Number.isInteger(day) || day < 0 || day > MAX_DAYS)
	) {
		throw new InvalidInputError(
			`'Days Ahead' must be whole numbers from 0 to ${MAX_DAYS}, but is ${quote(value)}`,
			'Enter one or more numbers separated by commas, like 60, 30, 7.',
		);
	}
	return [...new Set(days)].sort((a, b) => b - a);
}
