import { rowsOf, runSamsara } from '../../../../samsara';
import { startSimulator, type Simulator } from '../../../../simulator/index.mts';
import {
	itemWith,
	newDriver,
	newRecord,
	typeNamed,
	writes,
} from '../../resources/qualificationRecord/fixtures';

let sim: Simulator;

beforeAll(async () => {
	sim = await startSimulator();
});

afterAll(async () => await sim.close());

beforeEach(() => sim.reset());

/** Sends one file as the photo of a license. */
async function send(
	file: { content: string; mimeType: string; fileName?: string },
	Photo: unknown = 'scan',
) {
	return await runSamsara(
		sim,
		newRecord(typeNamed(sim, 'Driver License'), newDriver(sim), {
			'License Number': 'WA-1',
			Photo,
		}),
		{ items: [itemWith({ scan: file })] },
	);
}

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

it.each([
	['image/jpeg', undefined, 'image/jpeg'],
	['image/jpg', 'photo.jpg', 'image/jpeg'],
	['IMAGE/PNG', undefined, 'image/png'],
	['application/pdf; charset=binary', undefined, 'application/pdf'],
	['application/octet-stream', 'Scan.PDF', 'application/pdf'],
	['application/zip', 'letter.docx', DOCX],
	[DOCX, undefined, DOCX],
])('a file of type %s with the name %s is sent as %s', async (mimeType, fileName, sent) => {
	const { error } = await send({ content: 'x', mimeType, fileName });
	expect(error).toBeUndefined();
	expect(writes(sim)[0].rawBody).toContain(`"mediaType":"${sent}"`);
});

it.each([
	['image/gif', 'photo.gif', /'photo.gif' for 'Photo' has the type 'image\/gif'/],
	['application/octet-stream', 'photo', /'photo' for 'Photo' has the type/],
	['text/html', 'photo.jpg', /'photo.jpg' for 'Photo' has the type 'text\/html'/],
])('a file of type %s with the name %s is rejected', async (mimeType, fileName, message) => {
	const { error } = await send({ content: 'x', mimeType, fileName });
	expect(error?.message).toMatch(message);
	expect(error?.description).toBe('Samsara accepts .jpg, .png, .pdf and .docx files.');
	expect(writes(sim)).toEqual([]);
});

it('rejects an empty file', async () => {
	const { error } = await send({ content: '', mimeType: 'image/png', fileName: 'empty.png' });
	expect(error?.message).toMatch(/'empty.png' for 'Photo' is empty/);
	expect(writes(sim)).toEqual([]);
});

it('rejects a file in place of its name', async () => {
	const { error } = await send({ content: 'x', mimeType: 'image/png' }, [{ data: 'x' }]);
	expect(error?.message).toMatch(/'Photo' takes the names of files, not the files themselves/);
});

it('says that an item has no files', async () => {
	const { error } = await runSamsara(
		sim,
		newRecord(typeNamed(sim, 'Driver License'), newDriver(sim), {
			'License Number': 'WA-1',
			Photo: 'data',
		}),
	);
	expect(error?.description).toMatch(/The item has no files/);
});

it('sends the bytes unchanged', async () => {
	const content = '\u0000\u00ff\u20ac '.repeat(1000);
	const [row] = await rowsOf(
		sim,
		newRecord(typeNamed(sim, 'Driver License'), newDriver(sim), {
			'License Number': 'WA-2',
			Photo: ['scan'],
		}),
		{ items: [itemWith({ scan: { content, mimeType: 'image/png' } })] },
	);
	expect(String(row.Photo)).toMatch(/^1 file/);
	const sent = writes(sim)[0].body as {
		fields: Array<{ mediaValue?: { mediaList: Array<{ base64Payload: string }> } }>;
	};
	const [{ base64Payload }] = sent.fields.flatMap(({ mediaValue }) => mediaValue?.mediaList ?? []);
	expect(Buffer.from(base64Payload, 'base64').equals(Buffer.from(content))).toBe(true);
});
