import type { Context, Endpoint } from './endpoint.mts';
import { endpoint, flag, list, text } from './endpoint.mts';
import { invalid } from './errors.mts';
import { FIVE_A_SECOND } from './limits.mts';
import { page } from './pages.mts';
import { describeRecord } from './rendering.mts';
import { boolean, dateTime, hundredIds, string } from './schemas/common.mts';
import { ownerEntityType } from './schemas/qualifications.mts';
import { compareTimes } from './times.mts';
import type { QualificationRecord } from './types.mts';

const PAGE_SIZE = 512;

/**
 * The stream of qualification records in the order of their last change. `startTime` is inclusive (assumed), and `endTime`
 * exclusive (documented). Without `endTime` the stream never ends unless set: `hasNextPage` stays true even on an empty page,
 * and the cursor returns later changes.
 */
export const streamEndpoints: Endpoint[] = [
	endpoint({
		method: 'GET',
		path: '/qualification-records/stream',
		scope: 'Read Qualification Records',
		rateLimit: FIVE_A_SECOND,
		query: {
			entityType: ownerEntityType,
			startTime: dateTime,
			endTime: dateTime,
			after: string,
			qualificationTypeIds: hundredIds,
			ownerIds: hundredIds,
			includeDeleted: boolean,
			includeExternalIds: boolean,
		},
		requiredQuery: ['entityType', 'startTime'],
		lists: ['qualificationTypeIds', 'ownerIds'],
		handle(context) {
			const { backend } = context;
			const include = flag(context, 'includeExternalIds');
			const selected = selection(context);
			const body = page<QualificationRecord>(context, {
				after(position, count) {
					const rows = backend.state.recordsByChange();
					const found: QualificationRecord[] = [];
					let next = position === undefined ? 0 : firstAfter(rows, position);
					for (; next < rows.length && found.length < count; next += 1) {
						if (selected(rows[next])) found.push(rows[next]);
					}
					return found;
				},
				position: ({ updatedAtTime, sequence }) => JSON.stringify([updatedAtTime, sequence]),
				render: (record) => describeRecord(backend, record, include),
				size: backend.settings.pageSize ?? PAGE_SIZE,
				endless:
					backend.settings.streamWithoutEnd === 'endless' && text(context, 'endTime') === undefined,
			});
			return { status: 200, body };
		},
	}),
];

function selection(context: Context): (record: QualificationRecord) => boolean {
	const { entityType } = context.query;
	const start = new Date(text(context, 'startTime') ?? 0).toISOString();
	const endTime = text(context, 'endTime');
	const end = endTime === undefined ? undefined : new Date(endTime).toISOString();
	if (end !== undefined && end < start) throw invalid('endTime: must not be before startTime');
	const types = new Set(list(context, 'qualificationTypeIds'));
	const owners = new Set(list(context, 'ownerIds'));
	for (const id of owners) {
		if (id.includes(':')) throw invalid(`ownerIds: "${id}" is not a Samsara id`);
	}
	const includeDeleted = flag(context, 'includeDeleted');
	return ({ owner, typeId, recordStatus, updatedAtTime }) =>
		owner.entityType === entityType &&
		(includeDeleted || recordStatus !== 'deleted') &&
		(types.size === 0 || types.has(typeId)) &&
		(owners.size === 0 || owners.has(owner.id)) &&
		compareTimes(updatedAtTime, start) >= 0 &&
		(end === undefined || compareTimes(updatedAtTime, end) < 0);
}

function firstAfter(rows: QualificationRecord[], position: string): number {
	const [time, sequence] = JSON.parse(position) as [string, number];
	let low = 0;
	let high = rows.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		const row = rows[middle];
		const order = compareTimes(row.updatedAtTime, time) || row.sequence - sequence;
		if (order > 0) high = middle;
		else low = middle + 1;
	}
	return low;
}
