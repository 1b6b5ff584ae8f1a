import type { SamsaraClient } from './client';
import { collect, PAGE_SIZE } from './pagination';

/** What drivers and assets are grouped by. */
export interface Tag {
	id: string;
	name: string;
	parentTag?: { name?: string };
}

/** Every tag, read once a run. */
export async function readAllTags(samsara: SamsaraClient): Promise<Tag[]> {
	return await samsara.memoize(
		'tags',
		async () => await collect<Tag>(samsara, '/tags', { limit: PAGE_SIZE }),
	);
}
