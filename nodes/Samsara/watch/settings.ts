import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import type { SamsaraClient } from '../api/client';
import type { OwnerEntityType } from '../api/types';
import { Refusal } from '../refusal';
import { toText } from '../toText';
import type { ChangeEvent } from './changes';
import { namesOrIds, ownerIdsOf, typeIdsOf } from './filters';

export type WatchEvent = ChangeEvent | 'recordExpiring' | 'recordExpired';

/** All that decides which records are watched. */
export interface Watched {
	event: WatchEvent;
	entityTypes: OwnerEntityType[];
	typeIds: string[];
	ownerIds: string[];
	/** Days ahead, where expiring is watched. */
	steps: number[];
	/** The workflow's time zone. */
	zone: string;
}

/** What the person set the trigger to. */
export interface WatchSettings extends Watched {
	includeDue: boolean;
	simplify: boolean;
	/** `Watched` and the credential in one text. */
	fingerprint: string;
}

/** Further ahead nobody plans; a typo like 6030 is caught. */
const MOST_DAYS = 3650;

/**
 * Reads what the person set; what cannot be used is refused before any call. What comes back looks up names.
 *
 * @throws Refusal for days ahead that are none, and for filters with more entries than Samsara's stream takes
 */
export function settingsOf(
	n8n: IPollFunctions,
): (samsara: SamsaraClient) => Promise<WatchSettings> {
	const event = n8n.getNodeParameter('event') as WatchEvent;
	const entityType = n8n.getNodeParameter('entityType') as OwnerEntityType | 'both';
	const filters = n8n.getNodeParameter('filters', {}) as IDataObject;
	const types = namesOrIds(filters.qualificationTypes, 'Qualification Types');
	const owners = namesOrIds(filters.owners, 'Owners');
	const steps = event === 'recordExpiring' ? daysAhead(n8n.getNodeParameter('daysAhead')) : [];
	const entityTypes: OwnerEntityType[] = entityType === 'both' ? ['worker', 'asset'] : [entityType];

	return async (samsara) => {
		// The order of the members is that of stored fingerprints.
		const watched: Watched = {
			event,
			entityTypes,
			typeIds: await typeIdsOf(samsara, entityTypes, types),
			ownerIds: await ownerIdsOf(samsara, entityTypes, owners),
			steps,
			zone: n8n.getTimezone(),
		};
		return {
			...watched,
			includeDue: n8n.getNodeParameter('includeAlreadyDue', false) === true,
			simplify: n8n.getNodeParameter('simplify', true) === true,
			fingerprint: JSON.stringify([watched, n8n.getNode().credentials?.samsaraApi?.id]),
		};
	};
}

function daysAhead(value: unknown): number[] {
	const parts = Array.isArray(value) ? value : String(value ?? '').split(/[\s,;]+/);
	const days = parts.filter((part) => part !== '').map(Number);
	if (
		days.length === 0 ||
		days.some((day) => !Number.isInteger(day) || day < 0 || day > MOST_DAYS)
	) {
		throw new Refusal(
			`'Days Ahead' is '${toText(value)}'`,
			`Give 'Days Ahead' one or more whole numbers from 0 to ${MOST_DAYS}, like 60, 30, 7.`,
		);
	}
	return [...new Set(days)].sort((a, b) => b - a);
}
