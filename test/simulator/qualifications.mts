import type { EndpointResponse, Context, Endpoint } from './endpoint.mts';
import { endpoint, flag, list, now } from './endpoint.mts';
import { invalid, missing } from './errors.mts';
import { readFields, requireFields } from './fieldValues.mts';
import type { InputValue } from './fieldValues.mts';
import { FIVE_A_SECOND, HUNDRED_A_MINUTE } from './limits.mts';
import { describeRecord } from './rendering.mts';
import { boolean, hundredIds } from './schemas/common.mts';
import { recordChange, recordCreation, recordReference } from './schemas/qualifications.mts';
import { utc } from './times.mts';
import type {
	Actor,
	ExternalIds,
	OwnerEntityType,
	QualificationRecord,
	QualificationType,
} from './types.mts';

/** The user behind the API token, who is `createdBy` and `updatedBy` of what it writes. */
export const TOKEN_USER: Actor = { id: '938172', type: 'user' };

const CLEARED = Date.parse('1970-01-01T00:00:00Z');

interface Change {
	owner?: { entityType: OwnerEntityType; id: string };
	issueDate?: string;
	expirationDate?: string;
	externalIds?: ExternalIds;
	fields?: InputValue[];
}

interface Creation extends Change {
	qualificationType: { id: string };
	owner: { entityType: OwnerEntityType; id: string };
	issueDate: string;
}

interface Reference {
	id: string;
}

const write = { path: '/qualification-records', scope: 'Write Qualification Records' };

/**
 * Reading by id and the five writes. The id of a write is in its body. A soft-deleted record is
 * gone for all of them (the stream alone still shows it): a decision, the docs only say "soft".
 */
export const qualificationEndpoints: Endpoint[] = [
	endpoint({
		method: 'GET',
		path: '/qualification-records',
		scope: 'Read Qualification Records',
		rateLimit: FIVE_A_SECOND,
		query: { ids: hundredIds, includeExternalIds: boolean },
		requiredQuery: ['ids'],
		lists: ['ids'],
		handle(context) {
			const { backend } = context;
			const found = new Set<QualificationRecord>();
			for (const id of list(context, 'ids')) {
				const record = lookUp(context, id, true);
				if (record !== undefined) found.add(record);
			}
			const include = flag(context, 'includeExternalIds');
			const data = [...found].map((record) => describeRecord(backend, record, include));
			if (backend.settings.repeatEntries && data.length > 0) data.push(data[data.length - 1]);
			return { status: 200, body: { data } };
		},
	}),
	endpoint<Creation>({
		method: 'POST',
		...write,
		rateLimit: HUNDRED_A_MINUTE,
		body: recordCreation,
		handle: create,
	}),
	endpoint<Change & Reference>({
		method: 'PATCH',
		...write,
		rateLimit: HUNDRED_A_MINUTE,
		body: recordChange,
		handle: update,
	}),
	statusChange('DELETE', '/qualification-records', 'deleted'),
	statusChange('POST', '/qualification-records/archive', 'archived'),
	statusChange('POST', '/qualification-records/unarchive', 'active'),
];

function statusChange(
	method: 'POST' | 'DELETE',
	path: string,
	recordStatus: QualificationRecord['recordStatus'],
): Endpoint {
	return endpoint<Reference>({
		method,
		path,
		scope: write.scope,
		rateLimit: HUNDRED_A_MINUTE,
		body: recordReference,
		handle(context) {
			const record = find(context);
			if (record.recordStatus !== recordStatus) {
				record.recordStatus = recordStatus;
				changed(context, record);
			}
			return { status: 200 };
		},
	});
}

function create(context: Context<Creation>): EndpointResponse {
	const { backend, body } = context;
	const { state } = backend;
	const type = state.qualificationTypes.get(body.qualificationType.id);
	if (type === undefined) {
		throw invalid(`qualificationType.id: no qualification type ${body.qualificationType.id}`);
	}
	const owner = readOwner(context, type, body.owner);
	const expirationDate = readExpiration(body.expirationDate);
	requireOrder(body.issueDate, expirationDate);
	const externalIds = state.mergedExternalIds(undefined, body.externalIds ?? {});
	const fields = readFields(backend, type, body.fields ?? []);
	requireFields(type, fields);
	const time = now(context).toISOString();
	const record: QualificationRecord = {
		id: state.newUuid(),
		recordStatus: 'active',
		typeId: type.id,
		owner,
		issueDate: utc(body.issueDate),
		expirationDate,
		externalIds,
		fields,
		createdAtTime: time,
		createdBy: TOKEN_USER,
		updatedAtTime: time,
		updatedBy: TOKEN_USER,
		sequence: 0,
	};
	changed(context, record);
	return { status: 201, body: { data: describeRecord(backend, record, true) } };
}

