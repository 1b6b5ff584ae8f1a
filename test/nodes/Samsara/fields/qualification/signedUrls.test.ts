import { Samsara } from '../../../../../nodes/Samsara/Samsara.node';
import { SamsaraTrigger } from '../../../../../nodes/Samsara/SamsaraTrigger.node';

const media = { id: 'm', processingStatus: 'finished', url: 'https://files.example/m?signature=s' };

/** A record's fields as Samsara's documentation shows them, with files in every place where there can be some. */
const record = {
	fields: [
		{ id: '1', type: 'media', mediaList: [media, media] },
		{ id: '2', type: 'signature', signatureValue: { media } },
		{
			id: '3',
			type: 'table',
			tableValue: {
				rows: [
					{
						id: 'r',
						cells: [
							{ id: 'c', type: 'media', mediaValue: { mediaList: [media] } },
							{ id: 'd', type: 'signature', signatureValue: { media } },
						],
					},
				],
			},
		},
		{ id: '4', type: 'text', textValue: { value: 'Dr. Marsh' } },
	],
};

/** The paths of all addresses, in n8n's notation. */
function urlPaths(value: unknown, path = ''): string[] {
	if (typeof value === 'string') return value.startsWith('https:') ? [path] : [];
	if (Array.isArray(value)) return value.flatMap((element) => urlPaths(element, `${path}[*]`));
	return Object.entries(value ?? {}).flatMap(([name, member]) =>
		urlPaths(member, path === '' ? name : `${path}.${name}`),
	);
}

it('names every address of a file, so that n8n hides it in executions', () => {
	const paths = [...new Set(urlPaths(record))];
	expect(paths).toHaveLength(4);
	for (const node of [new Samsara(), new SamsaraTrigger()]) {
		expect(node.description.sensitiveOutputFields).toEqual(expect.arrayContaining(paths));
	}
});
