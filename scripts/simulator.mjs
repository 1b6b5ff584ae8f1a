import { parseArgs } from 'node:util';

const NUMBERS = [
	'drivers',
	'vehicles',
	'trailers',
	'equipment',
	'records',
	'extra-attributes',
	'clock-speed',
	'clock-offset-ms',
	'latency-ms',
	'media-processing-ms',
	'media-url-lifetime-ms',
	'page-size',
	'port',
	'control-port',
];
const CHOICES = {
	seed: ['fleet', 'empty'],
	'attribute-writes': ['merge', 'replace'],
	'attribute-entities': ['merge', 'replace'],
	'attribute-entity-values': ['given', 'null'],
	'record-external-ids': ['merge', 'replace'],
	pagination: ['cursor', 'offset'],
	nulls: ['none', 'empty', 'null', 'missing'],
};

const USAGE = `Usage: npm run simulator -- [options]
  --token=…  --scopes="Read Drivers,Write Drivers"  --empty-body=…
  ${Object.entries(CHOICES)
		.map(([name, choices]) => `--${name}=${choices.join('|')}`)
		.join('  ')}
  --rate-limits  --repeat-entries  --no-external-ids-everywhere
  ${NUMBERS.map((name) => `--${name}=N`).join(' ')}`;

/**
 * Reads the command line into SimulatorOptions (see test/simulator/settings.mts).
 * @throws Error with a sentence for the person for an unknown option or a value that does not fit
 */
function readOptions(args) {
	const text = { type: 'string' };
	const { values } = parseArgs({
		args,
		options: {
			...Object.fromEntries([...NUMBERS, ...Object.keys(CHOICES)].map((name) => [name, text])),
			token: text,
			scopes: text,
			'empty-body': text,
			'rate-limits': { type: 'boolean' },
			'repeat-entries': { type: 'boolean' },
			'no-external-ids-everywhere': { type: 'boolean' },
			help: { type: 'boolean' },
		},
	});
	const options = {};
	for (const [name, value] of Object.entries(values)) {
		const member = name.replaceAll(/-(\w)/g, (_, letter) => letter.toUpperCase());
		if (NUMBERS.includes(name)) {
			const sign = name === 'clock-offset-ms' ? '-?' : '';
			if (!new RegExp(`^${sign}\\d+(\\.\\d+)?$`).test(value))
				throw new Error(`--${name} takes a number, not "${value}"`);
			options[member] = Number(value);
		} else if (name === 'scopes') {
			options.scopes = value.split(',').map((scope) => scope.trim());
		} else if (name === 'no-external-ids-everywhere') {
			options.externalIdsEverywhere = false;
		} else {
			if (CHOICES[name] && !CHOICES[name].includes(value)) {
				throw new Error(`--${name} takes ${CHOICES[name].join(' or ')}, not "${value}"`);
			}
			options[member] = value;
		}
	}
	return options;
}

async function run() {
	const options = readOptions(process.argv.slice(2));
	if (options.help) {
		console.log(USAGE);
		return;
	}
	const { startSimulator } = await import('../test/simulator/index.mts');
	const simulator = await startSimulator(options);
	console.log(`Samsara simulator: ${simulator.url}`);
	console.log(`Control and media: ${simulator.controlUrl}`);
	console.log(`API token: ${simulator.token}`);
	const stop = () => void simulator.close();
	process.on('SIGTERM', stop);
	process.on('SIGINT', stop);
}

// The simulator is TypeScript, which Node runs as it is from version 24 on.
if (Number(process.versions.node.split('.')[0]) < 24) {
	console.error('The simulator needs Node 24, on which `npm run simulator` starts it.');
	process.exitCode = 1;
} else {
	await run().catch((error) => {
		console.error(`${error.message}\n${USAGE}`);
		process.exitCode = 1;
	});
}
