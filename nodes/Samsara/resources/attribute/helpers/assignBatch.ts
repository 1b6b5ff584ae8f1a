import { SamsaraApiError } from '../../../api/samsaraApiError';
import type { AttributeAssignment, AttributeEntityType } from '../../../api/types';
import { settle, succeeded } from '../../../common/settle';
import type { Item } from '../../../execution/item';
import type { Output } from '../../../execution/operation';
import { mapWithConcurrency } from '../../../execution/run';
import { valueTypeOf } from '../../../fields/attribute/attributeValueType';
import { MAX_ATTRIBUTES } from '../../../fields/attribute/attributeMerge';
import { readAttribute as readValues } from '../../../fields/attribute/attributeValues';
import { mergeValues } from '../../../fields/attribute/allowedValues';
import { attributeText } from '../../../fields/entityRow';
import { withReadValues } from '../../shared/readAssignedEntities';
import { assignOneByOne } from './assignOneByOne';
import { Assignments } from './assignments';
import { patchAttribute, readAttribute } from '../../shared/attributeApi';
import { entityValues, keyOf, type EntityReference } from './entities';

/** What one item asks for. */
export interface AssignmentRequest {
	item: Item;
	entityType: AttributeEntityType;
	attributeId: string;
	entity: EntityReference;
	/** As the person gave it; nothing removes the attribute from the entity. */
	input: unknown;
}

export interface Job {
	request: AssignmentRequest;
	values: Array<string | number>;
	previous?: AttributeAssignment;
	/** Its value before cannot be read. */
	isUnread?: boolean;
	failure?: Error;
}

/** Calls that may be spent on finding out which of many entities Samsara refuses. */
const MAX_SPLITS = 64;

/**
 * Gives one attribute to many entities: one call reads it, one adds values that it does not allow yet, and one writes;
 * two, where entities are named by external IDs that may stand for others of them. Of two items on one entity the
 * later counts, and both answer with what the entity has in the end. Where Samsara refuses the whole because of some
 * entities, the others are written without them. Where the values of other entities cannot be read, each entity is
 * changed by itself, since the one call might erase them.
 *
 * @param requests all of one attribute; the answers come in the same order
 * @throws what reading the attribute throws
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
	const previous = new Assignments(run, entityType, attribute);

	const inputs = await mapWithConcurrency(
		requests,
		1,
		continueOnFail,
		async ({ item: own, input }) => {
			const addMissing = own.collection('options').addMissingValues === true;
			return (
				readValues(attribute, input, addMissing, own.n8n.getTimezone()) ?? {
					values: [],
					missing: [],
				}
			);
		},
	);
	const isFailed = (input: object) => input instanceof Error;
	if (inputs.every(isFailed) || (!continueOnFail && inputs.some(isFailed))) return inputs;
	const missingValues = succeeded(inputs).flatMap(({ missing }) => missing);
	const added = mergeValues(attribute, { [valueTypeOf(attribute).list]: missingValues }, 'Value');
	if (added) {
		const updated = await patchAttribute(run, entityType, attribute, added);
		attribute = { ...updated, entities: attribute.entities };
	}

	const assignments = new Assignments(run, entityType, attribute);
	const jobs = new Map<AssignmentRequest, Job>();
	requests.forEach((request, n) => {
		const input = inputs[n];
		if (input instanceof Error) return;
		const zone = request.item.n8n.getTimezone();
		const { values } = readValues(attribute, request.input, false, zone) ?? { values: [] };
		const job: Job = { request, values, previous: previous.of(request.entity) };
		job.isUnread = previous.isUnread(request.entity);
		jobs.set(request, job);
	});
	if (!assignments.canWrite([...jobs.keys()].map(({ entity }) => entity))) {
		const oneByOne = await assignOneByOne(
			attribute,
			entityType,
			[...jobs.values()],
			continueOnFail,
		);
		return requests.map((request, n) => {
			const job = jobs.get(request);
			return job ? oneByOne.get(job)! : (inputs[n] as Error);
		});
	}
	await writeAll(assignments, [...jobs.values()]);
	const last = lastPerEntity(assignments, [...jobs.values()]);
	return requests.map((request, n) => {
		const job = jobs.get(request);
		return job
			? outputOf(job, last.get(assignments.keyOf(request.entity)) ?? job, assignments)
			: (inputs[n] as Error);
	});
}

/** An external ID can stand for an entity that an ID names too: that shows once the latter has the attribute. */
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
	// What removed nothing, because it came before the external ID had shown whose it is, is due now.
	const due = [...lastPerEntity(assignments, jobs).values()].filter(({ failure }) => !failure);
	await write(assignments, due, budget);
}

/** Writes in one call; where Samsara refuses what it is sent, in halves, until it is known which entities it refuses. */
async function write(
	assignments: Assignments,
	jobs: Job[],
	budget: { splits: number },
): Promise<void> {
	if (jobs.length === 0) return;
	const { current } = assignments;
	const outcome = await settle(async () => {
		await assignments.write(
			jobs.map(({ request, values }) => entityValues(current, request.entity, values)),
		);
	});
	if (!(outcome instanceof Error)) return;
	const entities = [...new Set(jobs.map(({ request }) => assignments.keyOf(request.entity)))];
	if (!isRefused(outcome) || entities.length < 2 || budget.splits <= 0) {
		const isNew =
			isRefused(outcome) && entities.length === 1 && !assignments.of(jobs[0].request.entity);
		const failure = isNew ? notGiven(outcome, current.name, jobs[0].request) : outcome;
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

/** True where Samsara looked at the values and did not take them, so that nothing was written. */
function isRefused(error: Error): error is SamsaraApiError {
	return error instanceof SamsaraApiError && [400, 404, 409, 422].includes(error.status);
}

/**
 * Samsara's refusal to give an entity an attribute that it did not have, in words that name both. How many others the
 * entity has, only a call for each entity would tell, so that the limit is left to Samsara.
 */
function notGiven(failure: SamsaraApiError, name = '', { entityType, entity }: AssignmentRequest) {
	return new SamsaraApiError({
		...failure,
		message: `Samsara did not give '${name}' to ${entityType} ${keyOf(entity)}: ${failure.message}`,
		description: `Check that it exists, and has fewer than ${MAX_ATTRIBUTES} attributes: Samsara takes no more. ${failure.description}`,
	});
}

/** The job that counts on each entity: the last one. */
function lastPerEntity(assignments: Assignments, jobs: Job[]): Map<string, Job> {
	return new Map(jobs.map((job) => [assignments.keyOf(job.request.entity), job]));
}

function outputOf(job: Job, last: Job, assignments: Assignments): Output | Error {
	const { request, previous } = job;
	const failure = job.failure ?? last.failure;
	if (failure) return failure;
	const attribute = assignments.current;
	const expected = entityValues(attribute, request.entity, last.values);
	const assignment = assignments.of(request.entity);
	return (
		assignments.unconfirmedError([expected]) ?? {
			attributeId: attribute.id,
			attributeName: attribute.name,
			entityId: assignments.keyOf(request.entity),
			entityName: assignment?.name ?? previous?.name,
			value: attributeText(assignment ?? {}) ?? null,
			...(!job.isUnread && { previousValue: attributeText(previous ?? {}) ?? null }),
		}
	);
}
