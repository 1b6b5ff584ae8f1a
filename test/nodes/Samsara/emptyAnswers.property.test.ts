import * as fc from 'fast-check';
import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { clock } from '../../../nodes/Samsara/api/clock';
import { listSearch, loadOptions, resourceMapping } from '../../../nodes/Samsara/methods';
import { resources } from '../../../nodes/Samsara/resources';
import { editorContext, locator, pollTrigger, runSamsara, speedUp } from '../../samsara';
import { startSimulator, type Settings, type Simulator } from '../../simulator/index.mts';
import { itemsFor, previewCases } from './previews/cases';

/*
 * Samsara does not document how its responses represent missing values, whether lists repeat entries, and what an empty
 * response contains. In every case, no run crashes, reading returns the same rows, and writing changes only what an item
 * names.
 */

/** Fixed, so that every run has the same input. Change it to search for other failures. */
const SEED = 20261125;

const RUNS = 5;

const NOW = Date.parse('2026-11-25T12:00:00Z');

type Manner = Pick<Settings, 'nulls' | 'repeatEntries' | 'attributeEntityValues' | 'emptyBody'>;

const documented: Manner = {
	nulls: 'none',
	repeatEntries: false,
	attributeEntityValues: 'actual',
	emptyBody: '',
};

const manner: fc.Arbitrary<Manner> = fc.record({
	nulls: fc.constantFrom('null', 'missing', 'empty', 'none'),
	repeatEntries: fc.boolean(),
	attributeEntityValues: fc.constantFrom('actual', 'null'),
	emptyBody: fc.constantFrom('', 'null', '{}', '""', 'true', 'OK'),
});

let restoreClock: () => void;
let unchanged: Simulator;

beforeAll(async () => {
	restoreClock = speedUp(1000);
	clock.now = () => NOW;
	unchanged = await start();
});

afterAll(async () => {
	restoreClock();
	await unchanged.close();
});

async function start() {
	return await startSimulator({
		drivers: 5,
		vehicles: 3,
		trailers: 3,
		equipment: 3,
		records: 30,
		pageSize: 4,
		mediaUrlLifetimeMs: 86_400_000,
		now: () => new Date(NOW),
	});
}

type Use<T> = (sim: Simulator) => Promise<T>;

/** Reads from an account that responds in this way. */
async function reading<T>(settings: Manner, use: Use<T>): Promise<T> {
	Object.assign(unchanged.settings, settings);
	unchanged.reset();
	return await use(unchanged);
}

/** Writes to a separate account that responds in this way. */
async function writing<T>(settings: Manner, use: Use<T>): Promise<T> {
	const sim = await start();
	Object.assign(sim.settings, settings);
	try {
		return await use(sim);
	} finally {
		await sim.close();
	}
}

/** Checks a property for each way to represent missing values, and for some combinations. */
async function always(property: (settings: Manner) => Promise<void>) {
	const repeated = { ...documented, repeatEntries: true };
	await fc.assert(fc.asyncProperty(manner, property), {
		seed: SEED,
		numRuns: RUNS,
		examples: [[{ ...repeated, nulls: 'null' }], [{ ...repeated, nulls: 'missing' }]],
	});
}

/** All values in the account, by `drivers/281474977075805/attributes/2717d747-…`. */
function valuesOf({ state }: Simulator): Map<string, string> {
	const { drivers, vehicles, trailers, equipment, otherAssets, records, attributes } = state;
	const values = new Map<string, string>();
	const maps = { drivers, vehicles, trailers, equipment, otherAssets, records, attributes };
	for (const [kind, map] of Object.entries(maps)) {
		for (const [id, thing] of map as Map<string, object>) {
			for (const [member, value] of Object.entries(thing)) {
				const at = `${kind}/${id}/${member}`;
				if (['attributes', 'fields'].includes(member)) {
					for (const part of value as Array<{ attributeId?: string; id?: string }>)
						values.set(`${at}/${part.attributeId ?? part.id}`, JSON.stringify(part));
				} else if (['details', 'externalIds'].includes(member)) {
					for (const [key, part] of Object.entries(value as object))
						values.set(`${at}/${key}`, JSON.stringify(part));
				} else values.set(at, JSON.stringify(value));
			}
		}
	}
	return values;
}

/** What any change also affects. */
const BOOKKEEPING = new Set(['updatedAtTime', 'updatedBy', 'sequence', 'recordStatus']);

