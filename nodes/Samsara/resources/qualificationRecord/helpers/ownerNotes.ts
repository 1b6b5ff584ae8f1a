import type { OwnerReading } from '../../../api/owners';
import type { Asset, Attribute, Driver, OwnerEntityType } from '../../../api/types';
import { isValueOf } from '../../../fields/attribute/attributeValueType';

/** The tags and the hire dates of owners, noted while these are read. */
export class OwnerNotes {
	private readonly tagIds = new Map<string, string[]>();

	private readonly hireDates = new Map<string, string>();

	constructor(
		private readonly entityType: OwnerEntityType,
		private readonly needs: { tags: boolean; hireDate?: Attribute },
	) {}

	/** How to read the owners; undefined if there is nothing to note. */
	get reading(): OwnerReading | undefined {
		const { tags, hireDate } = this.needs;
		if (!tags && !hireDate) return undefined;
		const query =
			this.entityType === 'asset'
				? { includeTags: tags || undefined, includeAttributes: hireDate ? true : undefined }
				: {};
		return { query, onRead: this.note };
	}

	/** Whether an owner has one of these tags. */
	hasTag(ownerId: string, tagIds: Set<string>): boolean {
		return (this.tagIds.get(ownerId) ?? []).some((id) => tagIds.has(id));
	}

	/** The latest one, if there are several. */
	hireDate(ownerId: string): string | undefined {
		return this.hireDates.get(ownerId);
	}

	private readonly note = ({ id, tags = [], attributes = [] }: Driver | Asset): void => {
		const { tags: needsTags, hireDate } = this.needs;
		if (needsTags && tags.length > 0)
			this.tagIds.set(
				String(id),
				tags.map((tag) => String(tag.id)),
			);
		if (!hireDate) return;
		const dates = attributes
			.filter((attribute) => isValueOf(attribute, hireDate))
			.flatMap(({ dateValues = [] }) => dateValues);
		const latest = dates.sort().at(-1);
		if (latest) this.hireDates.set(String(id), latest);
	};
}
