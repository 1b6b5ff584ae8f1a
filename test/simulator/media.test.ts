import { request, simulated, wait } from './client.mts';
import type { JsonResponse, Client } from './client.mts';

let api: Client;

beforeAll(async () => {
	api = await simulated({ mediaProcessingMs: 60, mediaUrlLifetimeMs: 150 });
});

afterAll(() => api.simulator.close());

async function upload(base64Payload: string) {
	const { state } = api.simulator;
	const [type] = state.qualificationTypes.values();
	const [driver] = state.drivers.keys();
	const id = (label: string) => type.fields.find((field) => field.label === label)?.id;
	const media = { mediaList: [{ base64Payload, mediaType: 'application/pdf' }] };
	return await api.send('POST', '/qualification-records', {
		qualificationType: { id: type.id },
		owner: { entityType: 'worker', id: driver },
		issueDate: '2026-01-01T00:00:00Z',
		fields: [
			{ id: id('License Number'), type: 'text', textValue: { value: 'W' } },
			{ id: id('Photo'), type: 'media', mediaValue: media },
		],
	});
}

async function item(recordId: JsonResponse): Promise<JsonResponse> {
	const { body } = await api.get(`/qualification-records?ids=${String(recordId)}`);
	return body.data[0].fields[1].mediaList[0];
}

it('is processed first, and then has a signed URL that expires', async () => {
	const created = (await upload(btoa('%PDF-1.7 hello'))).body.data;
	const fresh = created.fields[1].mediaList[0];
	expect(fresh).toEqual({ id: fresh.id, processingStatus: 'processing' });
	await wait(90);
	const finished = await item(created.id);
	expect(finished.processingStatus).toBe('finished');
	expect(Date.parse(String(finished.urlExpiresAt))).toBeGreaterThan(Date.now());

	const url = String(finished.url);
	expect(new URL(url).origin).toBe(api.simulator.controlUrl);
	const file = await request(url);
	expect(file.headers.get('content-type')).toBe('application/pdf');
	expect(file.text).toBe('%PDF-1.7 hello');
	const withToken = await request(url, { headers: { authorization: 'Bearer x' } });
	expect(withToken.status).toBe(400);
	expect((await request(url.replace(/signature=./, 'signature=x'))).status).toBe(403);
	await wait(170);
	expect((await request(url)).status).toBe(403);
	expect((await request(String((await item(created.id)).url))).status).toBe(200);
	const statuses = api.simulator.mediaRequests.map(({ status }) => status);
	expect(statuses).toEqual([200, 400, 403, 403, 200]);
});

it('rejects a payload that is not base64', async () => {
	const { status, body } = await upload('not base64!');
	expect(status).toBe(400);
	expect(body.message).toContain('base64Payload');
});
