import type {
	AttributeAssignment,
	AttributeEntityType,
	AttributeWithEntities,
} from '../../api/types';
import type { Item } from '../../execution/item';
import { isTold, withHeldValues } from '../shared/readHolders';

/** The entities of an attribute with their values. Where some cannot be read, a hint says so. */
export async function readAssignments(
	item: Item,
	entityType: AttributeEntityType,
	attribute: AttributeWithEntities,
): Promise<AttributeAssignment[]> {
	const { entities } = await withHeldValues(item.samsara, entityType, attribute);
	const held = entities ?? [];
	if (held.some((entity) => !isTold(attribute, entity))) {
		await item.samsara.once(`unreadable values of ${attribute.id}`, async () => {
			item.n8n.addExecutionHints?.({
				message: `Samsara did not give all values of '${attribute.name}'. Rows without one have 'valueUnreadable'. ${
					entityType === 'driver'
						? "Give the API token the scope 'Read Drivers'."
						: "Give the API token the scopes 'Read Assets', 'Read Vehicles' and 'Read Trailers'."
				}`,
				location: 'outputPane',
			});
		});
	}
	return held;
}