function changesNotNamed(
	before: Map<string, string>,
	sim: Simulator,
	input: string,
	title: string,
): string[] {
	const after = valuesOf(sim);
	const idsBefore = new Set([...before.keys()].map((key) => key.split('/')[1]));
	const mayAdd = /create|upsert/.test(title);
	const names = new Map([...sim.state.attributes.values()].map(({ id, name }) => [id, name]));
	return [...new Set([...before.keys(), ...after.keys()])].filter((key) => {
		if (before.get(key) === after.get(key)) return false;
		const [kind, id, member, part = member] = key.split('/');
		if (!idsBefore.has(id)) return !mayAdd;
		if (title === 'attribute/delete') return !/attributes/.test(key);
		if (title.endsWith('/delete') || kind === 'attributes') return !input.includes(id);
		const isNamed = input.includes(part) || input.includes(names.get(part) ?? part);
		return !input.includes(id) || !(isNamed || BOOKKEEPING.has(part));
	});
}

const operations = resources.flatMap((resource) =>
	resource.operations.map(({ value }) => `${resource.value}/${value}`),
);

const READS = /\/(get\w*|checkCompliance|downloadFiles)$/;

test.each(operations)(
	'%s',
	async (title) => {
		const [resource, operation] = title.split('/');
		const run = async (sim: Simulator) => {
			const { parameters, items } = previewCases(sim)[title]();
			const before = valuesOf(sim);
			const { output, error } = await runSamsara(
				sim,
				{ ...parameters, resource, operation },
				{ items: itemsFor({ parameters, items }), settings: { onError: 'continueRegularOutput' } },
			);
			expect(error).toBeUndefined();
			for (const { json } of output) {
				if (typeof json.error === 'string') expect(json.error).toMatch(/'[^']+'.*\[item \d+\]$/s);
			}
			expect(sim.requests.filter(({ violation }) => violation !== undefined)).toEqual([]);
			const input = JSON.stringify([parameters, items]);
			expect(changesNotNamed(before, sim, input, title)).toEqual([]);
			const answered = output.map(({ pairedItem }) => (pairedItem as { item: number }).item);
			const rows = output.map(({ json, binary }) => [json, Object.keys(binary ?? {})]);
			const errors = output.flatMap(({ json }) => json.error ?? []);
			return { answered: [...new Set(answered)], errors, rows };
		};
		const isRead = READS.test(title);
		const withAccount = isRead ? reading : writing;
		const expected = await withAccount(documented, run);
		expect(expected.rows.length).toBeGreaterThan(0);
		await always(async (settings) => {
			const found = await withAccount(settings, run);
			expect(found.answered).toEqual(expected.answered);
			// Values that Samsara does not return cannot be read, so some changes are refused.
			if (settings.attributeEntityValues === 'null') return;
			expect(found.errors).toEqual(expected.errors);
			if (isRead) expect(found.rows).toEqual(expected.rows);
		});
	},
	60_000,
);

type EditorMethod = (this: ILoadOptionsFunctions) => Promise<unknown>;

describe.each(['worker', 'asset'])('the editor, for a %s', (entityType) => {
	const results = async (sim: Simulator, method: EditorMethod) => {
		const type = [...sim.state.qualificationTypes.values()].find(
			(candidate) => candidate.entityType === entityType,
		)!;
		const context = editorContext(sim, {
			resource: 'qualificationRecord',
			operation: 'create',
			entityType,
			qualificationType: locator(type.id, 'list'),
		});
		return await method.call(context);
	};

	test.each(Object.entries({ ...listSearch, ...loadOptions, ...resourceMapping }))(
		'%s',
		async (_, method) => {
			const read = async (sim: Simulator) => await results(sim, method as EditorMethod);
			const expected = await reading(documented, read);
			await always(async (settings) => {
				expect(await reading(settings, read)).toEqual(expected);
			});
		},
		60_000,
	);
});

const EVENTS = [
	'recordArchived',
	'recordCreated',
	'recordDeleted',
	'recordExpired',
	'recordExpiring',
	'recordUpdated',
];

test.each(EVENTS)(
	'the trigger: %s',
	async (event) => {
		const poll = async (sim: Simulator) =>
			await pollTrigger(sim, { event, entityType: 'both', includeAlreadyDue: true }, 'manual');
		const expected = await reading(documented, poll);
		expect(expected.length).toBeGreaterThan(0);
		await always(async (settings) => {
			expect(await reading(settings, poll)).toEqual(expected);
		});
	},
	60_000,
);
