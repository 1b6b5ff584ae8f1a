import type {
	AttributeAssignment,
	AttributeEntityType,
	AttributeWithEntities,
} from '../../../api/types';
import type { Item } from '../../../execution/item';
import { hasReadableValues, withReadValues } from '../../shared/readAssignedEntities';

/** The entities of an attribute with their values. If some cannot be read, a hint says so. */
export async function readAssignments(
	item: Item,
	entityType: AttributeEntityType,
	attribute: AttributeWithEntities,
): Promise<AttributeAssignment[]> {
	const { entities } = await withReadValues(item.run, entityType, attribute);
	const assignments = entities ?? [];
	if (assignments.some((entity) => !hasReadableValues(attribute, entity))) {
		item.addHint(
			`unreadable values of ${attribute.id}`,
			`Samsara did not return all values of '${attribute.name}'. Rows without one have 'valueUnreadable'. ${
				entityType === 'driver'
					? "Give the API token the scope 'Read Drivers'."
					: "Give the API token the scopes 'Read Assets', 'Read Vehicles' and 'Read Trailers'."
			}`,
		);
	}
	return assignments;
}
