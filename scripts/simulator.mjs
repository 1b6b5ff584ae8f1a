import { parseArgs } from 'node:util';

const NUMERIC = [
	'drivers',
	'vehicles',
	'trailers',
	'equipment',
	'other-assets',
	'records',
	'extra-attributes',
	'clock-speed',
	'clock-offset-ms',
	'latency-ms',
	'access-token-lifetime-ms',
	'access-token-calls',
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
	'attribute-entity-values': ['actual', 'null'],
	'record-external-ids': ['merge', 'replace'],
	'external-id-removal': ['any', 'empty', 'null', 'literal', 'omission', 'never'],
	'asset-responses': ['complete', 'bare'],
	'refresh-tokens': ['single-use', 'reusable'],
	'refresh-token-reuse': ['refuse', 'revoke'],
	'stream-without-end': ['endless', 'ends'],
	'attribute-conditions': ['any', 'semicolon', 'repeated'],
	pagination: ['cursor', 'offset'],
	nulls: ['none', 'empty', 'null', 'missing'],
};

const USAGE = `Usage: npm run simulator -- [options]
  --token=…  --scopes="Read Drivers,Write Drivers"  --empty-body=…
  ${Object.entries(CHOICES)
		.map(([name, choices]) => `--${name}=${choices.join('|')}`)
		.join('  ')}
  --rate-limits  --repeat-entries  --no-external-ids-everywhere  --no-asset-attributes
  ${NUMERIC.map((name) => `--${name}=N`).join(' ')}`;

/**
 * Parses the command line into SimulatorOptions (see test/simulator/settings.mts).
 * @throws Error for an unknown option or an invalid value
 */
function readOptions(args) {
	const text = { type: 'string' };
	const { values } = parseArgs({
		args,
		options: {
			...Object.fromEntries([...NUMERIC, ...Object.keys(CHOICES)].map((name) => [name, text])),
			token: text,
			scopes: text,
			'empty-body': text,
			'rate-limits': { type: 'boolean' },
			'repeat-entries': { type: 'boolean' },
			'no-external-ids-everywhere': { type: 'boolean' },
			'no-asset-attributes': { type: 'boolean' },
			help: { type: 'boolean' },
		},
	});
	const options = {};
	for (const [name, value] of Object.entries(values)) {
		const option = name.replaceAll(/-(\w)/g, (_, letter) => letter.toUpperCase());
		if (NUMERIC.includes(name)) {
			const sign = name === 'clock-offset-ms' ? '-?' : '';
			if (!new RegExp(`^${sign}\\d+(\\.\\d+)?$`).test(value))
				throw new Error(`--${name} must be a number, not "${value}"`);
			options[option] = Number(value);
		} else if (name === 'scopes') {
			options.scopes = value.split(',').map((scope) => scope.trim());
		} else if (name === 'no-external-ids-everywhere') {
			options.externalIdsEverywhere = false;
		} else if (name === 'no-asset-attributes') {
			options.assetAttributes = false;
		} else {
			if (CHOICES[name] && !CHOICES[name].includes(value)) {
				throw new Error(`--${name} must be ${CHOICES[name].join(' or ')}, not "${value}"`);
			}
			options[option] = value;
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
	console.log(`Control and files: ${simulator.controlUrl}`);
	console.log(`API token: ${simulator.token}`);
	const stop = () => void simulator.close();
	process.on('SIGTERM', stop);
	process.on('SIGINT', stop);
}

// The simulator is written in TypeScript, which Node runs directly from version 24 on.
if (Number(process.versions.node.split('.')[0]) < 24) {
	console.error('The simulator needs Node 24. Start it with `npm run simulator`.');
	process.exitCode = 1;
} else {
	await run().catch((error) => {
		console.error(`${error.message}\n${USAGE}`);
		process.exitCode = 1;
	});
}
