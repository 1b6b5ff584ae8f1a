import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { collect, PAGE_SIZE } from '../api/pages';
import { inEditor } from './editor';

interface Tag {
	id: string;
	name: string;
	parentTag?: { name?: string };
}

/** Tags by name; one that lies below another says so, because two may have one name. */
export async function getTags(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await inEditor(this, async (samsara) => {
		const tags = await collect<Tag>(samsara, '/tags', { limit: PAGE_SIZE });
		return tags
			.map(({ id, name, parentTag }) => ({
				name: parentTag?.name ? `${parentTag.name} › ${name}` : name,
				value: id,
			}))
			.sort((a, b) => a.name.localeCompare(b.name));
	});
}
