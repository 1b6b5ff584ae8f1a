import type { IDataObject } from 'n8n-workflow';
import type { QualificationRecord, Simulator } from '../simulator/index.mts';
import { openAccount, type Account } from './support/account.mts';
import { ADDED_HEADERS, intended } from './support/differences';
import { isRecording, readSaved, writeSaved } from './support/files.mts';
import {
	poll,
	run,
	type Doings,
	type Request,
	type SavedNode,
	type SavedTrigger,
} from './support/run';

/*
 * What people saved with a released version has to run unchanged: the same requests, and at least the same columns with
 * the same values. `support/differences.ts` names each exception and its reason.
 *
 * A recording is made in a checkout of the released version: RECORD_SAVED=1 npm test -- test/saved
 */

const VERSION = '1.0.0';

/** Of a trigger: what it remembered after the poll that started it, and what it did then and in the next poll. */
interface TriggerRecording {
	started: Doings;
	staticData: IDataObject;
	next: Doings;
}

interface Recording {
	nodes: Record<string, Doings>;
	triggers: Record<string, TriggerRecording>;
}

const account = readSaved<Account>(`${VERSION}/account.json`);
const nodes = readSaved<SavedNode[]>(`${VERSION}/nodes.json`);
const triggers = readSaved<SavedTrigger[]>(`${VERSION}/triggers.json`);
const recording = isRecording
	? { nodes: {}, triggers: {} }
	: readSaved<Recording>(`${VERSION}/recording.json`);

let sim: Simulator;

beforeEach(async () => {
	// The time alone stands still; what waits goes on waiting in real time.
	jest.useFakeTimers({
		now: new Date(account.now),
		doNotFake: [
			'hrtime',
			'nextTick',
			'performance',
			'queueMicrotask',
			'setImmediate',
			'clearImmediate',
			'setInterval',
			'clearInterval',
			'setTimeout',
			'clearTimeout',
		],
	});
	sim = await openAccount(account);
});

afterEach(async () => {
	await sim.close();
	jest.useRealTimers();
});

afterAll(() => {
	if (isRecording) writeSaved(`${VERSION}/recording.json`, recording);
});

test.each(nodes.map((saved) => ({ ...saved, saved })))(
	`a node saved with ${VERSION} does the same: $name`,
	async ({ name, saved }) => {
		const done = await run(sim, saved);
		if (isRecording) recording.nodes[name] = done;
		else expectSame(name, done, recording.nodes[name]);
	},
);

test.each(triggers.map((saved) => ({ ...saved, saved })))(
	`a trigger saved with ${VERSION} starts the workflow for the same: $name`,
	async ({ name, saved }) => {
		const staticData: IDataObject = {};
		const started = await poll(sim, saved, staticData);
		const existing = copy(staticData);
		happen(saved);
		const next = await poll(sim, saved, staticData);
		if (isRecording) {
			recording.triggers[name] = { started, staticData: existing, next };
			return;
		}
		expectSame(`${name}, first poll`, started, recording.triggers[name].started);
		expectSame(`${name}, next poll`, next, recording.triggers[name].next);
	},
);

test.each(triggers.map((saved) => ({ ...saved, saved })))(
	`a trigger that ${VERSION} started goes on where it was: $name`,
	async ({ name, saved }) => {
		if (isRecording) return;
		const { staticData, next } = recording.triggers[name];
		happen(saved);
		expectSame(`${name}, next poll`, await poll(sim, saved, copy(staticData)), next);
	},
);

/** The minutes pass after which the trigger polls again, and the account changes meanwhile. */
function happen({ minutes, changes }: SavedTrigger): void {
	jest.setSystemTime(Date.parse(account.now) + minutes * 60_000);
	for (const change of changes) {
		sim.state.records.set(change.id, structuredClone(change) as unknown as QualificationRecord);
	}
	sim.state.reindex();
}

function expectSame(name: string, done: Doings, then: Doings): void {
	const { requests, rows } = intended(name, structuredClone(then));
	expect(done.rows).toMatchObject(rows);
	expect(done.rows).toHaveLength(rows.length);
	const expected = requests.map(({ headers, ...request }) => ({
		...request,
		headers: { ...headers, ...ADDED_HEADERS },
	}));
	expect(done.requests.sort(inOrder)).toEqual(expected.sort(inOrder));
}

/** n8n's static data is a proxy, and is stored as JSON. */
function copy(staticData: IDataObject): IDataObject {
	return JSON.parse(JSON.stringify(staticData)) as IDataObject;
}

/** Calls that are made together arrive in any order. */
function inOrder(one: Request, other: Request): number {
	const [a, b] = [one, other].map(({ method, path, query, body }) =>
		JSON.stringify([method, path, query, body]),
	);
	return a.localeCompare(b);
}
