import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import type { RunContext } from '../api/runContext';
import type { OwnerEntityType } from '../api/types';
import { InvalidInputError } from '../common/errors';
import { toText } from '../common/toText';
import type { ChangeEvent } from './changes';
import { namesOrIds, ownerIdsOf, typeIdsOf } from './filters';

export type TriggerEvent = ChangeEvent | 'recordExpiring' | 'recordExpired';

/** All that decides which records are watched. */
export interface Watched {
	event: TriggerEvent;
	entityTypes: OwnerEntityType[];
	typeIds: string[];
	ownerIds: string[];
	/** Days ahead, where expiring is watched. */
	steps: number[];
	/** The workflow's time zone. */
	zone: string;
}

/** What the person set the trigger to. */
export interface TriggerSettings extends Watched {
	includeDue: boolean;
	simplify: boolean;
	/** `Watched` and the credential in one text. */
	fingerprint: string;
}

/** Further ahead nobody plans; a typo like 6030 is caught. */
const MAX_DAYS = 3650;

/**
 * Reads what the person set; what cannot be used is refused before any call. What comes back looks up names.
 *
 * @throws InvalidInputError for days ahead that are none, and for filters with more entries than Samsara's stream takes
 */
export function readSettings(n8n: IPollFunctions): (run: RunContext) => Promise<TriggerSettings> {
	const event = n8n.getNodeParameter('event') as TriggerEvent;
	const entityType = n8n.getNodeParameter('entityType') as OwnerEntityType | 'both';
	const filters = n8n.getNodeParameter('filters', {}) as IDataObject;
	const types = namesOrIds(filters.qualificationTypes, 'Qualification Types');
	const owners = namesOrIds(filters.owners, 'Owners');
	const steps = event === 'recordExpiring' ? daysAhead(n8n.getNodeParameter('daysAhead')) : [];
	const entityTypes: OwnerEntityType[] = entityType === 'both' ? ['worker', 'asset'] : [entityType];

	return async (run) => {
		// The order of the members is that of stored fingerprints.
		const selection: Watched = {
			event,
			entityTypes,
			typeIds: await typeIdsOf(run, entityTypes, types),
			ownerIds: await ownerIdsOf(run, entityTypes, owners),
			steps,
			zone: n8n.getTimezone(),
		};
		return {
			...selection,
			includeDue: n8n.getNodeParameter('includeAlreadyDue', false) === true,
			simplify: n8n.getNodeParameter('simplify', true) === true,
			fingerprint: JSON.stringify([selection, n8n.getNode().credentials?.samsaraApi?.id]),
		};
	};
}

function daysAhead(value: unknown): number[] {
	const parts = Array.isArray(value) ? value : String(value ?? '').split(/[\s,;]+/);
	const days = parts.filter((part) => part !== '').map(Number);
	if (
		days.length === 0 ||
		days.some((day) => !Number.isInteger(day) || day < 0 || day > MAX_DAYS)
	) {
		throw new InvalidInputError(
			`'Days Ahead' is '${toText(value)}'`,
			`Give 'Days Ahead' one or more whole numbers from 0 to ${MAX_DAYS}, like 60, 30, 7.`,
		);
	}
	return [...new Set(days)].sort((a, b) => b - a);
}
