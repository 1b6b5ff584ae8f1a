import type { SamsaraClient } from '../../../../../nodes/Samsara/api/client';
import { RunContext } from '../../../../../nodes/Samsara/api/runContext';
import type { Item } from '../../../../../nodes/Samsara/execution/item';
import { getAll } from '../../../../../nodes/Samsara/resources/driver/getAll';
import { withAttributes } from '../../../../../nodes/Samsara/resources/shared/assets';

/** More than a call has arguments. */
const COUNT = 200_000;

const many = Array.from({ length: COUNT }, (_, n) => ({ id: String(n), name: `Driver ${n}` }));

/** Every list has the same entries, on one page. */
const run = new RunContext({
	get: async () => await Promise.resolve({ data: many }),
} as object as SamsaraClient);

it('an account may have any number of drivers', async () => {
	const filters = { driverActivationStatus: 'all' };
	const item = {
		run,
		limit: () => undefined,
		boolean: () => false,
		collection: () => filters,
	};
	expect(await getAll.execute(item as object as Item)).toHaveLength(2 * COUNT);
});

it('an account may have any number of trailers', async () => {
	expect(await withAttributes(run, 'trailer', many)).toHaveLength(COUNT);
});
