import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { readAllTags } from '../api/tags';
import { withEditorClient } from './editorClient';

/** Tags by name, with the parent tag, because two tags may have the same name. */
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
