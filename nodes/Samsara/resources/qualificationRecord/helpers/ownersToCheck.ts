import { getOwnerDirectory, ownerPages, type Owner, type OwnerReading } from '../../../api/owners';
import { readTags } from '../../../api/tags';
import type { Item } from '../../../execution/item';
import type { ComplianceRequest } from './complianceRequest';
import { unknownOwnerError } from './locators';

/**
 * Returns the owners to check page by page, unless they come from input items.
 *
 * @throws InvalidInputError if a tag or an owner does not exist
 */
export async function* ownersToCheck(
	item: Item,
	{ entityType, who, selection, assetType }: ComplianceRequest,
	{ query, onRead }: OwnerReading = {},
): AsyncGenerator<Owner[]> {
	if (who === 'list') {
		const directory = await getOwnerDirectory(item.run, entityType, { query, onRead });
		const found = await directory.find(selection);
		const unknown = selection.find((id) => !found.has(id));
		if (unknown !== undefined) throw unknownOwnerError('Owners', unknown, entityType);
		return yield selection.flatMap((id) => found.get(id) ?? []);
	}
	yield* ownerPages(item.run, entityType, {
		query: {
			...query,
			type: assetType,
			tagIds: who === 'tag' ? await readTags(item.run, selection, 'Tags') : undefined,
			attributeValueIds: who === 'attribute' ? selection : undefined,
		},
		onRead,
	});
}
