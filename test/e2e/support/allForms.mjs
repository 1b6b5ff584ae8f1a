import { createRequire } from 'node:module';

// Node cannot load the ES modules of n8n-workflow: their imports lack file extensions.
const { NodeHelpers } = createRequire(import.meta.url)('n8n-workflow');

// An operation that n8n adds to each resource.
const CUSTOM_API_CALL = '__CUSTOM_API_CALL__';

/** The drop-down that n8n replaces with the list of credentials. */
const AUTHENTICATION = 'authentication';

/**
 * @typedef {object} Form
 * @property {string} name e.g. `driver getAll, everything added`
 * @property {Record<string, unknown>} parameters of the node
 */

/**
 * Lists every form of a node, as its description has them: for each operation or event, the untouched form, the form with
 * everything that can be added, and further ones for what appears only with another choice.
 *
 * @param {import('n8n-workflow').INodeTypeDescription} description
 * @param {(method: string, parameters: object, path: string) => Promise<{ name: string, value: string }[]>} search returns the
 *   entries of a resource locator
 * @returns {Promise<Form[]>}
 */
export async function allForms(description, search) {
	const seen = { modes: new Set() };
	const forms = [];
	for (const choice of choices(description)) {
		forms.push(...(await formsOf({ description, search, seen }, choice)));
	}
	return forms;
}

/** The values of the drop-downs that select a form: resource and operation, or the trigger's event. */
function choices({ properties }) {
	const first = properties.find(({ name }) => name === 'resource' || name === 'event');
	return first.options
		.filter(({ value }) => value !== CUSTOM_API_CALL)
		.flatMap(({ value }) => {
			const operations = properties.filter(
				({ name, displayOptions }) =>
					name === 'operation' && displayOptions?.show?.[first.name]?.includes(value),
			);
			if (operations.length === 0) return [{ [first.name]: value }];
			return operations.flatMap(({ options }) =>
				options
					.filter((operation) => operation.value !== CUSTOM_API_CALL)
					.map((operation) => ({ [first.name]: value, operation: operation.value })),
			);
		});
}

async function formsOf(node, choice) {
	const title = Object.values(choice).join(' ');
	const filled = await fill(node, choice);
	const forms = [
		{ name: title, parameters: choice },
		{ name: `${title}, everything added`, parameters: filled },
	];
	const shown = new Set(displayed(node.description, filled).map(({ name }) => name));
	for (const property of displayed(node.description, filled)) {
		if (property.name in choice || property.name === AUTHENTICATION) continue;
		for (const value of valuesOf(property)) {
			const parameters = await fill(node, { ...choice, [property.name]: value });
			const names = displayed(node.description, parameters).map(({ name }) => name);
			if (names.every((name) => shown.has(name))) continue;
			names.forEach((name) => shown.add(name));
			forms.push({ name: `${title}, ${property.name} ${value}`, parameters });
		}
	}
	for (const mode of newModes(node, filled)) {
		forms.push({ name: `${title}, mode ${mode}`, parameters: withMode(node, filled, mode) });
	}
	return forms;
}

function valuesOf({ type, options }) {
	if (type === 'boolean') return [true, false];
	return type === 'options' ? (options ?? []).map(({ value }) => value) : [];
}

/** The parameters that n8n shows with these values. */
function displayed(description, parameters) {
	const values = NodeHelpers.getNodeParameters(
		description.properties,
		parameters,
		true,
		false,
		null,
		description,
	);
	return description.properties.filter((property) =>
		NodeHelpers.displayParameter(values, property, null, description),
	);
}

/** Picks the first entry of each list, and adds everything that collections offer. */
async function fill({ description, search }, choice) {
	const parameters = { ...choice };
	// What is picked first can show further parameters.
	for (let round = 0; round < 2; round++) {
		for (const property of displayed(description, parameters)) {
			if (property.name in parameters) continue;
			if (property.type === 'resourceLocator') {
				parameters[property.name] = await pick(property, parameters, search);
			} else if (/collection/i.test(property.type)) {
				parameters[property.name] = everythingIn(property);
			}
		}
	}
	return parameters;
}

async function pick({ name, modes }, parameters, search) {
	const list = modes.find(({ type }) => type === 'list');
	const method = list?.typeOptions?.searchListMethod;
	const [entry] = method ? await search(method, parameters, name) : [];
	return { __rl: true, mode: 'list', value: entry?.value ?? '', cachedResultName: entry?.name };
}

/** The value of a collection to which everything was added, with one row in each list. */
function everythingIn({ type, options, typeOptions, default: initial }) {
	if (type === 'collection') {
		return Object.fromEntries(
			options.filter(isOffered).map((option) => [option.name, everythingIn(option)]),
		);
	}
	if (type !== 'fixedCollection') return initial;
	return Object.fromEntries(
		options.map(({ name, values }) => {
			const row = Object.fromEntries(values.map((value) => [value.name, everythingIn(value)]));
			return [name, typeOptions?.multipleValues ? [row] : row];
		}),
	);
}

/** Whether a collection offers this option. Those that show only once they are stored are left from an earlier version. */
function isOffered({ name, displayOptions }) {
	return displayOptions?.show?.[name] === undefined;
}

/** The modes of resource locators that no form has shown so far. */
function newModes({ description, seen }, parameters) {
	const modes = displayed(description, parameters).flatMap(({ modes = [] }) => modes);
	const isNew = ({ name, displayName }) =>
		name !== 'list' && seen.modes.size < seen.modes.add(displayName).size;
	return [...new Set(modes.filter(isNew).map(({ name }) => name))];
}

function withMode({ description }, parameters, mode) {
	const changed = { ...parameters };
	for (const { name, modes = [] } of displayed(description, parameters)) {
		if (modes.some((other) => other.name === mode)) {
			changed[name] = { __rl: true, mode, value: '' };
		}
	}
	return changed;
}
