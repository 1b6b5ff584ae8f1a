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

/** The user of the API token, who is `createdBy` and `updatedBy` in the records that it writes. */
export const TOKEN_USER: Actor = { id: '938172', type: 'user' };

const CLEARING_TIME = Date.parse('1970-01-01T00:00:00Z');

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
 * Reading by ID and the five writes, which have the ID in the body. None of them finds a soft-deleted record; only the stream
 * still returns it. This is an assumption, since the documentation only says "soft".
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
				const record = findRecord(context, id, true);
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
			const record = requireRecord(context);
			if (record.recordStatus !== recordStatus) {
				record.recordStatus = recordStatus;
				markChanged(context, record);
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
	const filledIn = backend.settings.fillsExpiration ? yearAfter(body.issueDate) : undefined;
	const expirationDate = readExpiration(body.expirationDate) ?? filledIn;
	requireOrder(body.issueDate, expirationDate);
	const externalIds = state.mergedExternalIds(undefined, body.externalIds ?? {});
	const fields = readFields(backend, type, body.fields ?? []);
	requireFields(type, fields);
	const time = now(context);
	const record: QualificationRecord = {
		id: state.newUuid(),
		recordStatus: 'active',
		typeId: type.id,
		owner,
		issueDate: utc(body.issueDate),
		expirationDate,
		externalIds,
		fields,
		createdAtTime: time.toISOString(),
		createdBy: { ...TOKEN_USER, type: backend.settings.apiActor },
		updatedAtTime: time.toISOString(),
		updatedBy: { ...TOKEN_USER, type: backend.settings.apiActor },
		sequence: 0,
	};
	markChanged(context, record, time);
	return { status: 201, body: { data: describeRecord(backend, record, true) } };
}

function update(context: Context<Change & Reference>): EndpointResponse {
	const { backend, body } = context;
	const record = requireRecord(context);
	const type = backend.state.qualificationTypes.get(record.typeId);
	if (type === undefined) throw missing('Qualification type', record.typeId);
	const next = { ...record };
	if (body.owner !== undefined) next.owner = readOwner(context, type, body.owner);
	if (body.issueDate !== undefined) next.issueDate = utc(body.issueDate);
	if (body.expirationDate !== undefined) next.expirationDate = readExpiration(body.expirationDate);
	requireOrder(next.issueDate, next.expirationDate);
	if (body.externalIds !== undefined) {
		const current = backend.settings.recordExternalIds === 'merge' ? record.externalIds : {};
		next.externalIds = backend.state.mergedExternalIds(
			{ id: record.id, externalIds: current },
			body.externalIds,
		);
	}
	if (body.fields !== undefined) {
		const input = readFields(backend, type, body.fields);
		const unchanged = record.fields.filter(({ id }) => !input.some((value) => value.id === id));
		const positions = new Map(type.fields.map(({ id }, position) => [id, position]));
		next.fields = [...unchanged, ...input].sort(
			(left, right) => (positions.get(left.id) ?? 0) - (positions.get(right.id) ?? 0),
		);
		requireFields(type, next.fields);
	}
	Object.assign(record, next);
	markChanged(context, record);
	return { status: 200, body: { data: describeRecord(backend, record, true) } };
}

function markChanged(context: Context, record: QualificationRecord, time = now(context)): void {
	const { state } = context.backend;
	record.updatedBy = { ...TOKEN_USER, type: context.backend.settings.apiActor };
	state.change(record, time);
	state.index(record);
}

/** `1970-01-01T00:00:00Z` clears the expiration date, as documented for the update. */
function readExpiration(input: string | undefined): string | undefined {
	return input === undefined || Date.parse(input) === CLEARING_TIME ? undefined : utc(input);
}

function yearAfter(time: string): string {
	const date = new Date(time);
	date.setUTCFullYear(date.getUTCFullYear() + 1);
	return utc(date.toISOString());
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
	const { externalIdsEverywhere } = context.backend.settings;
	const owner = state.owner(entityType, (externalIdsEverywhere ? state.resolveId(id) : id) ?? '');
	if (owner === undefined) throw invalid(`owner.id: no ${entityType} "${id}"`);
	return { entityType, id: owner.id };
}

function findRecord(
	context: Context,
	id: string,
	external: boolean,
): QualificationRecord | undefined {
	const { state } = context.backend;
	const record = state.records.get((external ? state.resolveId(id) : id) ?? '');
	return record?.recordStatus === 'deleted' ? undefined : record;
}

function requireRecord(context: Context<Reference>): QualificationRecord {
	const { id } = context.body;
	const record = findRecord(context, id, context.backend.settings.externalIdsEverywhere);
	if (record === undefined) throw missing('Qualification record', id);
	return record;
}
