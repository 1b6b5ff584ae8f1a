import { Locks } from '../common/locks';
import { Memo } from '../common/memo';
import type { SamsaraClient } from './client';
import type { OwnerDirectory } from './owners';
import type { Tag } from './tags';
import type {
	Attribute,
	AttributeValues,
	AttributeWithEntities,
	Driver,
	QualificationRecord,
	QualificationType,
} from './types';

/** What all items of one run share: the client, lists that are read once, locks, and what the run has written. */
export class RunContext {
	/** Keyed by entity type, unless noted otherwise. */
	readonly cache = {
		attributes: new Memo<Attribute[]>(),
		/** Like `attributes`, but empty if they cannot be read. */
		attributeOrder: new Memo<Attribute[]>(),
		attributesWithEntities: new Memo<AttributeWithEntities[]>(),
		qualificationTypes: new Memo<QualificationType[]>(),
		ownerDirectories: new Memo<OwnerDirectory>(),
		/** Samsara IDs of owners, by entity type and external ID. */
		ownerIds: new Memo<string | undefined>(),
		/** The records that 100 neighboring items name, by the index of the first of these items. */
		itemRecords: new Memo<Map<string, QualificationRecord | Error>>(),
		/** Under the one key `all`. */
		driversByUsername: new Memo<Map<string, Driver>>(),
		/** Under the one key `all`. */
		tags: new Memo<Tag[]>(),
	};

	readonly locks = new Locks();

	/** What this run has created or changed, because lists that were read earlier do not show it. */
	readonly written = {
		driversByUsername: new Map<string, Driver>(),
		recordsById: new Map<string, QualificationRecord>(),
		/** All attributes of a driver or asset as last sent, by entity type and Samsara ID. */
		attributes: new Map<string, AttributeValues[]>(),
	};

	/** The simplified rows of the output. Those of one group get the same columns. */
	readonly rowGroups = new Map<object, string>();

	/** Topics of the hints that the user has been shown. */
	readonly shownHints = new Set<string>();

	constructor(readonly client: SamsaraClient) {}
}
