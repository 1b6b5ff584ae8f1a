import { settle, succeeded } from '../../../../nodes/Samsara/common/settle';

it('returns what the work returns, whether it is asynchronous or not', async () => {
	expect(await settle(() => 'CDL')).toBe('CDL');
	expect(await settle(async () => await Promise.resolve(7))).toBe(7);
});

it('returns the error instead of throwing it', async () => {
	const error = new TypeError('no token');
	const fail = () => {
		throw error;
	};
	expect(await settle(fail)).toBe(error);
	expect(await settle(async () => await Promise.reject(error))).toBe(error);
});

it('keeps the order of the results when it leaves out the failures', () => {
	expect(succeeded([3, new Error('lost'), 1, undefined, 2])).toEqual([3, 1, undefined, 2]);
});
