import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { credentialId } from '../api/http';
import type { RunContext } from '../api/runContext';
import { readAllTags, readTags, withChildTags } from '../api/tags';
import type { Driver } from '../api/types';
import { normalize, toList, toText } from '../common/coercion';
import { choiceError } from '../common/errors';
import { DRIVER_PARTS, type DriverPart } from './driverParts';
import type { ChangedDriver, DriverEvent } from './drivers';

/** The parameters of a trigger on drivers. */
export interface DriverSettings {
	event: DriverEvent;
	simplify: boolean;
	/** The event and the credential as JSON. The filters do not count, because all drivers are remembered. */
	selectionKey: string;
	/** The changes that trigger; empty for all. */
	parts: DriverPart[];
	/** Whether the driver passes the filters by status and tag. */
	isWatched: (driver: Driver) => boolean;
}

const STATUSES = ['active', 'all', 'deactivated'];

/**
 * Reads the parameters, and refuses invalid ones before any call is made.
 *
 * @returns a function that looks up the tags and completes the settings
 * @throws InvalidInputError for a status or a change that is not among the choices
 */
export function readDriverSettings(
	n8n: IPollFunctions,
): (run: RunContext) => Promise<DriverSettings> {
	const event = n8n.getNodeParameter('event') as DriverEvent;
	const filters = n8n.getNodeParameter('filters', {}) as IDataObject;
	const status = toText(filters.driverActivationStatus) || 'all';
	if (!STATUSES.includes(status)) throw choiceError('Status', status, STATUSES);
	const changes = event === 'driverUpdated' ? toList(filters.changes) : [];
	const parts = changes.map((change) => {
		const part = DRIVER_PARTS.find((name) => normalize(name) === normalize(change));
		if (!part) throw choiceError('Changes', change, DRIVER_PARTS);
		return part;
	});

	return async (run) => {
		const tagIds = await watchedTags(run, filters);
		return {
			event,
			parts,
			simplify: n8n.getNodeParameter('simplify', true) === true,
			selectionKey: JSON.stringify([{ event }, credentialId(n8n.getNode())]),
			isWatched: ({ driverActivationStatus, tags = [] }) =>
				(status === 'all' || status === driverActivationStatus) &&
				(!tagIds || tags.some(({ id }) => tagIds.has(String(id)))),
		};
	};
}

/** A driver whose changes are not remembered passes, so that nothing is lost. */
export function hasWatchedChange({ parts: watched }: DriverSettings, { parts }: ChangedDriver) {
	return watched.length === 0 || !parts || parts.some((part) => watched.includes(part));
}

/** The tags to watch: 'Tags', and 'Parent Tags' with all their child tags; undefined for all drivers. */
async function watchedTags(
	run: RunContext,
	filters: IDataObject,
): Promise<Set<string> | undefined> {
	const tagIds = (await readTags(run, filters.tagIds, 'Tags')) ?? [];
	const parentIds = (await readTags(run, filters.parentTagIds, 'Parent Tags')) ?? [];
	if (tagIds.length + parentIds.length === 0) return undefined;
	const allTags = parentIds.length > 0 ? await readAllTags(run) : [];
	return new Set([...tagIds, ...withChildTags(allTags, parentIds)]);
}
