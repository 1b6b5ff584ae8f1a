import {
	Workflow,
	type INode,
	type INodeProperties,
	type INodePropertyOptions,
	type INodeType,
} from 'n8n-workflow';
import { Samsara } from '../../../nodes/Samsara/Samsara.node';
import { SamsaraTrigger } from '../../../nodes/Samsara/SamsaraTrigger.node';
import { resources } from '../../../nodes/Samsara/resources';
import action from '../../../nodes/Samsara/Samsara.node.json';
import trigger from '../../../nodes/Samsara/SamsaraTrigger.node.json';

/*
 * All forms look the same: one label per concept, the same order, at most one notice.
 */

const description = new Samsara().description;
const triggerDescription = new SamsaraTrigger().description;

const forms: Array<[string, INodeProperties[]]> = [
	...resources.flatMap(({ name, operations }) =>
		operations.map((operation): [string, INodeProperties[]] => [
			`${name} > ${operation.name}`,
			operation.properties,
		]),
	),
	['Trigger', triggerDescription.properties],
];

/** A property and everything below it. */
function flatten(property: INodeProperties): INodeProperties[] {
	const children = (property.options ?? []).flatMap((option) =>
		'values' in option ? option.values : 'displayName' in option ? [option as INodeProperties] : [],
	);
	return [property, ...children.flatMap(flatten)];
}

const everywhere = forms.flatMap(([form, properties]) =>
	properties.flatMap(flatten).map((property) => ({ form, property })),
);

const namesOf = ({ options = [] }: INodeProperties) =>
	(options as INodePropertyOptions[]).map(({ name }) => name);

test("'Belongs To' has the same choices in every form", () => {
	const all = everywhere.filter(({ property }) => property.displayName === 'Belongs To');
	expect(all.length).toBeGreaterThan(10);
	for (const { form, property } of all) {
		const both = form === 'Trigger' ? ['Both'] : [];
		expect([form, property.name, ...namesOf(property)]).toEqual([
			form,
			'entityType',
			'Drivers',
			'Vehicles, Trailers & Equipment',
			...both,
		]);
	}
});

test('optional fields are in alphabetical order, whatever the case of their letters', () => {
	const collections = everywhere.filter(({ property }) => property.type === 'collection');
	expect(collections.length).toBeGreaterThan(30);
	for (const { form, property } of collections) {
		const labels = (property.options as INodeProperties[])
			.filter(({ name, displayOptions }) => displayOptions?.show?.[name] === undefined)
			.map(({ displayName }) => displayName.toLowerCase());
		expect([form, ...labels]).toEqual([form, ...[...labels].sort()]);
	}
});

/** The order of the main parameters by their stored names. Those that are not listed stay next to their neighbors. */
const ORDER = [
	['event'],
	['entityType'],
	['who', 'matchBy'],
	['recordId', 'ownerId', 'entityId', 'driverId', 'vehicleId', 'trailerId', 'equipmentId'],
	['qualificationType', 'qualificationTypes', 'attributeId'],
	['issueDate'],
	['expirationDate', 'expiration', 'daysAhead'],
	['expiringWithinDays', 'includeAlreadyDue'],
	['fields', 'fieldsJson', 'attributes', 'value', 'values'],
	['returnAll'],
	['limit'],
	['simplify'],
	['additionalFields', 'updateFields', 'filters'],
	['options'],
];

test.each(forms)('%s has its parameters in the order of all forms', (_, properties) => {
	const places = properties
		.map(({ name }) => ORDER.findIndex((names) => names.includes(name)))
		.filter((place) => place >= 0);
	expect(places).toEqual([...places].sort((a, b) => a - b));
});

test.each(forms)('%s has at most one notice, which names no scope', (_, properties) => {
	const notices = properties.filter(({ type }) => type === 'notice');
	expect(notices.length).toBeLessThanOrEqual(1);
	expect(notices.filter(({ displayName }) => displayName.includes('scope'))).toEqual([]);
});

/** The editor cuts off longer names than 'From List' in the drop-down beside a resource locator. */
const MAX_MODE_LENGTH = 9;

/** The editor cuts off longer labels of parameters. */
const MAX_LABEL_LENGTH = 35;

test('no label is cut off', () => {
	const modes = everywhere.flatMap(({ property }) => property.modes ?? []);
	expect(modes.filter(({ displayName }) => displayName.length > MAX_MODE_LENGTH)).toEqual([]);
	const tooLong = everywhere.filter(
		({ property }) => property.type !== 'notice' && property.displayName.length > MAX_LABEL_LENGTH,
	);
	expect(tooLong).toEqual([]);
});

/** The subtitle of a node on the canvas, as the editor evaluates it. */
function subtitleOf(type: INodeType, parameters: INode['parameters']): unknown {
	const node: INode = {
		id: '1',
		name: 'Samsara',
		type: 'samsara',
		typeVersion: 1,
		position: [0, 0],
		parameters,
	};
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: {
			getByName: () => type,
			getByNameAndVersion: () => type,
			getKnownTypes: () => ({}),
		},
	});
	return workflow.expression.getSimpleParameterValue(
		node,
		type.description.subtitle,
		'internal',
		{},
	);
}

test.each(
	resources.flatMap(({ name, value, operations }) =>
		operations.map((operation) => ({ name, value, operation })),
	),
)('the subtitle of $name > $operation.name says so', ({ name, value, operation }) => {
	const subtitle = String(
		subtitleOf(new Samsara(), { resource: value, operation: operation.value }),
	);
	const [operationName, resourceName] = subtitle.split(': ');
	expect(operationName).toBe(operation.name);
	expect(name.split(' ')).toEqual(expect.arrayContaining(resourceName.split(' ')));
	expect(subtitle.length).toBeLessThanOrEqual(30);
});

test("the trigger's subtitle is its event", () => {
	const { options } = triggerDescription.properties.find(({ name }) => name === 'event')!;
	for (const { name, value } of options as INodePropertyOptions[])
		expect(subtitleOf(new SamsaraTrigger(), { event: value })).toBe(name);
});

test('the node panel finds both nodes by the words of their users', () => {
	const words = 'attribute training license licence equipment certificate'.split(' ');
	for (const { alias } of [action, trigger])
		expect(alias).toEqual(expect.arrayContaining([...words, 'medical card']));
	for (const { description: text } of [description, triggerDescription])
		expect(text).toMatch(/qualification records.*attributes/);
});
