import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { SamsaraClient } from '../api/client';
import { clock } from '../api/clock';
import { createTransport } from '../api/http';
import { streamOf } from '../api/qualifications';
import { ownerKey, recordOwners } from '../api/recordOwners';
import { RunContext } from '../api/runContext';
import type { RecordStream } from '../api/streamReader';
import type { QualificationRecord } from '../api/types';
import { alignColumns } from '../common/alignColumns';
import { Days } from '../fields/dates';
import { recordRow } from '../fields/qualification/recordRow';
import { detectChanges } from './changes';
import { detectExpiry } from './expiry';
import { pollBudget } from './pollBudget';
import { PollLock } from './pollLock';
import { findSample } from './sample';
import { readSettings, type TriggerSettings } from './settings';
import { STATE_VERSION, stateFrom, type TriggerState } from './state';
import { watchFilterOf } from './watchFilter';

interface EmittedRecord {
	record: QualificationRecord;
	/** The days before expiration that an expiring record has reached. */
	step?: number;
}

/**
 * Polls once and returns the rows to emit, if any. The state is stored only after everything has been read, so the next
 * poll makes up for one that fails. A poll that starts while another one of the same node is running emits nothing, because
 * it would read the same state and emit the same records.
 *
 * @throws InvalidInputError, SamsaraApiError
 */
export async function poll(n8n: IPollFunctions): Promise<IDataObject[]> {
	const resolveSettings = readSettings(n8n);
	const budget = pollBudget(n8n);
	const start = async () => {
		const run = new RunContext(new SamsaraClient(await createTransport(n8n), budget.clientOptions));
		return { run, settings: await resolveSettings(run) };
	};
	if (n8n.getMode() === 'manual') {
		const { run, settings } = await start();
		const sample = await findSample(settings, streamsOf(run, settings), watchFilterOf(settings));
		return await rowsOf(run, settings, [sample]);
	}
	const lock = PollLock.acquire(n8n);
	if (!lock) return [];
	try {
		const { run, settings } = await start();
		const data = n8n.getWorkflowStaticData('node');
		const { emitted, state } = await detect(run, settings, stateFrom(data), budget.isTimeUp);
		const rows = await rowsOf(run, settings, emitted);
		if (!lock.isCurrent()) return [];
		const next: TriggerState = { version: STATE_VERSION, setting: settings.selectionKey, ...state };
		data.watch = next as unknown as IDataObject;
		return rows;
	} finally {
		lock.release();
	}
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
): Promise<IDataObject[]> {
	const records = emitted.map(({ record }) => record);
	const owners = await recordOwners(run, records);
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
