import { SamsaraFailure } from '../../api/failure';
import type { AttributeAssignment, AttributeEntityType } from '../../api/types';
import type { Item } from '../../execution/item';
import type { Output } from '../../execution/operation';
import { each } from '../../execution/run';
import { kindOf } from '../../fields/attributeKind';
import { MOST_ATTRIBUTES } from '../../fields/attributeMerge';
import { readAttribute as readGiven } from '../../fields/attributeValues';
import { withAdded } from '../../fields/definedValues';
import { attributeText } from '../../fields/entityRow';
import { withHeldValues } from '../shared/readHolders';
import { assignSingly } from './assignSingly';
import { Assignments } from './assignments';
import { patchAttribute, readAttribute } from './definitions';
import { entityValues, keyOf, type EntityReference } from './entities';

/** What one item asks for. */
export interface Wish {
	item: Item;
	entityType: AttributeEntityType;
	attributeId: string;
	entity: EntityReference;
	/** As the person gave it; nothing removes the attribute from the entity. */
	given: unknown;
}

export interface Job {
	wish: Wish;
	values: Array<string | number>;
	before?: AttributeAssignment;
	/** Its value before cannot be read. */
	isUnread?: boolean;
	failure?: Error;
}

/** Calls that may be spent on finding out which of many entities Samsara refuses. */
const MOST_SPLITS = 64;

/**
 * Gives one attribute to many entities: one call reads it, one adds values that it does not allow yet, and one writes;
 * two, where entities are named by external IDs that may stand for others of them. Of two items on one entity the
 * later counts, and both answer with what the entity has in the end. Where Samsara refuses the whole because of some
 * entities, the others are written without them. Where the values of other entities cannot be read, each entity is
 * changed by itself, since the one call might erase them.
 *
 * @param wishes all of one attribute; the answers come in the same order
 * @throws what reading the attribute throws
 */
export async function assignTogether(
	wishes: Wish[],
	goOn: boolean,
): Promise<Array<Output | Error>> {
	const [{ item, entityType, attributeId }] = wishes;
	const { samsara } = item;
	let attribute = await withHeldValues(
		samsara,
		entityType,
		await readAttribute(samsara, entityType, attributeId),
	);
	const before = new Assignments(samsara, entityType, attribute);

	const read = await each(wishes, 1, goOn, async ({ item: own, given }) => {
		const addMissing = own.collection('options').addMissingValues === true;
		return (
			readGiven(attribute, given, addMissing, own.n8n.getTimezone()) ?? { values: [], missing: [] }
		);
	});
	const isFailed = (given: object) => given instanceof Error;
	if (read.every(isFailed) || (!goOn && read.some(isFailed))) return read;
	const missing = read.flatMap((given) => (given instanceof Error ? [] : given.missing));
	const added = withAdded(attribute, { [kindOf(attribute).list]: missing }, 'Value');
	if (added) {
		const answer = await patchAttribute(samsara, entityType, attribute, added);
		attribute = { ...answer, entities: attribute.entities };
	}

	const assignments = new Assignments(samsara, entityType, attribute);
	const jobs = new Map<Wish, Job>();
	wishes.forEach((wish, n) => {
		const given = read[n];
		if (given instanceof Error) return;
		const zone = wish.item.n8n.getTimezone();
		const { values } = readGiven(attribute, wish.given, false, zone) ?? { values: [] };
		const job: Job = { wish, values, before: before.of(wish.entity) };
		job.isUnread = before.isUnread(wish.entity);
		jobs.set(wish, job);
	});
	if (!assignments.canWrite([...jobs.keys()].map(({ entity }) => entity))) {
		const singly = await assignSingly(attribute, entityType, [...jobs.values()], goOn);
		return wishes.map((wish, n) => {
			const job = jobs.get(wish);
			return job ? singly.get(job)! : (read[n] as Error);
		});
	}
	await writeAll(assignments, [...jobs.values()]);
	const last = winners(assignments, [...jobs.values()]);
	return wishes.map((wish, n) => {
		const job = jobs.get(wish);
		return job
			? answerOf(job, last.get(assignments.keyOf(wish.entity)) ?? job, assignments)
			: (read[n] as Error);
	});
}

