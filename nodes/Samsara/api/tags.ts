import type { SamsaraClient } from './client';
import { collect, PAGE_SIZE } from './pages';

/** What drivers and assets are grouped by. */
export interface Tag {
	id: string;
	name: string;
	parentTag?: { name?: string };
}

/** Every tag, read once a run. */
export async function tagsOf(samsara: SamsaraClient): Promise<Tag[]> {
	return await samsara.once(
		'tags',
		async () => await collect<Tag>(samsara, '/tags', { limit: PAGE_SIZE }),
	);
}
