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
import { listSearch, loadOptions, resourceMapping } from './methods';
import { findOperation, resources } from './resources';
import { nodeProperties, subtitle } from './resources/properties';
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
			'Manage licenses, medical cards, trainings and other qualification records, and attributes of drivers, vehicles, trailers and equipment, in Samsara',
		defaults: { name: 'Samsara' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'samsaraApi', required: true }],
		properties: nodeProperties(resources),
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
