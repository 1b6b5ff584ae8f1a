import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { SamsaraClient } from '../api/client';
import { clock } from '../api/clock';
import { connect } from '../api/http';
import { ownerKey, ownerNames } from '../api/ownerNames';
import { windowPages } from '../api/qualifications';
import type { QualificationRecord } from '../api/types';
import { Days } from '../fields/days';
import { expirationOf, recordRow } from '../fields/qualification/recordRow';
import { Refusal } from '../refusal';
import { tellChanges } from './changes';
import { tellExpiry } from './expiry';
import type { ReadStream } from './reading';
import { settingsOf, type WatchSettings } from './settings';
import { STATE_VERSION, stateFrom, type WatchState } from './state';

interface Told {
	record: QualificationRecord;
	/** Days ahead at which an expiring record is told. */
	step?: number;
}

/**
 * One poll of the trigger: the rows of what is to be told, none when nothing is. What was told is written to the
 * static data only when all of it has been read, so that a poll that breaks off is made up for by the next.
 *
 * @throws Refusal, SamsaraFailure
 */
export async function poll(n8n: IPollFunctions): Promise<IDataObject[]> {
	const settings = settingsOf(n8n);
	const samsara = new SamsaraClient(await connect(n8n));
	const streams = streamsOf(samsara, settings);
	if (n8n.getMode() === 'manual')
		return await rowsOf(samsara, settings, [await sample(settings, streams)]);

	const data = n8n.getWorkflowStaticData('node');
	const { told, state } = await tell(settings, stateFrom(data), streams);
	const rows = await rowsOf(samsara, settings, told);
	const next: WatchState = { version: STATE_VERSION, setting: settings.fingerprint, ...state };
	data.watch = next as unknown as IDataObject;
	return rows;
}

async function tell(settings: WatchSettings, known: WatchState | undefined, streams: ReadStream[]) {
	const { event, steps, fingerprint, ...rest } = settings;
	if (event === 'recordExpiring' || event === 'recordExpired') {
		const options = {
			...rest,
			steps: event === 'recordExpired' ? ('expired' as const) : steps,
			setting: fingerprint,
		};
		const { due, state } = await tellExpiry(options, known, streams, clock.now);
		return { told: due as Told[], state };
	}
	const { records, state } = await tellChanges(event, known, streams, clock.now);
	return { told: records.map((record): Told => ({ record })), state };
}

/**
 * One stream an entity type: Samsara has no common one. Where both are watched, types and owners are chosen on our side:
 * it is not documented what a stream of workers makes of the ID of an asset.
 */
function streamsOf(
	samsara: SamsaraClient,
	{ event, entityTypes, typeIds, ownerIds }: WatchSettings,
): ReadStream[] {
	const chosen = entityTypes.length === 1 ? { typeIds, ownerIds } : {};
	const isWatched = ({ qualificationType, owner }: QualificationRecord) =>
		(typeIds.length === 0 || typeIds.includes(qualificationType.id)) &&
		(ownerIds.length === 0 || ownerIds.includes(owner.id));
	return entityTypes.map(
		(entityType) =>
			async function* (from, to) {
				const window = {
					entityType,
					updatedAfter: new Date(from).toISOString(),
					updatedBefore: new Date(to).toISOString(),
					includeDeleted: event === 'recordDeleted',
				};
				for await (const page of windowPages(samsara, { ...window, ...chosen })) {
					yield page.filter(isWatched);
				}
			},
	);
}

const DAY_MS = 86_400_000;

/** Windows in which a sample is looked for, in days, the nearest first. */
const SAMPLE_DAYS = [1, 30, 365, 20 * 365];

/** A record such as the event tells: of that status, and for expiring ones the next to expire. @throws Refusal */
async function sample({ event, zone }: WatchSettings, streams: ReadStream[]): Promise<Told> {
	const now = clock.now();
	const days = new Days(new Date(now), zone);
	let any: QualificationRecord | undefined;
	for (const window of SAMPLE_DAYS) {
		const fitting: QualificationRecord[] = [];
		for (const read of streams) {
			for await (const page of read(now - window * DAY_MS, now)) {
				any = page.at(-1) ?? any;
				fitting.push(...page.filter((record) => fits(event, record, days)));
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
