import type { IExecuteFunctions } from 'n8n-workflow';
import { SamsaraClient } from '../../../../../nodes/Samsara/api/client';
import { RunContext } from '../../../../../nodes/Samsara/api/runContext';
import { Item } from '../../../../../nodes/Samsara/execution/item';
import { lookUp } from '../../../../../nodes/Samsara/resources/shared/lookUp';

const n8n = { getNodeParameter: () => ({}) } as unknown as IExecuteFunctions;
const client = new SamsaraClient({
	account: 'test',
	session: 'test',
	isOAuth2: false,
	isLoopback: true,
	send: async () => await Promise.reject(new Error('no call expected')),
});
const item = new Item(n8n, 0, new RunContext(client));

it('reads each ID once, 100 in one call', async () => {
	const chunks: string[][] = [];
	const ids = Array.from({ length: 150 }, (_, n) => `record-${n}`);
	const found = await lookUp(item, [...ids, ...ids], async (chunk) => {
		chunks.push(chunk);
		return await Promise.resolve(new Map(chunk.map((id) => [id, `found ${id}`])));
	});
	expect(chunks).toEqual([ids.slice(0, 100), ids.slice(100)]);
	expect([...found]).toEqual(ids.map((id) => [id, `found ${id}`]));
});

it('says for each ID of a failed call what went wrong, and keeps what the other calls found', async () => {
	const ids = Array.from({ length: 101 }, (_, n) => `record-${n}`);
	const failure = new Error('Samsara could not be reached');
	const found = await lookUp<string>(item, ids, async (chunk) => {
		if (chunk.includes('record-0')) throw failure;
		return await Promise.resolve(new Map(chunk.map((id) => [id, 'found'])));
	});
	expect(found.get('record-0')).toBe(failure);
	expect(found.get('record-99')).toBe(failure);
	expect(found.get('record-100')).toBe('found');
});

it('has nothing for an ID that was not found', async () => {
	const found = await lookUp(item, ['a'], async () => await Promise.resolve(new Map()));
	expect(found.has('a')).toBe(false);
});
