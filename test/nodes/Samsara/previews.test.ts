import { Ajv } from 'ajv';
import { clock } from '../../../nodes/Samsara/api/clock';
import { resources } from '../../../nodes/Samsara/resources';
import { rowsOf, speedUp } from '../../samsara';
import { startSimulator, type Simulator } from '../../simulator/index.mts';
import { complete, itemsFor, previewCases } from './previews/cases';
import { isWriting, previewNames, readPreview, writePreview } from './previews/files.mts';
import { previewOf } from './previews/schema';

/*
 * n8n shows these previews before a node has run. Written by `node scripts/previews.mjs`.
 */

let sim: Simulator;
let restoreClock: () => void;

beforeAll(async () => {
	sim = await startSimulator({
		rateLimits: false,
		mediaUrlLifetimeMs: 86_400_000,
		now: () => new Date(clock.now()),
	});
	complete(sim);
	restoreClock = speedUp(1000);
});

afterAll(async () => {
	restoreClock();
	await sim.close();
});

const operations = resources.flatMap((resource) =>
	resource.operations.map(({ value }) => `${resource.value}/${value}`),
);

test('every operation has a preview, and there are no others', () => {
	if (!isWriting) expect(previewNames()).toEqual([...operations].sort());
});

/** Columns named after attributes and fields of qualification types of the account. */
function ownColumns(): Set<string> {
	const { attributes, qualificationTypes } = sim.state;
	return new Set([
		...[...attributes.values()].map(({ name }) => name),
		...[...qualificationTypes.values()].flatMap(({ fields }) => fields.map(({ label }) => label)),
	]);
}

describe.each(operations)('%s', (name) => {
	test("the preview matches the operation's output", async () => {
		const [resource, operation] = name.split('/');
		const columns =
			resource === 'qualificationRecord'
				? 'A column for each field of the qualification type, under its label'
				: 'A column for each attribute, under its name';
		const own = ownColumns();
		const isOwn = (column: string) => own.has(column.replace(/ \(\d+\)$/, ''));

		const run = previewCases(sim)[name]();
		const response = await rowsOf(
			sim,
			{ ...run.parameters, resource, operation },
			{ items: itemsFor(run) },
		);

		// A preview shows the columns that can have a value, and what kind of value.
		const rows = response.map((row) =>
			Object.fromEntries(
				Object.entries(JSON.parse(JSON.stringify(row)) as typeof row).filter(
					([, value]) => value !== null,
				),
			),
		);
		expect(rows.length).toBeGreaterThan(0);
		const found = previewOf(rows, isOwn, columns);
		if (isWriting) writePreview(name, found);
		const preview = readPreview(name);
		const validate = new Ajv({
			strict: true,
			allowUnionTypes: true,
			keywords: ['version'],
		}).compile(preview);
		for (const row of rows) expect(validate(row) || validate.errors).toBe(true);
		expect(Object.entries(preview.properties ?? {})).toEqual(
			Object.entries(found.properties ?? {}),
		);
		expect(preview).toEqual(found);
	}, 60_000);
});
