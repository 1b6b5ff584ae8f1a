import { MAX_IDS } from '../api/chunkIds';
import { qualificationTypes } from '../api/qualifications';
import { recentList } from '../api/recentLists';
import type { RunContext } from '../api/runContext';
import type { OwnerEntityType } from '../api/types';
import { normalize } from '../common/coercion';
import { Memo } from '../common/memo';
import { unless } from '../common/settle';
import { listOwners, type ListedOwner } from './ownerLists';

/** Words of a record's own text, besides those of its owner and its type. */
const RECORD_WORD = /^(archived|expires?|does|not|\d{4}-[\d-]*|(19|20)\d\d)$/;

interface Candidates {
	/** Owners whose records can match, in the order of the list. */
	owners: ListedOwner[];
	/** The types that can match; undefined for all. */
	typeIds?: string[];
}

/**
 * Tells from the names of owners and types which records can match a search, because Samsara can find records by owner and
 * type, but not by text.
 */
export class RecordCandidates {
	private readonly listedOwners = new Memo<Map<string, ListedOwner>>();

	private readonly candidates = new Memo<Candidates>();

	/** @param words of the search; none matches every record */
	constructor(
		private readonly run: RunContext,
		private readonly words: string[],
	) {}

	/** The listed owners by ID; none if the token may not read them. @throws SamsaraApiError for any other failure */
	async owners(entityType: OwnerEntityType): Promise<Map<string, ListedOwner>> {
		return await this.listedOwners.get(entityType, async () => {
			const read = async () => await listOwners(this.run, entityType, true);
			const owners = await unless([403], read);
			return new Map(owners?.map((owner) => [owner.id, owner]));
		});
	}

	/** The listed owners, and the types, that have all words between them. */
	async find(entityType: OwnerEntityType): Promise<Candidates> {
		return await this.candidates.get(entityType, async () => await this.select(entityType));
	}

	/**
	 * Whether the records of other owners can match: not if a word is part of an owner's name only, unless another word is
	 * unknown, such as an external ID of a record.
	 */
	async includesOthers(entityTypes: OwnerEntityType[]): Promise<boolean> {
		if (this.words.length === 0) return true;
		const owners = await Promise.all(entityTypes.map(async (type) => await this.owners(type)));
		const types = await Promise.all(entityTypes.map(async (type) => await this.types(type)));
		const ownerTexts = owners.flatMap((byId) => [...byId.values()]);
		const words = this.words.filter((word) => !isIn(types.flat(), word) && !RECORD_WORD.test(word));
		return words.length === 0 || words.some((word) => !isIn(ownerTexts, word));
	}

	private async select(entityType: OwnerEntityType): Promise<Candidates> {
		const owners = [...(await this.owners(entityType)).values()];
		if (this.words.length === 0) return { owners };
		const types = await this.types(entityType);
		const typeIds = new Set<string>();
		const canMatch = (owner: string) => {
			const words = this.words.filter((word) => !owner.includes(word) && !RECORD_WORD.test(word));
			const matching = types.filter(({ text }) => words.every((word) => text.includes(word)));
			for (const { id } of matching) typeIds.add(id);
			return matching.length > 0;
		};
		const candidates = owners.filter(({ text }) => canMatch(text));
		const isFilter = typeIds.size < types.length && typeIds.size <= MAX_IDS;
		return { owners: candidates, typeIds: isFilter ? [...typeIds] : undefined };
	}

	private async types(entityType: OwnerEntityType): Promise<Array<{ id: string; text: string }>> {
		return await recentList(this.run, `types ${entityType}`, async () =>
			(await qualificationTypes(this.run, entityType)).map(({ id, name }) => ({
				id,
				text: normalize(`${name}\n${id}`),
			})),
		);
	}
}

function isIn(texts: Array<{ text: string }>, word: string): boolean {
	return texts.some(({ text }) => text.includes(word));
}
