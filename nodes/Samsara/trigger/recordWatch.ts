import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { clock } from '../api/clock';
import { streamOf } from '../api/qualifications';
import { ownerKey, recordOwners } from '../api/recordOwners';
import type { RunContext } from '../api/runContext';
import type { RecordStream } from '../api/streamReader';
import type { QualificationRecord } from '../api/types';
import { alignColumns } from '../common/alignColumns';
import { Days } from '../fields/dates';
import { recordRow } from '../fields/qualification/recordRow';
import { detectChanges } from './changes';
import { detectExpiry } from './expiry';
import { findSample } from './sample';
import { readSettings, type TriggerSettings } from './settings';
import type { TriggerState } from './state';
import type { Watch } from './watch';
import { watchFilterOf } from './watchFilter';

interface EmittedRecord {
	record: QualificationRecord;
	/** The days before expiration that an expiring record has reached. */
	step?: number;
}

/** Watches qualification records. */
export function recordWatch(n8n: IPollFunctions): (run: RunContext) => Promise<Watch> {
	const resolveSettings = readSettings(n8n);
	return async (run) => {
		const settings = await resolveSettings(run);
		return {
			async sample() {
				const sample = await findSample(
					settings,
					streamsOf(run, settings),
					watchFilterOf(settings),
				);
				return await rowsOf(run, settings, [sample]);
			},
			async detect(previous, { isTimeUp, isTimeForNamesUp }) {
				const { emitted, state } = await detect(run, settings, previous, isTimeUp);
				const rows = await rowsOf(run, settings, emitted, isTimeForNamesUp);
				return { rows, state: { setting: settings.selectionKey, ...state } };
			},
		};
	};
}

async function detect(
	run: RunContext,
	settings: TriggerSettings,
	previous: TriggerState | undefined,
	isTimeUp: () => boolean,
): Promise<{ emitted: EmittedRecord[]; state: Omit<TriggerState, 'version' | 'setting'> }> {
	const { event, steps, selectionKey } = settings;
	const streams = streamsOf(run, settings);
	const filter = watchFilterOf(settings, previous);
	const clocks = {
		now: clock.now,
		samsara: () => run.client.lastDate,
		samsaraTime: run.client.timeAtSamsara.bind(run.client),
		isTimeUp,
	};
	if (event === 'recordExpiring' || event === 'recordExpired') {
		const options = {
			...settings,
			steps: event === 'recordExpired' ? ('expired' as const) : steps,
		};
		const { due, state } = await detectExpiry(options, previous, streams, clocks, filter);
		return { emitted: due, state };
	}
	const { records, state } = await detectChanges(
		{ event, selectionKey },
		previous,
		streams,
		clocks,
		filter,
	);
	return { emitted: records.map((record) => ({ record })), state };
}

/**
 * One stream per entity type, because Samsara has none for both. If both are watched, types and owners are not sent to
 * Samsara but only filtered here, because it is not documented how a stream of workers treats the ID of an asset.
 */
function streamsOf(
	run: RunContext,
	{ event, entityTypes, typeIds, ownerIds }: TriggerSettings,
): RecordStream[] {
	const filters = entityTypes.length === 1 ? { typeIds, ownerIds } : {};
	const includeDeleted = event === 'recordDeleted';
	return entityTypes.map((entityType) => ({
		entityType,
		parts: [streamOf(run, { entityType, includeDeleted, ...filters })],
		all: streamOf(run, { entityType, includeDeleted: true }),
	}));
}

async function rowsOf(
	run: RunContext,
	{ event, zone, simplify }: TriggerSettings,
	emitted: EmittedRecord[],
	isTimeUp?: () => boolean,
): Promise<IDataObject[]> {
	const records = emitted.map(({ record }) => record);
	const owners = await recordOwners(run, records, { areFew: true, isTimeUp });
	const days = new Days(new Date(clock.now()), zone);
	const groups = new Map<IDataObject, string>();
	const rows = emitted.map(({ record, step }) => {
		const owner = owners.get(ownerKey(record));
		const eventFields = { event, ...(step === undefined ? {} : { step }) };
		const row = recordRow(record, days, owner, eventFields);
		groups.set(row, record.qualificationType.id);
		if (simplify) return row;
		return {
			...eventFields,
			daysUntilExpiration: row.daysUntilExpiration,
			ownerName: owner?.name,
			record: record as unknown as IDataObject,
		};
	});
	return alignColumns(rows, (row) => groups.get(row));
}
