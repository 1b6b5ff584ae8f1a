import type { Backend } from '../endpoint.mts';
import { TOKEN_USER } from '../qualifications.mts';
import { utc } from '../times.mts';
import type { QualificationRecord, QualificationType } from '../types.mts';
import type { Random } from './random.mts';
import { seedFields } from './values.mts';

const DAY_MS = 24 * 3600 * 1000;
const CHANGED_WITHIN_DAYS = 90;
const MAX_WITH_FILES = 400;

/** Days until the expiration, used in turn; undefined means that the record never expires. */
const EXPIRATION_DAYS = [
	3,
	10,
	25,
	45,
	59,
	61,
	200,
	-1,
	-35,
	-200,
	undefined,
	90,
	150,
	365,
	30,
	500,
] as const;

/**
 * Creates qualification records in all three states, of which the first 20 are active. The last one was changed an hour ago
 * and the first one 90 days earlier. About one in ten drivers has no records. Only the first 400 records have files and tables,
 * so that 100,000 are created within a second or two.
 */
export function seedRecords(backend: Backend, random: Random, count: number, today: Date): void {
	const { state } = backend;
	const allDrivers = [...state.drivers.keys()];
	const drivers = allDrivers.slice(0, allDrivers.length - Math.floor(allDrivers.length / 10));
	const assets = state.allAssets().map(({ id }) => id);
	const types = [...state.qualificationTypes.values()].filter(
		({ entityType }) => (entityType === 'worker' ? drivers : assets).length > 0,
	);
	if (types.length === 0) return;
	const step = (CHANGED_WITHIN_DAYS * DAY_MS) / Math.max(count, 1);
	const end = today.getTime() - 3_600_000;
	for (let number = 0; number < count; number += 1) {
		const type = types[number % types.length];
		const owners = type.entityType === 'worker' ? drivers : assets;
		const lap = Math.floor(number / types.length);
		const days = EXPIRATION_DAYS[number % EXPIRATION_DAYS.length];
		const changed = new Date(end - (count - 1 - number) * step);
		const issued = issueTime(today, changed, days);
		const record: QualificationRecord = {
			...newRecord(random, type, changed, number),
			owner: { entityType: type.entityType, id: owners[(number * 13 + lap * 5) % owners.length] },
			issueDate: utc(issued),
			fields: seedFields(
				{ backend, random, drivers: allDrivers, issued, files: number < MAX_WITH_FILES },
				type.fields,
			),
		};
		if (days !== undefined) record.expirationDate = midnight(today.getTime() + days * DAY_MS);
		if (number % 3 === 0) record.externalIds = { hrRecordId: `HR-${100_001 + number}` };
		state.change(record, changed);
	}
	state.reindex();
}

function newRecord(
	random: Random,
	type: QualificationType,
	changed: Date,
	number: number,
): QualificationRecord {
	const edited = number % 4 === 1 ? random.whole(1, 20) * DAY_MS : 0;
	return {
		id: random.uuid(),
		recordStatus: statusOf(number),
		typeId: type.id,
		owner: { entityType: type.entityType, id: '' },
		issueDate: '',
		externalIds: {},
		fields: [],
		createdAtTime: new Date(changed.getTime() - edited).toISOString(),
		createdBy: TOKEN_USER,
		updatedAtTime: '',
		updatedBy: TOKEN_USER,
		sequence: 0,
	};
}

function statusOf(number: number): QualificationRecord['recordStatus'] {
	if (number < 20) return 'active';
	if (number % 11 === 5) return 'archived';
	return number % 17 === 7 ? 'deleted' : 'active';
}

function issueTime(today: Date, changed: Date, days: number | undefined): number {
	const expires = today.getTime() + (days ?? 365) * DAY_MS;
	const issued = Math.min(expires - 730 * DAY_MS, changed.getTime() - DAY_MS);
	return Math.floor(issued / DAY_MS) * DAY_MS;
}

function midnight(time: number): string {
	return utc(Math.floor(time / DAY_MS) * DAY_MS);
}
