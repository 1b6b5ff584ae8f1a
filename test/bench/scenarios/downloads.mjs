import { randomUUID } from 'node:crypto';
import { asCount, asRatio, asSeconds, median } from '../numbers.mjs';
import { byId, httpRequest, last, samsara } from '../nodes.mjs';

const COUNT = 1000;
const LATENCY_MS = 200;
const CONCURRENCY = 10;
const FILE_BYTES = 200_000;
const LARGE_COUNT = 10;
const LARGE_BYTES = 20_000_000;
const GOALS = { time: 1.2, peak: 1.2 };
const ON_DISK = { N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem' };
const DAY_MS = 86_400_000;

/** Files in and out, while n8n stores binary data on disk, each time in a fresh n8n process. */
export async function downloads(bench) {
	const options = { drivers: 100, vehicles: 0, trailers: 0, equipment: 0, records: COUNT };
	const { sim, credentials } = await bench.account({ ...options, rateLimits: true });
	sim.settings.mediaUrlLifetimeMs = DAY_MS;
	const type = [...sim.state.qualificationTypes.values()].find(
		({ name }) => name === 'Medical Card',
	);
	const records = [...sim.state.records.values()];
	const workflows = {
		ours: await bench.workflow('downloads-ours', [download(credentials), last]),
		theirs: await bench.workflow('downloads-theirs', [getFile(credentials), last]),
		upload: await bench.workflow('downloads-upload', [
			getFile(credentials),
			create(credentials, type),
			last,
		]),
	};

	/** Gives each of these records this many files. */
	const setFiles = (ofRecords, filesPerRecord, bytes) => {
		const content = Buffer.alloc(bytes, '%PDF-1.7 ');
		const { id, label } = type.fields.find((field) => field.type === 'media');
		const file = () => {
			const mediaId = randomUUID();
			const media = { bytes: content, mediaType: 'application/pdf', finishedAt: 0 };
			sim.media.files.set(mediaId, media);
			return mediaId;
		};
		for (const record of ofRecords) {
			const mediaIds = Array.from({ length: filesPerRecord }, file);
			const fields = [{ id, label, type: 'media', mediaIds }];
			Object.assign(record, { typeId: type.id, recordStatus: 'active', fields });
		}
	};
	const urls = (ofRecords) =>
		ofRecords
			.flatMap(({ fields }) => fields[0].mediaIds)
			.map((mediaId) => ({ url: sim.media.describe(mediaId).url }));
	const measure = async (workflow, items, runs, expected) => {
		const results = [];
		for (let run = 0; run < runs; run++) {
			await bench.restartN8n(ON_DISK);
			sim.reset();
			results.push(await bench.run(workflow, items));
			if (sim.mediaRequests.length !== expected)
				throw new Error(`${workflow.path} read ${sim.mediaRequests.length} files`);
		}
		return {
			seconds: median(results.map(({ seconds }) => seconds)),
			peak: median(results.map(({ peak }) => peak)),
		};
	};
	const compareTime = (what, seconds) => {
		const floor = (COUNT / CONCURRENCY) * (LATENCY_MS / 1000);
		return {
			what: `${what}, at ${LATENCY_MS} ms latency: time over the minimum`,
			goal: `at most ${asRatio(GOALS.time)} (minimum ${asSeconds(floor)})`,
			ours: `${asRatio(seconds / floor)} (${asSeconds(seconds)})`,
			theirs: '',
			ratio: '',
			met: seconds / floor <= GOALS.time,
			runs: bench.runs,
		};
	};
	const comparePeak = (what, own, other) => ({
		what: `${what}: peak memory`,
		goal: `at most ${asRatio(GOALS.peak)}`,
		ours: asMegabytes(own.peak),
		theirs: asMegabytes(other.peak),
		ratio: asRatio(own.peak / other.peak),
		met: own.peak / other.peak <= GOALS.peak,
		runs: bench.runs,
	});

	setFiles(records, 1, FILE_BYTES);
	sim.settings.latencyMs = LATENCY_MS;
	const own = await measure(workflows.ours, records, bench.runs, COUNT);
	const other = await measure(workflows.theirs, urls(records), bench.runs, COUNT);
	const few = records.slice(0, COUNT / 100);
	setFiles(few, 100, FILE_BYTES);
	const ofFew = await measure(workflows.ours, few, bench.runs, COUNT);

	sim.settings.latencyMs = 0;
	const large = records.slice(0, LARGE_COUNT);
	setFiles(large, 1, LARGE_BYTES);
	const ownLarge = await measure(workflows.ours, large, bench.runs, LARGE_COUNT);
	const otherLarge = await measure(workflows.theirs, urls(large), bench.runs, LARGE_COUNT);
	const owners = [...sim.state.drivers.keys()];
	const uploads = urls(large).map((item, n) => ({ ...item, owner: owners[n] }));
	const upload = await measure(workflows.upload, uploads, bench.runs, LARGE_COUNT);
	bench.notes.push(
		'Files: n8n stores binary data on disk. HTTP Request downloads all files at once, ours as many as Concurrency says (10). The upload is HTTP Request, which downloads the files, and then our node, which creates a record with each.',
	);
	return [
		compareTime(`Download Files, ${asCount(COUNT)} files of as many records`, own.seconds),
		compareTime(`… of ${few.length} records`, ofFew.seconds),
		comparePeak(`Download ${asCount(COUNT)} files of ${FILE_BYTES / 1000} kB`, own, other),
		comparePeak(`Download ${LARGE_COUNT} files of 20 MB`, ownLarge, otherLarge),
		{
			...comparePeak(`Create ${LARGE_COUNT} records with a file of 20 MB each`, upload, otherLarge),
			goal: 'none',
			met: undefined,
		},
	];
}

const asMegabytes = (value) => `${asCount(Math.round(value))} MB`;

function download(credentials) {
	return samsara(credentials, {
		resource: 'qualificationRecord',
		operation: 'downloadFiles',
		recordId: byId('={{ $json.id }}'),
		options: {},
	});
}

function getFile(credentials) {
	const node = httpRequest(credentials, {
		method: 'GET',
		url: '={{ $json.url }}',
		options: { response: { response: { responseFormat: 'file' } } },
	});
	// The file host refuses a token.
	const { nodeCredentialType, ...parameters } = node.parameters;
	return { ...node, parameters: { ...parameters, authentication: 'none' }, credentials: {} };
}

function create(credentials, type) {
	const required = type.fields.filter(({ isRequired }) => isRequired);
	const values = { text: 'x', number: 1, datetime: '2026-01-01', signature: 'data' };
	const media = type.fields.find((field) => field.type === 'media');
	const fields = Object.fromEntries(required.map(({ label, type: kind }) => [label, values[kind]]));
	return samsara(credentials, {
		resource: 'qualificationRecord',
		operation: 'create',
		entityType: 'worker',
		qualificationType: byId(type.id),
		ownerId: byId("={{ $('Items').item.json.owner }}"),
		issueDate: '2026-01-01',
		fieldsMode: 'json',
		fieldsJson: JSON.stringify({ ...fields, [media.label]: 'data' }),
		options: { lookUpOwnerNames: false },
	});
}
