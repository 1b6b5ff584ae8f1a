import type { SamsaraClient } from '../api/client';
import { PAGE_SIZE, pagesOf } from '../api/pagination';
import type { Query } from '../api/path';
import type { Driver } from '../api/types';
import { SamsaraApiError, toError } from '../common/errors';

/** Samsara lists active and deactivated drivers separately. */
const STATUSES = ['active', 'deactivated'] as const;

/** Where to continue reading. */
export interface DriverPosition {
	status: (typeof STATUSES)[number];
	/** The cursor of Samsara's list; its beginning without one. */
	after?: string;
}

export const FIRST_DRIVER: DriverPosition = { status: 'active' };

/** Drivers that were read, each in its newest version. Lists may repeat one that moves from one to the other. */
export class NewestDrivers {
	private readonly byId = new Map<string, Driver>();

	pages = 0;

	add(page: Driver[]): void {
		this.pages++;
		for (const driver of page) {
			const earlier = this.byId.get(String(driver.id));
			if (earlier && timeOf(earlier.updatedAtTime) > timeOf(driver.updatedAtTime)) continue;
			this.byId.set(String(driver.id), driver);
		}
	}

	list(): Driver[] {
		return [...this.byId.values()];
	}
}

/**
 * Reads the drivers of both lists.
 *
 * @param isTimeUp checked after each page; true leaves the rest for another time
 * @returns where to continue; undefined if everything was read
 */
export async function readDrivers(
	client: SamsaraClient,
	drivers: NewestDrivers,
	query: Query,
	start: DriverPosition,
	isTimeUp: () => boolean,
): Promise<DriverPosition | undefined> {
	for (const status of STATUSES.slice(STATUSES.indexOf(start.status))) {
		if (drivers.pages > 0 && isTimeUp()) return { status };
		const after = status === start.status ? start.after : undefined;
		for await (const { rows, next } of driverPages(client, status, query, after)) {
			drivers.add(rows.map((row) => ({ driverActivationStatus: status, ...row })));
			if (next && isTimeUp()) return { status, after: next };
		}
	}
	return undefined;
}

/** How long a cursor can be used is not documented. If Samsara refuses it, the list is read from its beginning. */
async function* driverPages(
	client: SamsaraClient,
	status: DriverPosition['status'],
	query: Query,
	start?: string,
) {
	const driverActivationStatus = status === 'active' ? undefined : status;
	const pages = (from?: string) =>
		pagesOf<Driver>(
			client,
			'/fleet/drivers',
			{ limit: PAGE_SIZE, driverActivationStatus, ...query },
			{ start: from },
		);
	let isStarted = false;
	try {
		for await (const page of pages(start)) {
			isStarted = true;
			yield page;
		}
	} catch (error) {
		const isRefused = error instanceof SamsaraApiError && error.status === 400;
		if (!start || isStarted || !isRefused) throw toError(error);
		yield* pages();
	}
}

/** In milliseconds since 1970; NaN without a valid time. */
export function timeOf(time?: string): number {
	return Date.parse(time ?? '');
}
