import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { SamsaraClient } from '../api/client';
import { clock, END_AHEAD_MS } from '../api/clock';
import { connect } from '../api/http';
import { ownerKey, ownerNames } from '../api/ownerNames';
import { streamOf } from '../api/qualifications';
import type { RecordStream } from '../api/streamReader';
import type { QualificationRecord } from '../api/types';
import { Days } from '../fields/days';
import { expirationOf, recordRow } from '../fields/qualification/recordRow';
import { Refusal } from '../refusal';
import { tellChanges } from './changes';
import { tellExpiry } from './expiry';
import { OnePoll } from './onePoll';
import { settingsOf, type WatchSettings } from './settings';
import { STATE_VERSION, stateFrom, type WatchState } from './state';
import { viewOf, type View } from './view';

interface Told {
	record: QualificationRecord;
	/** Days ahead at which an expiring record is told. */
	step?: number;
}

/**
 * One poll of the trigger: the rows to emit, none when there is nothing. The static data is written only when everything
 * has been read, so that the next poll makes up for one that fails. A poll that starts while another one of the same node
 * is under way emits nothing: it would read the same state and emit the same records.
 *
 * @throws Refusal, SamsaraFailure
 */
export async function poll(n8n: IPollFunctions): Promise<IDataObject[]> {
	const resolve = settingsOf(n8n);
	if (n8n.getMode() === 'manual') {
		const samsara = new SamsaraClient(await connect(n8n));
		const settings = await resolve(samsara);
		const { streams, view } = watching(samsara, settings);
		return await rowsOf(samsara, settings, [await sample(settings, streams, view)]);
	}
	const turn = OnePoll.begin(n8n);
	if (!turn) return [];
	try {
		const samsara = new SamsaraClient(await connect(n8n));
		const settings = await resolve(samsara);
		const data = n8n.getWorkflowStaticData('node');
		const known = stateFrom(data);
		const { told, state } = await tell(samsara, settings, known);
		const rows = await rowsOf(samsara, settings, told);
		if (!turn.isCurrent()) return [];
		const next: WatchState = { version: STATE_VERSION, setting: settings.fingerprint, ...state };
		data.watch = next as unknown as IDataObject;
		return rows;
	} finally {
		turn.end();
	}
}

async function tell(samsara: SamsaraClient, settings: WatchSettings, known?: WatchState) {
	const { event, steps, fingerprint, ...rest } = settings;
	const { streams, view } = watching(samsara, settings, known);
	const clocks = { now: clock.now, samsara: () => samsara.lastDate };
	if (event === 'recordExpiring' || event === 'recordExpired') {
		const options = {
			...rest,
			steps: event === 'recordExpired' ? ('expired' as const) : steps,
			setting: fingerprint,
		};
		const { due, state } = await tellExpiry(options, known, streams, clocks, view);
		return { told: due as Told[], state };
	}
	const { records, state } = await tellChanges(event, known, streams, clocks, view);
	return { told: records.map((record): Told => ({ record })), state };
}

/**
 * One stream for each entity type: Samsara has no common one. Where both are watched, types and owners are selected here
 * only: it is not documented what a stream of workers makes of the ID of an asset.
 */
function watching(
	samsara: SamsaraClient,
	settings: WatchSettings,
	known?: WatchState,
): { streams: RecordStream[]; view: View } {
	const { event, entityTypes, typeIds, ownerIds } = settings;
	const filters = entityTypes.length === 1 ? { typeIds, ownerIds } : {};
	const includeDeleted = event === 'recordDeleted';
	return {
		view: viewOf(settings, known?.setting),
		streams: entityTypes.map((entityType) => ({
			parts: [streamOf(samsara, { entityType, includeDeleted, ...filters })],
			all: streamOf(samsara, { entityType, includeDeleted: true }),
		})),
	};
}

const DAY_MS = 86_400_000;

/** Windows in which a sample is looked for, in days, the nearest first. */
const SAMPLE_DAYS = [1, 30, 365, 20 * 365];

/** A record such as the event tells: of that status, and for expiring ones the next to expire. @throws Refusal */
async function sample(
	{ event, zone }: WatchSettings,
	streams: RecordStream[],
	{ isWatched }: View,
): Promise<Told> {
	const now = clock.now();
	const days = new Days(new Date(now), zone);
	let any: QualificationRecord | undefined;
	for (const window of SAMPLE_DAYS) {
		const fitting: QualificationRecord[] = [];
		for (const read of streams.flatMap(({ parts }) => parts)) {
			for await (const page of read(now - window * DAY_MS, now + END_AHEAD_MS)) {
				const watched = page.filter(isWatched);
				any = watched.at(-1) ?? any;
				fitting.push(...watched.filter((record) => fits(event, record, days)));
			}
		}
		const best = event === 'recordExpiring' ? soonest(fitting) : fitting.at(-1);
		if (best) return { record: best, step: stepOf(event, best, days) };
	}
	if (any) return { record: any, step: stepOf(event, any, days) };
	throw new Refusal(
		'There is no qualification record to show as a sample',
		'Change the filters, or create a qualification record in Samsara first. The active workflow does not need a sample.',
	);
}

function fits(event: WatchSettings['event'], record: QualificationRecord, days: Days): boolean {
	const left = days.until(expirationOf(record) ?? '');
	if (event === 'recordArchived') return record.recordStatus === 'archived';
	if (event === 'recordDeleted') return record.recordStatus === 'deleted';
	if (record.recordStatus !== 'active') return false;
	if (event === 'recordExpiring') return left !== undefined && left >= 0;
	return event !== 'recordExpired' || (left !== undefined && left < 0);
}

function soonest(records: QualificationRecord[]): QualificationRecord | undefined {
	const end = (record: QualificationRecord) => Date.parse(expirationOf(record) ?? '');
	return [...records].sort((a, b) => end(a) - end(b))[0];
}

function stepOf(event: WatchSettings['event'], record: QualificationRecord, days: Days) {
	return event === 'recordExpiring' ? days.until(expirationOf(record) ?? '') : undefined;
}

async function rowsOf(
	samsara: SamsaraClient,
	{ event, zone, simplify }: WatchSettings,
	told: Told[],
): Promise<IDataObject[]> {
	const names = await ownerNames(
		samsara,
		told.map(({ record }) => record),
	);
	const days = new Days(new Date(clock.now()), zone);
	return told.map(({ record, step }) => {
		const ownerName = names.get(ownerKey(record));
		const news = { event, ...(step === undefined ? {} : { step }) };
		const row = recordRow(record, days, ownerName, news);
		if (simplify) return row;
		const { daysUntilExpiration } = row;
		return { ...news, daysUntilExpiration, ownerName, record: record as unknown as IDataObject };
	});
}