function update(context: Context<Change & Reference>): EndpointResponse {
	const { backend, body } = context;
	const record = find(context);
	const type = backend.state.qualificationTypes.get(record.typeId);
	if (type === undefined) throw missing('Qualification type', record.typeId);
	const next = { ...record };
	if (body.owner !== undefined) next.owner = readOwner(context, type, body.owner);
	if (body.issueDate !== undefined) next.issueDate = utc(body.issueDate);
	if (body.expirationDate !== undefined) next.expirationDate = readExpiration(body.expirationDate);
	requireOrder(next.issueDate, next.expirationDate);
	if (body.externalIds !== undefined) {
		const before = backend.settings.recordExternalIds === 'merge' ? record.externalIds : {};
		const holder = { id: record.id, externalIds: before };
		next.externalIds = backend.state.mergedExternalIds(holder, body.externalIds);
	}
	if (body.fields !== undefined) {
		const input = readFields(backend, type, body.fields);
		const kept = record.fields.filter(({ id }) => !input.some((value) => value.id === id));
		const places = new Map(type.fields.map(({ id }, position) => [id, position]));
		next.fields = [...kept, ...input].sort(
			(left, right) => (places.get(left.id) ?? 0) - (places.get(right.id) ?? 0),
		);
		requireFields(type, next.fields);
	}
	Object.assign(record, next);
	changed(context, record);
	return { status: 200, body: { data: describeRecord(backend, record, true) } };
}

function changed(context: Context, record: QualificationRecord): void {
	const { state } = context.backend;
	record.updatedBy = TOKEN_USER;
	state.change(record, now(context));
	state.index(record);
}

/** `1970-01-01T00:00:00Z` clears an expiration date (documented for the update). */
function readExpiration(input: string | undefined): string | undefined {
	return input === undefined || Date.parse(input) === CLEARED ? undefined : utc(input);
}

function requireOrder(issueDate: string, expirationDate: string | undefined): void {
	if (expirationDate !== undefined && Date.parse(expirationDate) < Date.parse(issueDate)) {
		throw invalid('expirationDate: must not be before issueDate');
	}
}

function readOwner(
	context: Context,
	type: QualificationType,
	{ entityType, id }: { entityType: OwnerEntityType; id: string },
): QualificationRecord['owner'] {
	const { state } = context.backend;
	if (entityType !== type.entityType) {
		throw invalid(`owner.entityType: "${type.name}" belongs to ${type.entityType}s`);
	}
	const owner = state.owner(entityType, samsaraId(context, id) ?? '');
	if (owner === undefined) throw invalid(`owner.id: no ${entityType} "${id}"`);
	return { entityType, id: owner.id };
}

function samsaraId(context: Context, id: string): string | undefined {
	const { state, settings } = context.backend;
	const colon = id.indexOf(':');
	if (colon < 1 || !settings.externalIdsEverywhere) return id;
	return state.holder(id.slice(0, colon), id.slice(colon + 1))?.id;
}

function lookUp(context: Context, id: string, external: boolean): QualificationRecord | undefined {
	const { state } = context.backend;
	const colon = id.indexOf(':');
	const existing =
		colon > 0 && external ? state.holder(id.slice(0, colon), id.slice(colon + 1))?.id : id;
	const record = existing === undefined ? undefined : state.records.get(existing);
	return record?.recordStatus === 'deleted' ? undefined : record;
}

function find(context: Context<Reference>): QualificationRecord {
	const { id } = context.body;
	const record = lookUp(context, id, context.backend.settings.externalIdsEverywhere);
	if (record === undefined) throw missing('Qualification record', id);
	return record;
}
