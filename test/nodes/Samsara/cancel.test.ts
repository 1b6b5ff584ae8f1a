import { sleep, type INode, type INodeParameters } from 'n8n-workflow';
import { clock } from '../../../nodes/Samsara/api/clock';
import { FileHost } from '../../fileHost.mts';
import { itemsOf, locator, runSamsara } from '../../samsara';
import { startSimulator, type Simulator } from '../../simulator/index.mts';
import { newDriver, typeNamed } from './resources/qualificationRecord/fixtures';

/*
 * Time stands still in these tests, so that no wait ever ends by itself.
 */

jest.setTimeout(20_000);

let sim: Simulator;
let tokens = 0;
const { monotonic } = clock;

beforeAll(async () => {
	sim = await startSimulator({ records: 120, mediaProcessingMs: 0 });
});
afterAll(async () => {
	await sim.close();
});
beforeEach(() => {
	sim.reset();
	// Each test has a token of its own, and thus rate limits of its own.
	sim.settings.token = `token_${tokens++}`;
	const now = monotonic();
	clock.monotonic = () => now;
});
afterEach(() => {
	clock.monotonic = monotonic;
});

const account = () => ({ url: sim.url, token: sim.settings.token });

let settings: Partial<INode>;

/** Stops the execution as soon as it waits. It must end, and send nothing more. */
async function expectEnd(
	parameters: INodeParameters,
	rows: Array<Record<string, string>>,
	isWaiting: () => boolean,
) {
	let sent = 0;
	let isOver = false;
	const stopWhen = (async () => {
		while (!isWaiting() && !isOver) await sleep(2);
		await sleep(20);
		sent = sim.requests.length;
	})();
	const options = { items: itemsOf(...rows), settings, stopWhen };
	const { run } = await runSamsara(account(), parameters, options);
	isOver = true;
	expect(run.data.resultData.error?.message).toContain('The execution was cancelled');
	await sleep(50);
	expect(sim.requests).toHaveLength(sent);
}

const getRecord = (options: INodeParameters = {}) => ({
	resource: 'qualificationRecord',
	operation: 'getAll',
	entityType: 'worker',
	returnAll: true,
	simplify: false,
	requestOptions: options,
});

const createRecord = (options: INodeParameters = {}) => ({
	resource: 'qualificationRecord',
	operation: 'create',
	entityType: 'worker',
	qualificationType: locator(typeNamed(sim, 'Language Certificate').id),
	ownerId: locator('={{ $json.owner }}'),
	issueDate: '2026-01-01',
	fieldsMode: 'json',
	fieldsJson: '={{ $json.fields }}',
	requestOptions: options,
});

const creates = () => sim.requests.filter(({ method }) => method === 'POST');
const reads = () => sim.requests.filter(({ route }) => route.startsWith('/qualification-records'));

const fields = () => {
	const [first] = typeNamed(sim, 'Language Certificate').fields.filter(
		({ type }) => type === 'text',
	);
	return JSON.stringify(first ? { [first.label]: 'x' } : {});
};

const newRecords = (count: number, owner?: string) =>
	Array.from({ length: count }, () => ({ owner: owner ?? newDriver(sim), fields: fields() }));

const recordsWithFiles = () =>
	[...sim.state.records.values()]
		.filter(
			(record) =>
				record.recordStatus === 'active' && JSON.stringify(record.fields).includes('mediaIds'),
		)
		.map(({ id }) => ({ id }));

const download = (options: INodeParameters = {}, requestOptions: INodeParameters = {}) => ({
	resource: 'qualificationRecord',
	operation: 'downloadFiles',
	recordId: locator('={{ $json.id }}'),
	options,
	requestOptions,
});

describe.each<Partial<INode>>([{}, { onError: 'continueRegularOutput' }])(
	'A stopped execution (%j) ends',
	(nodeSettings) => {
		beforeAll(() => {
			settings = nodeSettings;
		});

		test('while it waits for the rate limit', async () => {
			await expectEnd(
				createRecord({ concurrency: 50 }),
				newRecords(150),
				() => creates().length >= 100,
			);
		});

		test('while Samsara asks for an hour', async () => {
			const wait = { status: 429, headers: { 'Retry-After': '3600' }, times: 1_000 };
			sim.faults.add({ kind: 'status', path: '/qualification-records/stream', ...wait });
			await expectEnd(getRecord({ retrySeconds: 7200 }), [{}], () => reads().length > 0);
		});

		test('while another execution was asked to wait', async () => {
			const wait = { status: 429, headers: { 'Retry-After': '3600' }, times: 1_000 };
			sim.faults.add({ kind: 'status', path: '/qualification-records/stream', ...wait });
			await expectEnd(getRecord({ retrySeconds: 7200 }), [{}], () => reads().length > 0);
			// The limit is still blocked, so no further call is made.
			await expectEnd(getRecord({ retrySeconds: 7200 }), [{}], () => true);
		});

		test.each(['status', 'reset'] as const)('before a retry (%s)', async (kind) => {
			sim.faults.add({ kind, status: 503, path: '/qualification-records/stream', times: 1_000 });
			await expectEnd(getRecord(), [{}], () => reads().length > 0);
		});

		test('while Samsara does not respond', async () => {
			sim.faults.add({ kind: 'hang', path: '/qualification-records/stream', times: 1_000 });
			await expectEnd(getRecord(), [{}], () => reads().length > 0);
		});

		test('while items wait for each other, because they write the same record', async () => {
			sim.faults.add({ kind: 'hang', method: 'POST', times: 1_000 });
			await expectEnd(
				createRecord({ concurrency: 50 }),
				newRecords(20, newDriver(sim)),
				() => creates().length > 0,
			);
		});

		test('while items wait until others are done', async () => {
			sim.faults.add({ kind: 'hang', method: 'POST', times: 1_000 });
			await expectEnd(createRecord({ concurrency: 1 }), newRecords(20), () => creates().length > 0);
		});

		test('while Samsara processes files', async () => {
			for (const file of sim.media.files.values()) file.finishedAt = Infinity;
			await expectEnd(
				download({ waitSeconds: 36_000 }),
				recordsWithFiles(),
				() => reads().length > 0,
			);
			for (const file of sim.media.files.values()) file.finishedAt = 0;
		});

		test.each([
			['does not respond', () => undefined],
			[
				'stops in the middle of a file',
				(response: { writeHead: (...a: never[]) => unknown; write: (text: string) => unknown }) => {
					(response.writeHead as (status: number, headers: object) => void)(200, {
						'content-type': 'application/pdf',
						'content-length': '1000',
					});
					response.write('%PDF-1.7');
				},
			],
		])('while the file host %s', async (_, respond) => {
			const host = new FileHost(respond as never);
			const { origin } = sim.media;
			sim.media.origin = await host.listen();
			try {
				const isWaiting = () => host.requests.length === 2;
				await expectEnd(download({}, { concurrency: 2 }), recordsWithFiles(), isWaiting);
			} finally {
				sim.media.origin = origin;
				await host.close();
			}
		});
	},
);
