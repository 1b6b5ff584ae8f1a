import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { allForms } from '../support/allForms.mjs';
import { inspectForm } from '../support/inspectForm.mjs';

const HIGH_ENOUGH = { width: 1440, height: 4400 };
const NODES_PER_ROW = 10;

/** The pictures are for people, and nobody looks at them in CI. */
const savesPictures = !process.env.CI;

/** Opens every form of both nodes, looks for what is wrong with it, and saves a picture of each outside of git. */
export function everyForm(environment) {
	for (const type of ['samsara', 'samsaraTrigger']) {
		it(`shows every form of ${type} in full and without contradictions`, async (context) => {
			const { editor, page, rest, userFolder } = environment();
			const nodeType = `n8n-nodes-samsara.${type}`;
			const credentials = await environment().credential();
			const description = (await rest.nodeTypes()).find(({ name }) => name === nodeType);
			const forms = await allForms(description, searchWith(rest, nodeType, credentials));
			const nodes = forms.map(({ parameters }, index) => ({
				id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
				name: `Form ${index}`,
				type: nodeType,
				typeVersion: 1,
				position: [(index % NODES_PER_ROW) * 220, Math.floor(index / NODES_PER_ROW) * 160],
				parameters,
				credentials,
			}));
			const { id: workflow } = await rest.createWorkflow({ name: `Forms of ${type}`, nodes });
			const pictures = join(userFolder, 'pictures', type);
			rmSync(pictures, { recursive: true, force: true });
			mkdirSync(pictures, { recursive: true });
			context.diagnostic(`${forms.length} forms`);
			if (savesPictures) context.diagnostic(`Pictures: ${pictures}`);

			const required = requiredNames(description.properties);
			const found = new Map();
			const add = (form, complaint) =>
				found.set(complaint, [...(found.get(complaint) ?? []), form]);
			if (savesPictures) await page.setViewportSize(HIGH_ENOUGH);
			await editor.openNode(workflow, nodes[0].id);
			for (const [index, { name }] of forms.entries()) {
				await editor.switchToNode(nodes[index].name);
				if (savesPictures) {
					const number = String(index).padStart(3, '0');
					await editor.saveFormScreenshot(`${number} ${name.replace(/[^\w ,]/g, '')}`, pictures);
				}
				const { complaints, red } = await page.evaluate(inspectForm);
				complaints.forEach((complaint) => add(name, complaint));
				red
					.filter((path) => !required.has(path.split('.').at(-1)))
					.forEach((path) => add(name, `'${path}' is red`));
			}
			assert.equal(report(found), '');
		});
	}
}

function report(found) {
	return [...found]
		.map(([complaint, forms]) => `${complaint}\n\tin ${forms.length} forms, e.g. ${forms[0]}`)
		.join('\n');
}

/** The names of parameters that are red until they are filled in: required ones, and those that pick from a list of the account. */
function requiredNames(properties) {
	const names = properties.flatMap(
		({ name, required, type, typeOptions, options = [], values = [] }) => [
			...(required || (type === 'options' && typeOptions?.loadOptionsMethod) ? [name] : []),
			...requiredNames([...options, ...values].filter(({ displayName }) => displayName)),
		],
	);
	return new Set(names);
}

/** Reads the lists of resource locators as the editor does, each list once. */
function searchWith(rest, name, credentials) {
	const lists = new Map();
	return async (methodName, parameters, path) => {
		const key = JSON.stringify([methodName, parameters.entityType]);
		if (!lists.has(key)) {
			const url = '/rest/dynamic-node-parameters/resource-locator-results';
			const nodeTypeAndVersion = { name, version: 1 };
			const currentNodeParameters = { authentication: 'apiToken', ...parameters };
			const body = { nodeTypeAndVersion, path, methodName, currentNodeParameters, credentials };
			lists.set(key, (await rest.request('POST', url, body)).results);
		}
		return lists.get(key);
	};
}
