import { startSimulator, type Simulator } from '../simulator/index.mts';
import { facts } from './check.mts';
import { Command } from './command.mts';
import { PREFIX } from './throwaway.mts';

let sim: Simulator;
let command: Command;

beforeEach(async () => {
	sim = await startSimulator({ drivers: 5, records: 20 });
	command = new Command(sim);
});

afterEach(async () => {
	command.close();
	await sim.close();
});

const left = () => [
	...[...sim.state.trailers.values(), ...sim.state.attributes.values()].filter(({ name }) =>
		name.startsWith(PREFIX),
	),
	...[...sim.state.drivers.values()].filter(
		({ name, driverActivationStatus }) =>
			name.startsWith(PREFIX) && driverActivationStatus === 'active',
	),
];

it('prints every question with what was seen, what the node assumes and a verdict, and writes a report', async () => {
	const { code, output } = await command.run(['--write']);
	expect(output).not.toContain(sim.token);
	expect(code).toBe(0);
	for (const { question } of facts) {
		expect(output).toContain(question);
		expect(command.report).toContain(question);
	}
	expect(output).not.toContain('Verdict: not checked');
	expect(command.report).toContain('region custom, reads and writes');
	expect(command.report).not.toContain(sim.url);
	expect(left()).toEqual([]);
});

it('removes what it made after Ctrl-C, and the next run can write', async () => {
	const options = { signal: 'SIGINT', when: /allowed values/ } as const;
	const { code, output } = await command.run(['--write'], options);
	expect(output).toContain('What was created is being removed.');
	expect(code).toBe(130);
	expect(left()).toEqual([]);
	expect((await command.run(['--write'])).code).toBe(0);
});

it('after a kill, refuses to write until --clean has removed what is left', async () => {
	sim.settings.latencyMs = 5;
	await command.run(['--write'], { signal: 'SIGKILL', when: /allowed values/ });
	expect(left()).not.toEqual([]);
	const refused = await command.run(['--write']);
	expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('--clean first') });
	const { code, output } = await command.run(['--clean']);
	expect(code).toBe(0);
	expect(output).toMatch(/Removed \d+ things of earlier runs/);
	expect(left()).toEqual([]);
});

it('refuses to run without a token, and says what to set', async () => {
	const without = new Command({ url: sim.url, token: '' });
	const { code, output } = await without.run();
	expect(code).toBe(1);
	expect(output).toContain('Set SAMSARA_API_TOKEN');
	expect(sim.requests).toHaveLength(0);
	without.close();
});
