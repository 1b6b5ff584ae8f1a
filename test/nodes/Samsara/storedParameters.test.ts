import { NodeHelpers, type INode, type INodeProperties } from 'n8n-workflow';
import { Samsara } from '../../../nodes/Samsara/Samsara.node';
import { resources } from '../../../nodes/Samsara/resources';

/*
 * n8n drops stored values of parameters that do not exist or are not displayed. So those that have moved must stay where
 * saved nodes have them, and appear only there.
 */

const { description } = new Samsara();

const REQUEST_OPTIONS = {
	concurrency: 3,
	pace: 'learn',
	retries: 0,
	retrySeconds: 10,
	timeout: '={{ 5 }}',
};

function nodeWith(parameters: INode['parameters']): INode {
	return { id: '1', name: 'n', type: 'samsara', typeVersion: 1, position: [0, 0], parameters };
}

/** The parameters that a run of the node has. */
function parametersAtRun(parameters: INode['parameters'], returnDefaults = true) {
	return NodeHelpers.getNodeParameters(
		description.properties,
		parameters,
		returnDefaults,
		false,
		nodeWith(parameters),
		description,
	)!;
}

/** The parameters, by label, that the editor shows, including those inside of collections. */
function shownLabels(parameters: INode['parameters']): string[] {
	const stored = parametersAtRun(parameters);
	const node = nodeWith(stored);
	const isShown = (property: INodeProperties, path: string) =>
		property.type !== 'hidden' &&
		NodeHelpers.displayParameterPath(stored, property, path, node, description);
	return description.properties
		.filter((property) => isShown(property, ''))
		.flatMap((property) => [
			property.displayName,
			...(property.type === 'collection' ? (property.options as INodeProperties[]) : [])
				.filter((option) => isShown(option, property.name))
				.map((option) => `${property.displayName} > ${option.displayName}`),
		]);
}

const operations = resources.flatMap(({ value: resource, operations: all }) =>
	all.map(({ value: operation }) => ({ resource, operation })),
);

test.each([
	[
		{ resource: 'qualificationRecord', operation: 'getAll' },
		'filters',
		{ expiry: 'any', expiringWithinDays: 0, qualificationTypes: '={{ ["Medical Card"] }}' },
		['Expiration', 'Expiring Within Days', 'Qualification Type Names or IDs'],
	],
	[
		{ resource: 'qualificationRecord', operation: 'checkCompliance' },
		'options',
		{ onlyActionNeeded: false, oneRowPerOwner: false },
		['Only Action Needed', 'One Row per Owner'],
	],
	[
		{ resource: 'qualificationRecord', operation: 'update' },
		'updateFields',
		{ issueDate: '2026-01-01', expirationDate: '={{ $json.end }}' },
		['Issue Date', 'Expiration Date'],
	],
])(
	'%j keeps and shows what has moved to the main form',
	(operation, collection, values, labels) => {
		const parameters = { ...operation, [collection]: values };
		expect(parametersAtRun(parameters)[collection]).toEqual(values);
		expect(parametersAtRun(parameters, false)[collection]).toEqual(values);
		const title = { filters: 'Filters', options: 'Options', updateFields: 'Update Fields' }[
			collection
		];
		const inCollection = labels.map((label) => `${title} > ${label}`);
		expect(shownLabels(parameters)).toEqual(expect.arrayContaining(inCollection));
		const untouched = shownLabels({ ...operation, [collection]: {} });
		expect(untouched.filter((label) => inCollection.includes(label))).toEqual([]);
	},
);

describe('the type of the record to update', () => {
	const update = { resource: 'qualificationRecord', operation: 'update' };
	const locator = (value: string) => ({ __rl: true, mode: 'id', value });
	const isShown = (parameters: INode['parameters']) =>
		shownLabels(parameters).includes('Qualification Type');

	it('is not asked for, unless an expression names the record', () => {
		expect(isShown({ ...update, recordId: locator('a') })).toBe(false);
		expect(isShown(update)).toBe(false);
		expect(isShown({ ...update, recordId: locator('={{ $json.id }}') })).toBe(true);
		const others = operations.filter(({ operation }) => operation !== 'update');
		for (const other of others.filter(({ resource }) => resource === update.resource))
			expect([other, isShown({ ...other, recordId: locator('={{ $json.id }}') })]).toEqual([
				other,
				isShown(other),
			]);
	});

	it.each(['b', '={{ $json.type }}'])('is kept and shown where it is stored: %s', (type) => {
		const parameters = {
			...update,
			recordId: locator('a'),
			qualificationType: locator(type),
			fields: { mappingMode: 'defineBelow', value: { a: '1' } },
		};
		const { qualificationType, fields } = parameters;
		for (const withDefaults of [true, false])
			expect(parametersAtRun(parameters, withDefaults)).toMatchObject({
				qualificationType,
				fields,
			});
		expect(isShown(parameters)).toBe(true);
	});
});

describe.each(operations)('$resource $operation', (operation) => {
	it('keeps and shows request options that are stored among the options', () => {
		const parameters = { ...operation, options: REQUEST_OPTIONS };
		expect(parametersAtRun(parameters).options).toEqual(REQUEST_OPTIONS);
		expect(parametersAtRun(parameters, false).options).toEqual(REQUEST_OPTIONS);
		expect(shownLabels(parameters)).toEqual(
			expect.arrayContaining([
				'Options > Concurrency',
				'Options > Rate Limit',
				'Options > Timeout',
			]),
		);
	});

	it.each([[{}], [{ options: {} }]])(
		'offers them only at the very end otherwise: %j',
		(options) => {
			const labels = shownLabels({ ...operation, ...options });
			expect(labels.filter((label) => label.endsWith('> Concurrency'))).toEqual([
				'Request Options > Concurrency',
			]);
			const lastLabels = labels.slice(labels.indexOf('Request Options'));
			expect(lastLabels.filter((label) => !label.startsWith('Request Options'))).toEqual([]);
			const hasOptions = labels.includes('Options');
			expect(labels.some((label) => label.startsWith('Options > '))).toBe(hasOptions);
		},
	);
});
