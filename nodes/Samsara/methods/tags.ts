import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { readAllTags } from '../api/tags';
import { withEditorClient } from './editorClient';

/** Tags by name; one that lies below another says so, because two may have one name. */
export async function getTags(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await withEditorClient(this, async (run) => {
		return (await readAllTags(run))
			.map(({ id, name, parentTag }) => ({
				name: parentTag?.name ? `${parentTag.name} › ${name}` : name,
				value: id,
			}))
			.sort((a, b) => a.name.localeCompare(b.name));
	});
}
