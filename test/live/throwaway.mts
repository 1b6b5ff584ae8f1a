import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

import type { Json, LiveClient } from './client.mts';

interface Thing {
	kind: 'driver' | 'trailer' | 'asset' | 'attribute';
	id: string;
	entityType?: string;
	/** The run that its name states. */
	run: string;
}

/** How the names of everything that this check creates begin. */
export const PREFIX = 'n8n-check-live';

const MAX_AGE_DAYS = 400;

/** The runs that have written to the account and may have left something there. */
export interface Runs {
	readonly runs: string[];
	add(run: string): void;
	clear(): void;
}

/** The runs, in a file. */
export class Journal implements Runs {
	private readonly file: string;

	constructor(file: string) {
		this.file = file;
	}

	get runs(): string[] {
		return existsSync(this.file) ? JSON.parse(readFileSync(this.file, 'utf8')).runs : [];
	}

	add(run: string): void {
		writeFileSync(this.file, `${JSON.stringify({ runs: [...this.runs, run] })}\n`);
	}

	clear(): void {
		rmSync(this.file, { force: true });
	}
}

/** Everything in the account whose name begins with the prefix, except for deactivated drivers, which cannot be deleted. */
export async function findByPrefix(live: LiveClient): Promise<Thing[]> {
	const kinds: Record<Thing['kind'], Json[]> = {
		driver: await live.list('/fleet/drivers', { driverActivationStatus: 'active' }),
		trailer: await live.list('/fleet/trailers'),
		// Assets of other types are trailers, vehicles, and equipment.
		asset: await live.list('/assets', { type: 'uncategorized' }),
		attribute: [
			...(await live.list('/attributes', { entityType: 'driver' })),
			...(await live.list('/attributes', { entityType: 'asset' })),
		],
	};
	return (Object.keys(kinds) as Array<Thing['kind']>).flatMap((kind) =>
		kinds[kind]
			.filter(({ name }) => String(name).startsWith(PREFIX))
			.map(({ id, name, entityType }) => ({ kind, id: String(id), entityType, run: runOf(name) })),
	);
}

function runOf(name: unknown): string {
	return String(name).split(' ')[1] ?? '';
}

/**
 * Removes what earlier runs have left behind.
 *
 * @returns how many things were removed
 * @throws Error if something has the prefix that no run of this journal made; nothing is removed then
 */
export async function clean(live: LiveClient, journal: Runs): Promise<number> {
	const found = await findByPrefix(live);
	refuseForeign(found, journal.runs);
	for (const thing of found) await remove(live, thing);
	const left = await findByPrefix(live);
	if (left.length > 0) throw new Error(`${left.length} things could not be removed`);
	journal.clear();
	return found.length;
}

function refuseForeign(found: Thing[], runs: string[]): void {
	const foreign = found.filter(({ run }) => !runs.includes(run));
	if (foreign.length === 0) return;
	const kinds = [...new Set(foreign.map(({ kind }) => kind))].join(', ');
	throw new Error(
		`The account has ${foreign.length} things (${kinds}) whose names begin with ${PREFIX} and that no run on this machine has made. Look at them in Samsara, and remove or rename them.`,
	);
}

async function remove(live: LiveClient, { kind, id, entityType = '' }: Thing): Promise<void> {
	if (kind === 'attribute') {
		await live.call('DELETE', `/attributes/${id}`, { query: { entityType } });
	} else if (kind === 'trailer') {
		await live.call('DELETE', `/fleet/trailers/${id}`);
	} else if (kind === 'asset') {
		await live.call('DELETE', '/assets', { query: { id } });
	} else {
		for (const record of await recordsOf(live, id)) {
			await live.call('DELETE', '/qualification-records', { body: { id: record.id } });
		}
		const body = { driverActivationStatus: 'deactivated' };
		await live.call('PATCH', `/fleet/drivers/${id}`, { body });
	}
}

async function recordsOf(live: LiveClient, ownerIds: string): Promise<Json[]> {
	const startTime = new Date(Date.now() - MAX_AGE_DAYS * 86_400_000).toISOString();
	const endTime = new Date(Date.now() + 86_400_000).toISOString();
	return await live.list('/qualification-records/stream', {
		entityType: 'worker',
		startTime,
		endTime,
		ownerIds,
	});
}

/** What one run creates. Every name has the prefix and the run, so that it can be found whatever happens. */
export class Throwaway {
	readonly run = randomBytes(4).toString('hex');

	private readonly live: LiveClient;

	#count = 0;

	private constructor(live: LiveClient) {
		this.live = live;
	}

	/** @throws Error if something with the prefix exists already */
	static async start(live: LiveClient, journal: Runs): Promise<Throwaway> {
		const found = await findByPrefix(live);
		refuseForeign(found, journal.runs);
		if (found.length > 0) {
			throw new Error('An earlier run has left something behind. Run with --clean first.');
		}
		const throwaway = new Throwaway(live);
		journal.add(throwaway.run);
		return throwaway;
	}

	/** A name that nothing else has. */
	name(): string {
		this.#count += 1;
		return `${PREFIX} ${this.run} ${this.#count}`;
	}

	async driver(more: object = {}): Promise<Json> {
		const name = this.name();
		const username = name.replaceAll(' ', '-');
		const password = `Aa1-${randomBytes(12).toString('hex')}`;
		const body = { name, username, password, ...more };
		return (await this.live.call('POST', '/fleet/drivers', { body })).data;
	}

	async trailer(more: object = {}): Promise<Json> {
		const body = { name: this.name(), ...more };
		return (await this.live.call('POST', '/fleet/trailers', { body })).data;
	}

	async asset(more: object = {}): Promise<Json> {
		const body = { name: this.name(), type: 'uncategorized', ...more };
		return (await this.live.call('POST', '/assets', { body })).data;
	}

	async attribute(more: object = {}): Promise<Json> {
		const body = { name: this.name(), entityType: 'driver', attributeType: 'text', ...more };
		return (await this.live.call('POST', '/attributes', { body })).data;
	}

	/** A record of the first type for drivers whose required fields need no file; undefined if there is none. */
	async record(ownerId: string, more: object = {}): Promise<Json> {
		const types = await this.live.list('/qualification-types', { entityType: 'worker' });
		const type = types.find(({ fields }) => requiredOf(fields).every(({ type }) => valueOf(type)));
		if (!type) return undefined;
		const body = {
			qualificationType: { id: type.id },
			owner: { entityType: 'worker', id: ownerId },
			issueDate: '2024-03-01T00:00:00Z',
			expirationDate: '2034-03-01T00:00:00Z',
			fields: requiredOf(type.fields).map((field) => ({
				id: field.id,
				type: field.type,
				...valueOf(field.type),
			})),
			...more,
		};
		return (await this.live.call('POST', '/qualification-records', { body })).data;
	}
}

const requiredOf = (fields: Json): Json[] =>
	(fields ?? []).filter(({ isRequired }: Json) => isRequired);

function valueOf(type: string): object | undefined {
	const values: Record<string, object> = {
		text: { textValue: { value: 'check' } },
		number: { numberValue: { value: 1 } },
		datetime: { dateTimeValue: { value: '2024-03-01T12:00:00Z' } },
	};
	return values[type];
}
