import { dateSettings } from '../../shared/dateFormat';
import { SamsaraApiError } from '../../../common/errors';
import type { AttributeAssignment, AttributeEntityType } from '../../../api/types';
import { settle, succeeded } from '../../../common/settle';
import type { Item } from '../../../execution/item';
import type { Output } from '../../../execution/operation';
import { mapWithConcurrency } from '../../../execution/concurrency';
import { valueTypeOf } from '../../../fields/attribute/attributeValueType';
import { MAX_ATTRIBUTES } from '../../../fields/attribute/attributeMerge';
import { readAttributeValues } from '../../../fields/attribute/attributeValues';
import { mergeValues } from '../../../fields/attribute/allowedValues';
import { attributeText } from '../../../fields/entityRow';
import { withReadValues } from '../../shared/readAssignedEntities';
import { assignOneByOne } from './assignOneByOne';
import { Assignments } from './assignments';
import { patchAttribute, readAttribute } from '../../shared/attributeApi';
import { keyOf, type EntityReference } from './entities';

/** The assignment that one item describes. */
export interface AssignmentRequest {
	item: Item;
	entityType: AttributeEntityType;
	attributeId: string;
	entity: EntityReference;
	/** As entered in the form. An empty input removes the attribute from the entity. */
	input: unknown;
}

/** A request whose value the attribute accepts. */
export interface Job {
	request: AssignmentRequest;
	values: Array<string | number>;
	/** The assignment before, without values if they cannot be read. */
	previous?: AttributeAssignment;
	failure?: Error;
}

/** How many requests may be spent on finding which of many entities Samsara refuses. */
const MAX_SPLITS = 64;

/**
 * Assigns one attribute to many entities: one request reads it, one adds values that it does not allow yet, and one writes.
 * Writing takes two requests if external IDs may stand for entities that other items name by ID. If two items have the
 * same entity, the last one applies, and both return its final value. If values cannot be added, only the items that
 * need them fail. If Samsara refuses some entities, the others are written without them. If the values of other entities
 * cannot be read, each entity is updated by itself, because one request for all might erase them.
 *
 * @param requests requests for the same attribute
 * @returns outputs in the order of the requests
 * @throws SamsaraApiError if the attribute cannot be read
 */
export async function assignBatch(
	requests: AssignmentRequest[],
	continueOnFail: boolean,
): Promise<Array<Output | Error>> {
	const [{ item, entityType, attributeId }] = requests;
	const { run } = item;
	let attribute = await withReadValues(
		run,
		entityType,
		await readAttribute(run, entityType, attributeId),
	);
	const read = ({ item: own, input }: AssignmentRequest, addMissing: boolean) =>
		readAttributeValues(attribute, input, addMissing, dateSettings(own));
	const inputs = await mapWithConcurrency(requests, 1, continueOnFail, async (request) => {
		const addMissing = request.item.collection('options').addMissingValues === true;
		return { request, missing: read(request, addMissing)?.missing ?? [] };
	});
	let valid = succeeded(inputs);
	if (valid.length === 0 || (!continueOnFail && valid.length < requests.length)) return inputs;
	const missingValues = valid.flatMap(({ missing }) => missing);
	const failure = await settle(async () => {
		const added = mergeValues(attribute, { [valueTypeOf(attribute).list]: missingValues }, 'Value');
		if (!added) return;
		const updated = await patchAttribute(run, entityType, attribute, added);
		attribute = { ...updated, entities: attribute.entities };
	});
	if (failure instanceof Error) {
		if (!continueOnFail) throw failure;
		valid = valid.filter(({ missing }) => missing.length === 0);
	}

	const assignments = new Assignments(run, entityType, attribute);
	const jobs = valid.map(({ request }): Job => {
		const values = read(request, false)?.values ?? [];
		return { request, values, previous: assignments.of(request.entity) };
	});
	const outcomes = assignments.canWrite(jobs.map(({ request }) => request.entity))
		? await assignTogether(assignments, jobs)
		: await assignOneByOne(attribute, entityType, jobs, continueOnFail);
	return inputs.map((input) => {
		if (input instanceof Error) return input;
		return outcomes.get(input.request) ?? (failure as Error);
	});
}

