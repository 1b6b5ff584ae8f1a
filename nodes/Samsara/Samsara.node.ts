import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { SamsaraClient } from './api/client';
import { createTransport } from './api/http';
import { RunContext } from './api/runContext';
import { runOperation } from './execution/run';
import { SIGNED_URLS } from './fields/qualification/signedUrls';
import { listSearch, loadOptions, resourceMapping } from './methods';
import { findOperation, resources } from './resources';
import { nodeProperties, subtitle } from './resources/properties';
import { authentication } from './resources/shared/authentication';
import { clientOptions } from './resources/shared/requestOptions';

/** Manages Samsara's qualification records, custom attributes, and the drivers and assets that have them. */
export class Samsara implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Samsara',
		name: 'samsara',
		icon: { light: 'file:../../icons/samsara.svg', dark: 'file:../../icons/samsara.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: subtitle(resources),
		description:
			'Manage licenses, medical cards, trainings, and other qualification records, and attributes of drivers, vehicles, trailers, and equipment, in Samsara',
		defaults: { name: 'Samsara' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'samsaraApi',
				required: true,
				displayOptions: { show: { authentication: ['apiToken'] } },
			},
			{
				name: 'samsaraOAuth2Api',
				required: true,
				displayOptions: { show: { authentication: ['oAuth2'] } },
			},
		],
		properties: [authentication, ...nodeProperties(resources)],
		sensitiveOutputFields: SIGNED_URLS,
		builderHint: {
			searchHint:
				'Use Qualification Record > Check Compliance to find who lacks a license or medical card, and Get Many with Expiration to find what expires. Create or Update does not create a record twice, so use it for imports. The node waits when Samsara limits calls: do not add Loop Over Items or Wait for that.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-samsara.samsaraTrigger',
					relationHint:
						'Starts the workflow when a record changes, is about to expire, or has expired',
				},
			],
		},
	};

	methods = { listSearch, loadOptions, resourceMapping };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const operation = findOperation(
			this.getNodeParameter('resource', 0),
			this.getNodeParameter('operation', 0),
		);
		const client = new SamsaraClient(await createTransport(this), clientOptions(this));
		return await runOperation(this, operation, new RunContext(client));
	}
}
