import { Account } from './account';

const PAGE_SIZE = 3;

/** A driver as it is stored. Each version is an object of its own. */
export interface StoredDriver {
	id: string;
	name: string;
	status: 'active' | 'deactivated';
	tags: string[];
	externalIds: Record<string, string>;
	attributes: string[];
	phone: string;
	createdAt: number;
	updatedAt: number;
}

export type Member = 'name' | 'status' | 'tags' | 'externalIds' | 'attributes' | 'phone';

/** How a response shows what is empty. */
export type Emptiness = 'empty' | 'null' | 'missing';

/** Drivers in memory, in lists by offset, whose order, repetitions and empty members differ from response to response. */
export class DriverAccount extends Account {
	readonly drivers = new Map<string, StoredDriver>();

	/** What does not count as an update. */
	silent: Member[] = [];

	emptiness: Emptiness[] = ['missing'];

	isRepeating = false;

	private count = 0;

	add(id: string): void {
		const time = this.instant();
		this.drivers.set(id, {
			id,
			name: `Driver ${id}`,
			status: 'active',
			tags: [],
			externalIds: {},
			attributes: [],
			phone: '1',
			createdAt: time,
			updatedAt: time,
		});
	}

	/** Changes a member to one of a few values, so that it may change back. */
	edit(id: string, member: Member, value: number): void {
		const driver = this.drivers.get(id);
		if (!driver) return;
		const text = ['a', 'b', 'c'][value % 3];
		const changes: Record<Member, Partial<StoredDriver>> = {
			name: { name: text },
			status: { status: value % 2 === 0 ? 'active' : 'deactivated' },
			tags: { tags: [[], ['1'], ['1', '2']][value % 3] },
			externalIds: { externalIds: value === 0 ? {} : { a: text } },
			attributes: { attributes: [[], ['x'], ['x', 'y']][value % 3] },
			phone: { phone: text },
		};
		const time = this.instant();
		const updatedAt = this.silent.includes(member) ? driver.updatedAt : time;
		this.drivers.set(id, { ...driver, ...changes[member], updatedAt });
	}

	protected bodyOf(pathname: string, query: URLSearchParams): object {
		if (pathname !== '/fleet/drivers') return { data: [] };
		const after = Number(query.get('after') ?? 0);
		const since = (name: string) => Date.parse(query.get(name) ?? '1970-01-01');
		const rows = [...this.drivers.values()].filter(
			({ status, createdAt, updatedAt }) =>
				status === (query.get('driverActivationStatus') ?? 'active') &&
				createdAt >= since('createdAfterTime') &&
				updatedAt >= since('updatedAfterTime'),
		);
		const end = after + PAGE_SIZE;
		const hasNextPage = end < rows.length;
		const page = rows.slice(this.isRepeating && after > 0 ? after - 1 : after, end);
		if (this.isRepeating && page.length > 0) page.push(page[page.length - 1]);
		return {
			data: page.map((driver) => this.render(driver)),
			pagination: { endCursor: hasNextPage ? String(end) : '', hasNextPage },
		};
	}

	private instant(): number {
		return Date.parse(this.tick());
	}

	private render(driver: StoredDriver): object {
		const { createdAt, updatedAt, status, tags, attributes, externalIds, ...others } = driver;
		const emptiness = this.emptiness[this.count++ % this.emptiness.length];
		const isReversed = this.count % 2 === 0;
		const empty = <T>(value: T) => ({ empty: value, null: null, missing: undefined })[emptiness];
		const list = <T>(values: T[]) => {
			if (values.length === 0) return empty(values);
			return isReversed ? [...values].reverse() : values;
		};
		const valueless = { id: 'z', name: 'Z', stringValues: empty([]), numberValues: empty([]) };
		return {
			...others,
			driverActivationStatus: emptiness === 'missing' ? undefined : status,
			tags: list(tags.map((id) => ({ id, name: `Tag ${this.count}` }))),
			externalIds: Object.keys(externalIds).length > 0 ? externalIds : empty({}),
			attributes:
				attributes.length > 0
					? [{ id: 'k', name: `K${this.count}`, stringValues: list(attributes) }, valueless]
					: list(isReversed ? [valueless] : []),
			createdAtTime: new Date(createdAt).toISOString(),
			updatedAtTime: new Date(updatedAt).toISOString(),
		};
	}
}
