import type { IDataObject } from 'n8n-workflow';
import type { QualificationRecord, Simulator } from '../simulator/index.mts';
import { openAccount, type Account } from './support/account.mts';
import { ADDED_HEADERS, expectedToday } from './support/differences';
import { isRecording, readSaved, writeSaved } from './support/files.mts';
import {
	poll,
	run,
	type NodeResult,
	type Request,
	type SavedNode,
	type SavedTrigger,
} from './support/run';

/*
 * Nodes that were saved with a released version must work as before: the same requests, and at least the same columns with the
 * same values. `support/differences.ts` lists the exceptions and their reasons.
 *
 * To make a recording, run this in a checkout of the released version: RECORD_SAVED=1 npm test -- test/saved
 */

const VERSION = '1.0.0';

/** What a trigger did in its first and its next poll, and its static data in between. */
interface TriggerRecording {
	started: NodeResult;
	staticData: IDataObject;
	next: NodeResult;
}

interface Recording {
	nodes: Record<string, NodeResult>;
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
	// Only the date is fixed. Timers run in real time.
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
	`a node saved with ${VERSION} works as before: $name`,
	async ({ name, saved }) => {
		const result = await run(sim, saved);
		if (isRecording) recording.nodes[name] = result;
		else expectSame(name, result, recording.nodes[name]);
	},
);

test.each(triggers.map((saved) => ({ ...saved, saved })))(
	`a trigger saved with ${VERSION} emits the same: $name`,
	async ({ name, saved }) => {
		const staticData: IDataObject = {};
		const started = await poll(sim, saved, staticData);
		const savedStaticData = copy(staticData);
		applyChanges(saved);
		const next = await poll(sim, saved, staticData);
		if (isRecording) {
			recording.triggers[name] = { started, staticData: savedStaticData, next };
			return;
		}
		expectSame(`${name}, first poll`, started, recording.triggers[name].started);
		expectSame(`${name}, next poll`, next, recording.triggers[name].next);
	},
);

test.each(triggers.map((saved) => ({ ...saved, saved })))(
	`a trigger activated with ${VERSION} continues where it was: $name`,
	async ({ name, saved }) => {
		if (isRecording) return;
		const { staticData, next } = recording.triggers[name];
		applyChanges(saved);
		expectSame(`${name}, next poll`, await poll(sim, saved, copy(staticData)), next);
	},
);

/** Moves the clock to the next poll, and applies the changes in the account until then. */
function applyChanges({ minutes, changes }: SavedTrigger): void {
	jest.setSystemTime(Date.parse(account.now) + minutes * 60_000);
	for (const change of changes) {
		sim.state.records.set(change.id, structuredClone(change) as unknown as QualificationRecord);
	}
	sim.state.reindex();
}

function expectSame(name: string, result: NodeResult, recorded: NodeResult): void {
	const { requests, rows } = expectedToday(name, structuredClone(recorded));
	expect(result.rows).toMatchObject(rows);
	expect(result.rows).toHaveLength(rows.length);
	const expected = requests.map(({ headers, ...request }) => ({
		...request,
		headers: { ...headers, ...ADDED_HEADERS },
	}));
	expect(result.requests.sort(compareRequests)).toEqual(expected.sort(compareRequests));
}

/** Copies static data, which is a proxy in n8n and stored as JSON. */
function copy(staticData: IDataObject): IDataObject {
	return JSON.parse(JSON.stringify(staticData)) as IDataObject;
}

/** Orders requests, since concurrent ones arrive in any order. */
function compareRequests(one: Request, other: Request): number {
	const [a, b] = [one, other].map(({ method, path, query, body }) =>
		JSON.stringify([method, path, query, body]),
	);
	return a.localeCompare(b);
}
