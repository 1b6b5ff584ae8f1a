import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import type { OwnerEntityType } from '../api/types';
import { Refusal } from '../refusal';
import type { ChangeEvent } from './changes';

export type WatchEvent = ChangeEvent | 'recordExpiring' | 'recordExpired';

/** What the person set the trigger to. */
export interface WatchSettings {
	event: WatchEvent;
	entityTypes: OwnerEntityType[];
	typeIds: string[];
	ownerIds: string[];
	/** Days ahead, where expiring is watched. */
	steps: number[];
	includeDue: boolean;
	simplify: boolean;
	/** The workflow's time zone. */
	zone: string;
	/** All that decides which records are watched, in one text. */
	fingerprint: string;
}

/** Further ahead nobody plans; a typo like 6030 is caught. */
const MOST_DAYS = 3650;

/** @throws Refusal for days ahead that are none, and for filters with more entries than Samsara's stream takes */
export function settingsOf(n8n: IPollFunctions): WatchSettings {
	const event = n8n.getNodeParameter('event') as WatchEvent;
	const entityType = n8n.getNodeParameter('entityType') as OwnerEntityType | 'both';
	const filters = n8n.getNodeParameter('filters', {}) as IDataObject;
	const watched = {
		event,
		entityTypes: entityType === 'both' ? (['worker', 'asset'] as const).slice() : [entityType],
		typeIds: idList(filters.qualificationTypes, 'Qualification Types'),
		ownerIds: idList(filters.owners, 'Owners'),
		steps: event === 'recordExpiring' ? daysAhead(n8n.getNodeParameter('daysAhead')) : [],
		zone: n8n.getTimezone(),
	};
	return {
		...watched,
		includeDue: n8n.getNodeParameter('includeAlreadyDue', false) === true,
		simplify: n8n.getNodeParameter('simplify', true) === true,
		fingerprint: JSON.stringify([watched, n8n.getNode().credentials?.samsaraApi?.id]),
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
			`'Days Ahead' is '${String(value)}'`,
			`Give 'Days Ahead' one or more whole numbers from 0 to ${MOST_DAYS}, like 60, 30, 7.`,
		);
	}
	return [...new Set(days)].sort((a, b) => b - a);
}

function idList(value: unknown, label: string): string[] {
	const parts = Array.isArray(value) ? value : String(value ?? '').split(/[\s,;]+/);
	const ids = [...new Set(parts.map((part) => String(part).trim()).filter((part) => part !== ''))];
	if (ids.length > 100) {
		throw new Refusal(
			`'${label}' has ${ids.length} entries`,
			`Samsara watches up to 100 at once. Leave '${label}' empty for all, or use several triggers.`,
		);
	}
	return ids.sort();
}
