import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { tagsOf } from '../api/tags';
import { inEditor } from './editor';

/** Tags by name; one that lies below another says so, because two may have one name. */
export async function getTags(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await inEditor(this, async (samsara) => {
		return (await tagsOf(samsara))
			.map(({ id, name, parentTag }) => ({
				name: parentTag?.name ? `${parentTag.name} › ${name}` : name,
				value: id,
			}))
			.sort((a, b) => a.name.localeCompare(b.name));
	});
}
