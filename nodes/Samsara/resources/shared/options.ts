import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { ClientOptions } from '../../api/client';
import { toNumber } from '../../common/toNumber';
import { byName } from './updateHelpers';

/** How calls are made: added to every operation's Options. */
const callOptions: INodeProperties[] = [
	{
		displayName: 'Concurrency',
		name: 'concurrency',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 50 },
		default: 10,
		description: 'How many items are worked on at once. Their order is kept.',
	},
	{
		displayName: 'Pace',
		name: 'pace',
		type: 'options',
		options: [
			{
				name: 'As Fast as Samsara Allows',
				value: 'learn',
				description:
					'Slow down only when Samsara asks for it: for organizations whose limits were raised',
			},
			{
				name: "Samsara's Documented Limits",
				value: 'documented',
				description:
					'Never send more calls than Samsara documents, e.g. 100 a minute for changing records',
			},
		],
		default: 'documented',
		description: 'How fast calls are made',
	},
	{
		displayName: 'Retries',
		name: 'retries',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 10 },
		default: 4,
		description:
			'How often a call is repeated when Samsara does not answer or has trouble. A call that could make something twice is never repeated blindly.',
	},
	{
		displayName: 'Retry Time',
		name: 'retrySeconds',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 900,
		description:
			'For how many seconds a call is repeated after it first failed, all waits included',
	},
	{
		displayName: 'Timeout',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 60,
		description: 'How many seconds to wait for an answer to one try',
	},
];

/** The Options collection of an operation: its own and those of every call, alphabetical. */
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

/** What the person chose under Options for the calls of this run; one choice for all items. */
export function clientOptions(n8n: IExecuteFunctions): Partial<ClientOptions> {
	const chosen = Object(n8n.getNodeParameter('options', 0, {})) as Record<string, unknown>;
	const numberOption = (name: string, min: number, factor = 1) => {
		const value = toNumber(chosen[name]);
		return chosen[name] !== undefined && Number.isFinite(value)
			? Math.max(min, value) * factor
			: undefined;
	};
	const clientOptions: Partial<ClientOptions> = {
		rateLimitMode: chosen.pace === 'learn' ? 'learn' : 'documented',
		retries: numberOption('retries', 0),
		seconds: numberOption('retrySeconds', 1),
		timeout: numberOption('timeout', 1, 1000),
	};
	return Object.fromEntries(
		Object.entries(clientOptions).filter(([, value]) => value !== undefined),
	);
}
