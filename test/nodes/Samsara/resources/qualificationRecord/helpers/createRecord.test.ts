import type { INodeParameters } from 'n8n-workflow';
import { clock } from '../../../../../../nodes/Samsara/api/clock';
import { itemsOf, rowsOf, runSamsara, speedUp } from '../../../../../samsara';
import { startSimulator, type FaultKind, type Simulator } from '../../../../../simulator/index.mts';
import { itemWith, newDriver, newRecord, recordsOf, typeNamed } from '../fixtures';

let sim: Simulator;
let slowDown: () => void;

beforeAll(async () => {
	sim = await startSimulator({ drivers: 3, records: 5, now: () => new Date(clock.now()) });
	slowDown = speedUp(10);
});

afterAll(async () => {
	slowDown();
	await sim.close();
});

beforeEach(() => sim.reset());

const QUICK = { pace: 'learn', timeout: 1, concurrency: 3 };

/** A certificate for each item. */
function certificate(owner: string, more: INodeParameters = {}): INodeParameters {
	return newRecord(
		typeNamed(sim, 'Hazmat Certificate'),
		owner,
		{ 'Certificate Number': '={{ $json.number }}', 'Completed On': '2026-01-10' },
		{ options: QUICK, ...more },
	);
}

const UNKNOWN = /Samsara may or may not have completed this request/;

const posts = () => sim.requests.filter(({ method }) => method === 'POST');

const VARIANTS: Array<[FaultKind, boolean]> = (
	['reset', 'status', 'cut', 'hang', 'nonJson', 'empty'] as const
).flatMap(
	(variant): Array<[FaultKind, boolean]> => [
		[variant, true],
		[variant, false],
	],
);

describe.each(VARIANTS)(
	'after a create that ends with %s (carried out: %s)',
	(variant, applied) => {
		it.each([0, 1, 2])(
			'in call %d, Samsara has exactly the records that the items return',
			async (after) => {
				const owner = newDriver(sim);
				sim.faults.add({
					kind: variant,
					method: 'POST',
					after,
					applied,
					status: variant === 'status' ? 503 : undefined,
				});
				// Three with the same content: the record of one item is never taken for another item's.
				const rows = await rowsOf(sim, certificate(owner), {
					items: itemsOf({ number: 'HZ-1' }, { number: 'HZ-1' }, { number: 'HZ-1' }),
				});
				expect(sim.faults.pending).toBe(0);
				expect(rows.map(({ id }) => id).sort()).toEqual(
					recordsOf(sim, owner)
						.map(({ id }) => id)
						.sort(),
				);
				expect(new Set(rows.map(({ id }) => id)).size).toBe(3);
				expect(posts()).toHaveLength(applied ? 3 : 4);
			},
		);

		it('a record with an external ID exists once', async () => {
			const owner = newDriver(sim);
			const hr = `${variant}${String(applied)}`;
			sim.faults.add({
				kind: variant,
				method: 'POST',
				applied,
				status: variant === 'status' ? 503 : undefined,
			});
			const [row] = await rowsOf(
				sim,
				certificate(owner, {
					additionalFields: { externalIds: { ids: [{ key: 'hr', value: hr }] } },
				}),
				{ items: itemsOf({ number: 'HZ-1' }) },
			);
			expect(recordsOf(sim, owner).map(({ id, externalIds }) => [id, externalIds])).toEqual([
				[row.id, { hr }],
			]);
			expect(posts()).toHaveLength(applied ? 1 : 2);
			expect(sim.requests.some(({ path }) => path.endsWith('/stream'))).toBe(false);
		});
	},
);

it('a record for which Samsara filled in the expiration date is not created again', async () => {
	sim.settings.fillsExpiration = true;
	const owner = newDriver(sim);
	sim.faults.add({ kind: 'status', status: 503, method: 'POST', applied: true });
	const { error } = await runSamsara(sim, certificate(owner, { expirationDate: '' }), {
		items: itemsOf({ number: 'HZ-1' }),
	});
	sim.settings.fillsExpiration = false;
	expect(error?.message).toMatch(UNKNOWN);
	expect(recordsOf(sim, owner)).toHaveLength(1);
	expect(posts()).toHaveLength(1);
});

it.each(['Training Record', 'Medical Card'])('recognizes a %s by all its fields', async (name) => {
	const owner = newDriver(sim);
	const values: Record<string, Record<string, unknown>> = {
		'Training Record': {
			Course: 'Loads',
			Sessions: [
				{
					Badge: 'B-17',
					Trainer: owner,
					Topic: 'Straps',
					Score: 1.5,
					Outcome: 'Passed',
					Materials: 'Video, Slides',
					'Held At': '2026-01-10T09:00:00Z',
				},
				{ Topic: 'Chains' },
			],
		},
		'Medical Card': {
			'Examiner Name': 'Dr. Osei',
			'Examination Date': '2026-01-14',
			Restrictions: 'Hearing aid, Corrective lenses',
			Scan: 'scan, scan',
			Signature: 'scan',
		},
	};
	sim.faults.add({ kind: 'reset', method: 'POST', applied: true });
	const scan = { content: 'x', mimeType: 'image/png' };
	const [row] = await rowsOf(
		sim,
		newRecord(typeNamed(sim, name), owner, values[name], { expirationDate: '', options: QUICK }),
		{ items: [itemWith({ scan })] },
	);
	expect(recordsOf(sim, owner).map(({ id }) => id)).toEqual([row.id]);
	expect(posts()).toHaveLength(1);
});

