import type { IExecuteFunctions, INodeProperties, NodeParameterValue } from 'n8n-workflow';
import type { ClientOptions } from '../../api/client';
import { toNumber } from '../../common/coercion';
import { requestValues } from '../../execution/concurrency';
import { collection } from './collections';

/** How requests are made. */
export const requestFields: INodeProperties[] = [
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

/** The last collection of every operation. n8n itself handles a custom API call. */
export const requestOptions: INodeProperties = {
	...collection('Request Options', 'requestOptions', 'Add option', requestFields),
	displayOptions: { hide: { operation: ['__CUSTOM_API_CALL__'] } },
};

/** The collection 'Options'. */
export function optionsOf(fields: INodeProperties[]): INodeProperties {
	return collection('Options', 'options', 'Add option', fields);
}

/**
 * The collection 'Options' of an operation that no longer has any: shown only if the node has some stored. n8n decides
 * that without the values of collections, so a hidden parameter of the same name stands for it.
 *
 * @param own further options that the operation used to have
 */
export function storedOptions(...own: INodeProperties[]): INodeProperties[] {
	const empty = {} as unknown as NodeParameterValue;
	return [
		{ displayName: 'Options', name: 'options', type: 'hidden', default: {} },
		{
			...optionsOf([...own, ...requestFields]),
			displayOptions: { hide: { options: [{ _cnd: { eq: empty } }] } },
		},
	];
}

/** Reads the options for the requests of this run. The first item's options apply to all items. */
export function clientOptions(n8n: IExecuteFunctions): Partial<ClientOptions> {
	const values = requestValues(n8n);
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