async function assignTogether(
	assignments: Assignments,
	jobs: Job[],
): Promise<Map<AssignmentRequest, Output | Error>> {
	await writeAll(assignments, jobs);
	const last = lastPerEntity(assignments, jobs);
	return new Map(
		jobs.map((job) => {
			const { request } = job;
			const lastJob = last.get(assignments.keyOf(request.entity)) ?? job;
			return [request, outputOf(job, lastJob, assignments)];
		}),
	);
}

/** An external ID may stand for an entity that is also named by ID. This shows once that entity has the attribute. */
async function writeAll(assignments: Assignments, jobs: Job[]): Promise<void> {
	const isResolved = ({ request: { entity } }: Job) =>
		entity.entityId !== undefined || assignments.of(entity) !== undefined;
	const resolved = jobs.filter(isResolved);
	const unresolved = jobs.filter((job) => !isResolved(job));
	const budget = { splits: MAX_SPLITS };
	if (resolved.every(({ request }) => assignments.of(request.entity))) {
		await write(assignments, jobs, budget);
		return;
	}
	await write(assignments, resolved, budget);
	const last = lastPerEntity(assignments, jobs);
	const remaining = unresolved.filter(
		(job) => last.get(assignments.keyOf(job.request.entity)) === job,
	);
	await write(assignments, remaining, budget);
	// A removal by external ID had no effect while the entity was unknown, so it is repeated now.
	const due = [...lastPerEntity(assignments, jobs).values()].filter(({ failure }) => !failure);
	await write(assignments, due, budget);
}

/** Writes in one request. If Samsara refuses it, splits it in halves until the refused entities are found. */
async function write(
	assignments: Assignments,
	jobs: Job[],
	budget: { splits: number },
): Promise<void> {
	if (jobs.length === 0) return;
	const { current } = assignments;
	const outcome = await settle(async () => {
		await assignments.write(jobs.map(({ request: { entity }, values }) => ({ entity, values })));
	});
	if (!(outcome instanceof Error)) return;
	const entities = [...new Set(jobs.map(({ request }) => assignments.keyOf(request.entity)))];
	if (!isRefused(outcome) || entities.length < 2 || budget.splits <= 0) {
		const isNew =
			isRefused(outcome) && entities.length === 1 && !assignments.of(jobs[0].request.entity);
		const failure = isNew ? notAssignedError(outcome, current.name, jobs[0].request) : outcome;
		for (const job of jobs) job.failure = failure;
		return;
	}
	budget.splits -= 2;
	const first = new Set(entities.slice(0, Math.ceil(entities.length / 2)));
	const isFirst = ({ request }: Job) => first.has(assignments.keyOf(request.entity));
	const second = jobs.filter((job) => !isFirst(job));
	await write(assignments, jobs.filter(isFirst), budget);
	await write(assignments, second, budget);
}

/** Whether Samsara refused the values, so that nothing was written. */
function isRefused(error: Error): error is SamsaraApiError {
	return error instanceof SamsaraApiError && [400, 404, 409, 422].includes(error.status);
}

/**
 * An error that names the attribute and the entity that Samsara did not assign it to. Checking the limit in advance would
 * take a request per entity, so that is left to Samsara.
 */
function notAssignedError(
	failure: SamsaraApiError,
	name = '',
	{ entityType, entity }: AssignmentRequest,
) {
	return failure.with({
		message: `Samsara did not assign '${name}' to ${entityType} ${keyOf(entity)}: ${failure.message}`,
		description: `Check that it exists and has fewer than ${MAX_ATTRIBUTES} attributes, which is Samsara's limit. ${failure.description}`,
	});
}

/** The job that applies to each entity: the last one. */
function lastPerEntity(assignments: Assignments, jobs: Job[]): Map<string, Job> {
	return new Map(jobs.map((job) => [assignments.keyOf(job.request.entity), job]));
}

function outputOf(job: Job, last: Job, assignments: Assignments): Output | Error {
	const { request, previous } = job;
	const failure = job.failure ?? last.failure;
	if (failure) return failure;
	const attribute = assignments.current;
	const expected = { entity: request.entity, values: last.values };
	const assignment = assignments.of(request.entity);
	const previousValue = attributeText(previous ?? {});
	return (
		assignments.unconfirmedError([expected]) ?? {
			attributeId: attribute.id,
			attributeName: attribute.name,
			entityId: assignments.keyOf(request.entity),
			entityName: assignment?.name ?? previous?.name,
			value: attributeText(assignment ?? {}) ?? null,
			...(previous && previousValue === undefined ? {} : { previousValue: previousValue ?? null }),
		}
	);
}