describe('an uncertain outcome is reported, and nothing is created twice', () => {
	/** A record with the same content as the item's, created some time ago. */
	async function other(owner: string, number: string, secondsAgo: number) {
		const [{ id }] = await rowsOf(sim, certificate(owner), { items: itemsOf({ number }) });
		const record = sim.state.records.get(String(id))!;
		record.createdAtTime = new Date(clock.now() - secondsAgo * 1000).toISOString();
		record.updatedAtTime = record.createdAtTime;
		sim.reset();
	}

	it.each([
		['of the same content, made a minute before', 'HZ-1', 60],
		['of other content, made just now', 'HZ-2', 0],
	])('another record %s', async (_, number, secondsAgo) => {
		const owner = newDriver(sim);
		await other(owner, number, secondsAgo);
		sim.faults.add({ kind: 'reset', method: 'POST', applied: false });
		const { error } = await runSamsara(sim, certificate(owner), {
			items: itemsOf({ number: 'HZ-1' }),
		});
		expect(error?.message).toMatch(
			/Samsara may or may not have completed this request.*\[item 0\]$/,
		);
		expect(error?.description).toMatch(/Check in Samsara before you run this item again/);
		expect(posts()).toHaveLength(1);
		expect(recordsOf(sim, owner)).toHaveLength(1);
	});

	it('a record created long before does not make the outcome uncertain', async () => {
		const owner = newDriver(sim);
		await other(owner, 'HZ-1', 3600);
		sim.faults.add({ kind: 'reset', method: 'POST', applied: false });
		await rowsOf(sim, certificate(owner), { items: itemsOf({ number: 'HZ-1' }) });
		expect(recordsOf(sim, owner)).toHaveLength(2);
	});

	it('the records cannot be read to find out', async () => {
		const owner = newDriver(sim);
		sim.faults.add({ kind: 'reset', method: 'POST', applied: true });
		sim.faults.add({ kind: 'status', status: 403, path: /stream/ });
		const { error } = await runSamsara(sim, certificate(owner), {
			items: itemsOf({ number: 'HZ-1' }),
		});
		expect(error?.message).toMatch(/may or may not have completed/);
		expect(posts()).toHaveLength(1);
	});
});

describe.each([-240, 240])("if Samsara's clock differs from n8n's by %d s", (seconds) => {
	beforeEach(() => {
		sim.settings.clockOffsetMs = seconds * 1000;
	});

	afterEach(() => {
		sim.settings.clockOffsetMs = 0;
	});

	it('a lost response does not lead to a second record', async () => {
		const owner = newDriver(sim);
		sim.faults.add({ kind: 'reset', method: 'POST', applied: true });
		const rows = await rowsOf(sim, certificate(owner), {
			items: itemsOf({ number: 'HZ-1' }, { number: 'HZ-1' }),
		});
		expect(new Set(rows.map(({ id }) => id)).size).toBe(2);
		expect(recordsOf(sim, owner)).toHaveLength(2);
	});

	it.each([30, 200, 450])(
		'a record with the same content, created %d s before the call, is not mistaken for it',
		async (ago) => {
			const owner = newDriver(sim);
			const [{ id }] = await rowsOf(sim, certificate(owner), {
				items: itemsOf({ number: 'HZ-1' }),
			});
			const twin = sim.state.records.get(String(id))!;
			twin.createdAtTime = new Date(clock.now() + (seconds - ago) * 1000).toISOString();
			twin.updatedAtTime = twin.createdAtTime;
			sim.reset();
			sim.faults.add({ kind: 'reset', method: 'POST', applied: false });
			const { rows, error } = await runSamsara(sim, certificate(owner), {
				items: itemsOf({ number: 'HZ-1' }),
			});
			const number = recordsOf(sim, owner).length;
			if (error) expect([error.message, number]).toEqual([expect.stringMatching(UNKNOWN), 1]);
			else expect([rows[0].id === id, number]).toEqual([false, 2]);
		},
	);
});

it('does not repeat a create that Samsara refuses', async () => {
	sim.faults.add({
		kind: 'status',
		status: 400,
		method: 'POST',
		body: { message: 'No such thing' },
	});
	const { error } = await runSamsara(sim, certificate(newDriver(sim)), {
		items: itemsOf({ number: 'HZ-1' }),
	});
	expect(error?.message).toBe('No such thing [item 0]');
	expect(posts()).toHaveLength(1);
});

it.each([true, false])('Create or Update creates one record (carried out: %s)', async (applied) => {
	const owner = newDriver(sim);
	sim.faults.add({ kind: 'reset', method: 'POST', applied });
	const rows = await rowsOf(
		sim,
		certificate(owner, { operation: 'upsert', matchBy: 'ownerAndType' }),
		{ items: itemsOf({ number: 'HZ-1' }, { number: 'HZ-2' }) },
	);
	expect(rows.map(({ created }) => created)).toEqual([true, false]);
	expect(recordsOf(sim, owner)).toHaveLength(1);
});
