import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import type { Resource } from '../execution/operation';

/** The node's whole form: the resource drop-down, and for each resource its operations and their parameters. */
export function form(resources: Resource[]): INodeProperties[] {
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resources.map(({ name, value }) => ({ name, value })),
			default: 'qualificationRecord',
		},
		...resources.flatMap((resource) => [operations(resource), ...parameters(resource)]),
	];
}

const operationDropDown: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options: [],
	default: '',
};

function operations(resource: Resource): INodeProperties {
	return {
		...operationDropDown,
		displayOptions: { show: { resource: [resource.value] } },
		options: resource.operations.map(({ name, value, action, description }) => ({
			name,
			value,
			action,
			description,
		})),
		default: resource.defaultOperation,
	};
}

function parameters(resource: Resource): INodeProperties[] {
	return resource.operations.flatMap((operation) =>
		updateDisplayOptions(
			{ show: { resource: [resource.value], operation: [operation.value] } },
			operation.properties,
		),
	);
}
