import type { INodeProperties } from 'n8n-workflow';
import type { Resource } from '../execution/operation';
import { requestOptions, storedOptions } from './shared/requestOptions';

/** The node's form: the resource drop-down, and the operations of each resource with their parameters. */
export function nodeProperties(resources: Resource[]): INodeProperties[] {
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resources.map(({ name, value }) => ({ name, value })),
			default: 'qualificationRecord',
		},
		...resources.flatMap((resource) => [
			operationDropDownFor(resource),
			...operationProperties(resource),
		]),
		requestOptions,
	];
}

/** The canvas cuts longer texts off. */
const MAX_SUBTITLE_LENGTH = 30;

/** An expression for the text below the node on the canvas, e.g. `Get Many: Qualification Record`. */
export function subtitle(resources: Resource[]): string {
	const texts = Object.fromEntries(
		resources.flatMap(({ name, value, operations }) =>
			operations.map((operation) => {
				const text = `${operation.name}: ${name}`;
				return [
					`${value} ${operation.value}`,
					text.length <= MAX_SUBTITLE_LENGTH
						? text
						: `${operation.name}: ${name.split(' ').at(-1)}`,
				];
			}),
		),
	);
	return `={{ (${JSON.stringify(texts)})[$parameter["resource"] + " " + $parameter["operation"]] }}`;
}

const operationDropDown: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options: [],
	default: '',
};

function operationDropDownFor(resource: Resource): INodeProperties {
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

/**
 * The conditions on resource and operation come first, because n8n does not check those after a parameter that is set by an
 * expression. n8n's own `updateDisplayOptions` makes deep copies, which would take a fifth of the package's loading time.
 */
function operationProperties({ value: resource, operations }: Resource): INodeProperties[] {
	return operations.flatMap(({ value: operation, properties }) =>
		withOptions(properties).map((property) => ({
			...property,
			displayOptions: {
				...property.displayOptions,
				show: { resource: [resource], operation: [operation], ...property.displayOptions?.show },
			},
		})),
	);
}

function withOptions(properties: INodeProperties[]): INodeProperties[] {
	const hasOptions = properties.some(({ name }) => name === 'options');
	return hasOptions ? properties : [...properties, ...storedOptions()];
}
