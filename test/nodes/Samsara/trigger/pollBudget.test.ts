import type { IPollFunctions } from 'n8n-workflow';
import { clock } from '../../../../nodes/Samsara/api/clock';
import { pollBudget } from '../../../../nodes/Samsara/trigger/pollBudget';

const original = { ...clock };

afterEach(() => void Object.assign(clock, original));

const n8nWith = (budget: number) =>
	({ getPollBudgetMs: () => budget }) as unknown as IPollFunctions;

test('reading, reading names, and one call with its retries end before n8n abandons the poll', () => {
	let time = 0;
	clock.monotonic = () => time;
	const { isTimeUp, isTimeForNamesUp, clientOptions } = pollBudget(n8nWith(36_000));
	while (!isTimeUp()) time += 100;
	expect(time).toBeGreaterThan(10_000);
	expect(isTimeForNamesUp()).toBe(false);
	while (!isTimeForNamesUp()) time += 100;
	expect(time + clientOptions.seconds! * 1000).toBeLessThan(36_000);
	expect(time + clientOptions.timeout!).toBeLessThan(36_000);
});

test('a long budget does not make a call wait longer than without one', () => {
	const { clientOptions } = pollBudget(n8nWith(24 * 60 * 60_000));
	expect(clientOptions).toEqual({ seconds: 900, timeout: 60_000 });
});

test('an n8n that tells no budget never abandons a poll, so the poll reads on', () => {
	const { isTimeUp, isTimeForNamesUp, clientOptions } = pollBudget({} as IPollFunctions);
	expect([isTimeUp(), isTimeForNamesUp()]).toEqual([false, false]);
	expect(clientOptions).toEqual({});
});