/** An external ID can stand for an entity that an ID names too: that shows once the latter has the attribute. */
async function writeAll(assignments: Assignments, jobs: Job[]): Promise<void> {
	const isKnown = ({ wish: { entity } }: Job) =>
		entity.entityId !== undefined || assignments.of(entity) !== undefined;
	const known = jobs.filter(isKnown);
	const unknown = jobs.filter((job) => !isKnown(job));
	const budget = { splits: MOST_SPLITS };
	if (known.every(({ wish }) => assignments.of(wish.entity))) {
		await write(assignments, jobs, budget);
		return;
	}
	await write(assignments, known, budget);
	const last = winners(assignments, jobs);
	const left = unknown.filter((job) => last.get(assignments.keyOf(job.wish.entity)) === job);
	await write(assignments, left, budget);
	// What removed nothing, because it came before the external ID had shown whose it is, is due now.
	const due = [...winners(assignments, jobs).values()].filter(({ failure }) => !failure);
	await write(assignments, due, budget);
}

/** Writes in one call; where Samsara refuses what it is sent, in halves, until it is known which entities it refuses. */
async function write(
	assignments: Assignments,
	jobs: Job[],
	budget: { splits: number },
): Promise<void> {
	if (jobs.length === 0) return;
	const { now } = assignments;
	const [outcome] = await each([jobs], 1, true, async () => {
		await assignments.write(jobs.map(({ wish, values }) => entityValues(now, wish.entity, values)));
	});
	if (!(outcome instanceof Error)) return;
	const entities = [...new Set(jobs.map(({ wish }) => assignments.keyOf(wish.entity)))];
	if (!isRefused(outcome) || entities.length < 2 || budget.splits <= 0) {
		const isNew =
			isRefused(outcome) && entities.length === 1 && !assignments.of(jobs[0].wish.entity);
		const failure = isNew ? notGiven(outcome, now.name, jobs[0].wish) : outcome;
		for (const job of jobs) job.failure = failure;
		return;
	}
	budget.splits -= 2;
	const first = new Set(entities.slice(0, Math.ceil(entities.length / 2)));
	const isFirst = ({ wish }: Job) => first.has(assignments.keyOf(wish.entity));
	const second = jobs.filter((job) => !isFirst(job));
	await write(assignments, jobs.filter(isFirst), budget);
	await write(assignments, second, budget);
}

/** True where Samsara looked at the values and did not take them, so that nothing was written. */
function isRefused(error: Error): error is SamsaraFailure {
	return error instanceof SamsaraFailure && [400, 404, 409, 422].includes(error.status);
}

/**
 * Samsara's refusal to give an entity an attribute that it did not have, in words that name both. How many others the
 * entity has, only a call for each entity would tell, so that the limit is left to Samsara.
 */
function notGiven(failure: SamsaraFailure, name = '', { entityType, entity }: Wish) {
	return new SamsaraFailure({
		...failure,
		message: `Samsara did not give '${name}' to ${entityType} ${keyOf(entity)}: ${failure.message}`,
		advice: `Check that it exists, and has fewer than ${MOST_ATTRIBUTES} attributes: Samsara takes no more. ${failure.advice}`,
	});
}

/** The job that counts on each entity: the last one. */
function winners(assignments: Assignments, jobs: Job[]): Map<string, Job> {
	return new Map(jobs.map((job) => [assignments.keyOf(job.wish.entity), job]));
}

function answerOf(job: Job, last: Job, assignments: Assignments): Output | Error {
	const { wish, before } = job;
	const failure = job.failure ?? last.failure;
	if (failure) return failure;
	const attribute = assignments.now;
	const wanted = entityValues(attribute, wish.entity, last.values);
	const held = assignments.of(wish.entity);
	return (
		assignments.unconfirmed([wanted]) ?? {
			attributeId: attribute.id,
			attributeName: attribute.name,
			entityId: assignments.keyOf(wish.entity),
			entityName: held?.name ?? before?.name,
			value: attributeText(held ?? {}) ?? null,
			...(!job.isUnread && { previousValue: attributeText(before ?? {}) ?? null }),
		}
	);
}
