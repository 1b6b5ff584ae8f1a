import { clock } from '../../../../nodes/Samsara/api/clock';
import { RenewalError, renewToken, type Renewal } from '../../../../nodes/Samsara/api/tokenRenewal';

const { sleep } = clock;

afterEach(() => void (clock.sleep = sleep));

it('calls that were refused together share a renewal that fails for now, and later ones try again', async () => {
	clock.sleep = async () => await sleep(1);
	let probes = 0;
	const renewal = (): Renewal => ({
		account: 'one',
		readToken: async () => await Promise.resolve('expired'),
		async probe() {
			probes++;
			return await Promise.reject(Object.assign(new Error('down'), { httpCode: '503' }));
		},
	});
	const monotonic = jest.spyOn(clock, 'monotonic');
	let now = 1_000;
	monotonic.mockImplementation(() => (now += 100));
	const renew = async () => await renewToken('expired', renewal()).catch((error: unknown) => error);
	try {
		const outcomes = await Promise.all(Array.from({ length: 50 }, renew));
		for (const outcome of outcomes) expect(outcome).toBeInstanceOf(RenewalError);
		expect(probes).toBe(1);
		expect(await renew()).toBeInstanceOf(RenewalError);
		expect(probes).toBe(2);
	} finally {
		monotonic.mockRestore();
	}
});
