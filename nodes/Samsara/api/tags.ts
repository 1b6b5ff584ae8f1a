import type { RunContext } from './runContext';
import { collect, PAGE_SIZE } from './pagination';

/** A group of drivers and assets. */
export interface Tag {
	id: string;
	name: string;
	parentTag?: { name?: string };
}

/** Every tag, read once per run. */
export async function readAllTags(run: RunContext): Promise<Tag[]> {
	return await run.cache.tags.get(
		'all',
		async () => await collect<Tag>(run.client, '/tags', { limit: PAGE_SIZE }),
	);
}
