import type { IDataObject, IHttpRequestOptions, IPollFunctions } from 'n8n-workflow';
import type { QualificationRecord } from '../../../../nodes/Samsara/api/types';

const START = Date.parse('2026-03-01T18:00:00Z');

const PAGE_SIZE = 3;

type Stored = QualificationRecord & { version: number };

/** A Samsara account in memory, with pages by offset, and an n8n that polls it. Each has a clock of its own. */
export class Account {
	readonly records = new Map<string, Stored>();

	/** The true time, and how far n8n's clock is ahead of it. Samsara's is right. */
	time = START;

	offset = 0;

	/** Whether responses have a Date header. */
	hasDate = true;

	/** Called before each response after the first of a poll. */
	beforeResponse: () => void = () => {};

	/** Each response waits for this. */
	gate: Promise<unknown> = Promise.resolve();

	/** Responses after which a poll fails; undefined for never. */
	failAfter?: number;

	/** The time in milliseconds that n8n gives a poll; undefined for an n8n that does not tell. */
	budget?: number;

	parameters: IDataObject = {};

	staticData: IDataObject = {};

	private responses = 0;

	private polls = 0;

	private readonly workflow = `workflow ${Math.random()}`;

	readonly types = ['A', 'B'].flatMap((name, i) =>
		(['worker', 'asset'] as const).map((entityType, j) => ({
			id: `0000000${i}-0000-4000-8000-00000000000${j}`,
			name: `Card ${name}`,
			entityType,
		})),
	);

	readonly owners = ['worker', 'asset'].flatMap((entityType, i) =>
		[1, 2].map((number) => ({
			entityType,
			id: `${i + 1}000${number}`,
			name: `${entityType} ${number}`,
			externalIds: { unit: `${entityType}${number}` },
		})),
	);

	now = () => this.time + this.offset;

	/** The n8n context of one poll. */
	context(): IPollFunctions {
		this.responses = 0;
		// A token of its own, so that no poll waits for the rate limit that another one has used up.
		const apiToken = `${this.workflow} ${this.polls++}`;
		return {
			getNodeParameter: (name: string, fallback?: unknown) => this.parameters[name] ?? fallback,
			getTimezone: () => 'UTC',
			getMode: () => 'trigger',
			getNode: () => ({ id: 'node', parameters: {}, credentials: { samsaraApi: { id: '1' } } }),
			getWorkflow: () => ({ id: this.workflow }),
			getWorkflowStaticData: () => this.staticData,
			...(this.budget === undefined ? {} : { getPollBudgetMs: () => this.budget }),
			getCredentials: async () => ({ apiToken, region: 'custom', baseUrl: 'https://samsara.test' }),
			helpers: {
				httpRequestWithAuthentication: async (_type: string, { url }: IHttpRequestOptions) =>
					await this.respond(new URL(url)),
			},
		} as unknown as IPollFunctions;
	}

	create(id: string, type: number, owner: number): void {
		const { id: ownerId, entityType } = this.owners[owner];
		const types = this.types.filter((candidate) => candidate.entityType === entityType);
		const updatedAtTime = this.tick();
		this.records.set(id, {
			id,
			version: 1,
			recordStatus: 'active',
			createdAtTime: updatedAtTime,
			updatedAtTime,
			issueDate: '2026-01-01T00:00:00Z',
			owner: { id: ownerId, entityType },
			qualificationType: { id: types[type].id },
			fields: [],
		} as unknown as Stored);
	}

	change(id: string, change: Partial<QualificationRecord>): void {
		const record = this.records.get(id);
		if (!record || record.recordStatus === 'deleted') return;
		const version = record.version + 1;
		this.records.set(id, { ...record, ...change, version, updatedAtTime: this.tick() });
	}

	/** Oldest change first. */
	changedSince(time: number): Stored[] {
		return [...this.records.values()]
			.filter(({ updatedAtTime }) => Date.parse(updatedAtTime) >= time)
			.sort((a, b) => Date.parse(a.updatedAtTime) - Date.parse(b.updatedAtTime));
	}

	protected tick(): string {
		this.time += 5;
		return new Date(this.time).toISOString();
	}

	private async respond({ pathname, searchParams: query }: URL) {
		await this.gate;
		this.time += 40;
		if (this.failAfter !== undefined && this.responses >= this.failAfter)
			return { statusCode: 400, headers: {}, body: '{"message":"no"}' };
		if (this.responses++ > 0) this.beforeResponse();
		const body = this.bodyOf(pathname, query);
		const headers = this.hasDate ? { date: new Date(this.time).toUTCString() } : {};
		return { statusCode: 200, headers, body: JSON.stringify(body) };
	}

	protected bodyOf(pathname: string, query: URLSearchParams): object {
		if (pathname === '/qualification-records/stream') return this.page(query);
		const driver = /^\/fleet\/drivers\/(.+)/.exec(pathname)?.[1];
		const data = driver
			? this.owners.find(({ id }) => id === driver)
			: this.listOf(pathname, query);
		return { data };
	}

	private listOf(pathname: string, query: URLSearchParams) {
		if (pathname === '/qualification-types')
			return this.types.filter(({ entityType }) => entityType === query.get('entityType'));
		const entityType = pathname === '/assets' ? 'asset' : 'worker';
		return query.get('driverActivationStatus') === 'deactivated'
			? []
			: this.owners.filter((owner) => owner.entityType === entityType);
	}

	private page(query: URLSearchParams) {
		const list = (name: string) => query.get(name)?.split(',') ?? [];
		const passes = (ids: string[], id: string) => ids.length === 0 || ids.includes(id);
		const [from, to] = ['startTime', 'endTime'].map((name) => Date.parse(query.get(name)!));
		if (!(from <= to)) throw new Error('endTime must not be before startTime');
		const rows = [...this.records.values()]
			.filter(({ owner, qualificationType, recordStatus, updatedAtTime }) => {
				const time = Date.parse(updatedAtTime);
				return (
					owner.entityType === query.get('entityType') &&
					(recordStatus !== 'deleted' || query.get('includeDeleted') === 'true') &&
					passes(list('qualificationTypeIds'), qualificationType.id) &&
					passes(list('ownerIds'), owner.id) &&
					time >= from &&
					time < to
				);
			})
			.sort((a, b) => Date.parse(a.updatedAtTime) - Date.parse(b.updatedAtTime));
		const end = Number(query.get('after') ?? 0) + PAGE_SIZE;
		const hasNextPage = end < rows.length;
		return {
			data: rows.slice(end - PAGE_SIZE, end),
			pagination: { endCursor: hasNextPage ? String(end) : '', hasNextPage },
		};
	}
}
