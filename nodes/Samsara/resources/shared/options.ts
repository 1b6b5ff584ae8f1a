import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { ClientOptions } from '../../api/client';
import { toNumber, toText } from '../../common/coercion';
import type { Item } from '../../execution/item';
import { InvalidInputError } from '../../common/errors';

/** How requests are made. Every operation has these options. */
const callOptions: INodeProperties[] = [
	{
		displayName: 'Concurrency',
		name: 'concurrency',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 50 },
		default: 10,
		description: 'How many items to process at once. The output keeps their order.',
	},
	{
		displayName: 'Rate Limit',
		name: 'pace',
		type: 'options',
		options: [
			{
				name: 'As Fast as Samsara Allows',
				value: 'learn',
				description:
					'Slow down only when Samsara asks for it. For organizations whose limits Samsara has raised.',
			},
			{
				name: "Samsara's Documented Limits",
				value: 'documented',
				description:
					'Never send more requests than Samsara documents, e.g. 100 per minute for updating records',
			},
		],
		default: 'documented',
		description: 'How fast to send requests',
	},
	{
		displayName: 'Retries',
		name: 'retries',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 10 },
		default: 4,
		description:
			'How often to repeat a request when Samsara does not respond or is unavailable. A request that could create something twice is never repeated blindly.',
	},
	{
		displayName: 'Max Retry Time',
		name: 'retrySeconds',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 900,
		description:
			'For how many seconds to repeat a request after it first failed, including all waits',
	},
	{
		displayName: 'Timeout',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 60,
		description: 'How many seconds to wait for the response to one attempt',
	},
];

/** The Options collection of an operation: its own options and those of every request, in alphabetical order. */
export function options(...own: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: byName([...own, ...callOptions]),
	};
}

/** Reads the options for the requests of this run. The first item's options apply to all items. */
export function clientOptions(n8n: IExecuteFunctions): Partial<ClientOptions> {
	const values = Object(n8n.getNodeParameter('options', 0, {})) as Record<string, unknown>;
	const numberOption = (name: string, min: number, factor = 1) => {
		const value = toNumber(values[name]);
		return values[name] !== undefined && Number.isFinite(value)
			? Math.max(min, value) * factor
			: undefined;
	};
	const clientOptions: Partial<ClientOptions> = {
		rateLimitMode: values.pace === 'learn' ? 'learn' : 'documented',
		retries: numberOption('retries', 0),
		seconds: numberOption('retrySeconds', 1),
		timeout: numberOption('timeout', 1, 1000),
	};
	return Object.fromEntries(
		Object.entries(clientOptions).filter(([, value]) => value !== undefined),
	);
}

/** What Create does if the entity or record already exists. */
export const ifExists: INodeProperties = {
	displayName: 'If It Exists',
	name: 'ifExists',
	type: 'options',
	options: [
		{
			name: 'Fail',
			value: 'fail',
			description: 'Leave it as it is and fail with an error',
		},
		{
			name: 'Skip',
			value: 'skip',
			description: 'Leave it as it is and return it',
		},
		{
			name: 'Update',
			value: 'update',
			description: 'Update the fields that have a value here and keep the rest',
		},
	],
	default: 'fail',
	description: 'What to do if it already exists in Samsara',
};

/** Reads 'If It Exists'. @throws InvalidInputError for any other value, which an expression may return */
export function readIfExists(item: Item): 'fail' | 'skip' | 'update' {
	const { ifExists: chosen = 'fail' } = item.collection('options');
	if (chosen === 'fail' || chosen === 'skip' || chosen === 'update') return chosen;
	throw new InvalidInputError(
		`'If It Exists' is '${toText(chosen)}'`,
		"Set 'If It Exists' to fail, skip or update.",
	);
}

export const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** Sorts optional fields by label. */
export function byName(fields: INodeProperties[]): INodeProperties[] {
	// localeCompare would load language data and delay n8n's start by several milliseconds.
	return [...fields].sort((a, b) => (a.displayName < b.displayName ? -1 : 1));
}
