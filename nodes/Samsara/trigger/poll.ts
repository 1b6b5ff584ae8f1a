import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { SamsaraClient } from '../api/client';
import { clock, END_AHEAD_MS } from '../api/clock';
import { createTransport } from '../api/http';
import { RunContext } from '../api/runContext';
import { ownerKey, ownerNames } from '../api/ownerNames';
import { streamOf } from '../api/qualifications';
import type { RecordStream } from '../api/streamReader';
import type { QualificationRecord } from '../api/types';
import { Days } from '../fields/days';
import { expirationOf, recordRow } from '../fields/qualification/recordRow';
import { InvalidInputError } from '../common/errors';
import { detectChanges } from './changes';
import { detectExpiry } from './expiry';
import { OnePoll } from './onePoll';
import { readSettings, type TriggerSettings } from './settings';
import { STATE_VERSION, stateFrom, type TriggerState } from './state';
import { viewOf, type View } from './view';

interface EmittedRecord {
	record: QualificationRecord;
	/** Days ahead at which an expiring record is told. */
	step?: number;
}

/**
 * One poll of the trigger: the rows to emit, none when there is nothing. The static data is written only when everything
 * has been read, so that the next poll makes up for one that fails. A poll that starts while another one of the same node
 * is under way emits nothing: it would read the same state and emit the same records.
 *
 * @throws InvalidInputError, SamsaraApiError
 */
export async function poll(n8n: IPollFunctions): Promise<IDataObject[]> {
	const resolve = readSettings(n8n);
	if (n8n.getMode() === 'manual') {
		const run = new RunContext(new SamsaraClient(await createTransport(n8n)));
		const settings = await resolve(run);
		const { streams, view } = watching(run, settings);
		return await rowsOf(run, settings, [await sample(settings, streams, view)]);
	}
	const turn = OnePoll.begin(n8n);
	if (!turn) return [];
	try {
		const run = new RunContext(new SamsaraClient(await createTransport(n8n)));
		const settings = await resolve(run);
		const data = n8n.getWorkflowStaticData('node');
		const previous = stateFrom(data);
		const { emitted, state } = await detect(run, settings, previous);
		const rows = await rowsOf(run, settings, emitted);
		if (!turn.isCurrent()) return [];
		const next: TriggerState = { version: STATE_VERSION, setting: settings.fingerprint, ...state };
		data.watch = next as unknown as IDataObject;
		return rows;
	} finally {
		turn.end();
	}
}

async function detect(run: RunContext, settings: TriggerSettings, previous?: TriggerState) {
	const { event, steps, fingerprint, ...rest } = settings;
	const { streams, view } = watching(run, settings, previous);
	const clocks = { now: clock.now, samsara: () => run.client.lastDate };
	if (event === 'recordExpiring' || event === 'recordExpired') {
		const options = {
			...rest,
			steps: event === 'recordExpired' ? ('expired' as const) : steps,
			setting: fingerprint,
		};
		const { due, state } = await detectExpiry(options, previous, streams, clocks, view);
		return { emitted: due as EmittedRecord[], state };
	}
	const { records, state } = await detectChanges(event, previous, streams, clocks, view);
	return { emitted: records.map((record): EmittedRecord => ({ record })), state };
}

/**
 * One stream for each entity type: Samsara has no common one. Where both are watched, types and owners are selected here
 * only: it is not documented what a stream of workers makes of the ID of an asset.
 */
function watching(
	run: RunContext,
	settings: TriggerSettings,
	previous?: TriggerState,
): { streams: RecordStream[]; view: View } {
	const { event, entityTypes, typeIds, ownerIds } = settings;
	const filters = entityTypes.length === 1 ? { typeIds, ownerIds } : {};
	const includeDeleted = event === 'recordDeleted';
	return {
		view: viewOf(settings, previous?.setting),
		streams: entityTypes.map((entityType) => ({
			parts: [streamOf(run, { entityType, includeDeleted, ...filters })],
			all: streamOf(run, { entityType, includeDeleted: true }),
		})),
	};
}

const DAY_MS = 86_400_000;

/** Windows in which a sample is looked for, in days, the nearest first. */
const SAMPLE_DAYS = [1, 30, 365, 20 * 365];

/** A record such as the event tells: of that status, and for expiring ones the next to expire. @throws InvalidInputError */
async function sample(
	{ event, zone }: TriggerSettings,
	streams: RecordStream[],
	{ isWatched: isSelected }: View,
): Promise<EmittedRecord> {
	const now = clock.now();
	const days = new Days(new Date(now), zone);
	let anyRecord: QualificationRecord | undefined;
	for (const window of SAMPLE_DAYS) {
		const matching: QualificationRecord[] = [];
		for (const read of streams.flatMap(({ parts }) => parts)) {
			for await (const page of read(now - window * DAY_MS, now + END_AHEAD_MS)) {
				const watched = page.filter(isSelected);
				anyRecord = watched.at(-1) ?? anyRecord;
				matching.push(...watched.filter((record) => matchesEvent(event, record, days)));
			}
		}
		const best = event === 'recordExpiring' ? soonest(matching) : matching.at(-1);
		if (best) return { record: best, step: stepOf(event, best, days) };
	}
	if (anyRecord) return { record: anyRecord, step: stepOf(event, anyRecord, days) };
	throw new InvalidInputError(
		'There is no qualification record to show as a sample',
		'Change the filters, or create a qualification record in Samsara first. The active workflow does not need a sample.',
	);
}

function matchesEvent(
	event: TriggerSettings['event'],
	record: QualificationRecord,
	days: Days,
): boolean {
	const daysLeft = days.until(expirationOf(record) ?? '');
	if (event === 'recordArchived') return record.recordStatus === 'archived';
	if (event === 'recordDeleted') return record.recordStatus === 'deleted';
	if (record.recordStatus !== 'active') return false;
	if (event === 'recordExpiring') return daysLeft !== undefined && daysLeft >= 0;
	return event !== 'recordExpired' || (daysLeft !== undefined && daysLeft < 0);
}

function soonest(records: QualificationRecord[]): QualificationRecord | undefined {
	const end = (record: QualificationRecord) => Date.parse(expirationOf(record) ?? '');
	return [...records].sort((a, b) => end(a) - end(b))[0];
}

function stepOf(event: TriggerSettings['event'], record: QualificationRecord, days: Days) {
	return event === 'recordExpiring' ? days.until(expirationOf(record) ?? '') : undefined;
}

async function rowsOf(
	run: RunContext,
	{ event, zone, simplify }: TriggerSettings,
	emitted: EmittedRecord[],
): Promise<IDataObject[]> {
	const names = await ownerNames(
		run,
		emitted.map(({ record }) => record),
	);
	const days = new Days(new Date(clock.now()), zone);
	return emitted.map(({ record, step }) => {
		const ownerName = names.get(ownerKey(record));
		const eventFields = { event, ...(step === undefined ? {} : { step }) };
		const row = recordRow(record, days, ownerName, eventFields);
		if (simplify) return row;
		const { daysUntilExpiration } = row;
		return {
			...eventFields,
			daysUntilExpiration,
			ownerName,
			record: record as unknown as IDataObject,
		};
	});
}
