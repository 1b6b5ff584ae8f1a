import { join } from 'node:path';

/** The selector of a data-test-id. */
export const id = (name) => `[data-test-id="${name}"]`;

const SCREENSHOT_OPTIONS = { animations: 'disabled', caret: 'hide' };
const MAX_TABLE_HEIGHT = 560;
const MIN_TABLE_WIDTH = 700;
const CANVAS_MARGIN = 40;
const SELECT_ITEM = '.el-select-dropdown__item:visible';
const LEFT_END = { x: 20, y: 10 };
const RUN_PATH = /\/rest\/workflows\/[^/]+\/run$/;
const RUN_TIMEOUT_MS = 90_000;
const LIST_PATH = /\/rest\/dynamic-node-parameters\//;
const LIST_POLL_MS = 30;

/**
 * Longer than the editor's debounce for typed text. A page's timers fire in order, however busy the machine is: once a
 * timer of this length has fired, so have the debounce timers that typing started before it.
 */
const TYPING_DEBOUNCE_MS = 500;

/** Runs in the page: returns the open node's parameters in the editor's state, as JSON. */
function nodeParameters() {
	const { $pinia } = document.querySelector('#app').__vue_app__.config.globalProperties;
	const panels = [...$pinia._s].filter(([name]) => name.startsWith('ndv/'));
	return JSON.stringify(panels.map(([, { activeNode }]) => activeNode?.parameters));
}

/** Runs in the page: opens another node of the same workflow, without loading the page again. */
function activateNode(name) {
	const { $pinia } = document.querySelector('#app').__vue_app__.config.globalProperties;
	const panels = [...$pinia._s].filter(([store]) => store.startsWith('ndv/'));
	panels.find(([, { activeNode }]) => activeNode)[1].setActiveNodeName(name, 'other');
}

/** Runs in the page: goes to another place in the editor, as its own links do, without saving the open workflow. */
async function follow(path) {
	const { $pinia, $router } = document.querySelector('#app').__vue_app__.config.globalProperties;
	$pinia._s.get('ui').markStateClean();
	await $router.push(path);
}

/** Runs in the page: waits until it has rendered twice. */
const rendered = async () =>
	await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));

/** A user of n8n's editor: finds elements by name and waits until they appear. */
export class Editor {
	/** The lists and generated forms that are being loaded. */
	#lists = new Set();

	/**
	 * @param {import('playwright-core').Page} page
	 * @param {import('../../../scripts/lib/n8nRest.mjs').N8nRest} rest client of the n8n that the page shows
	 */
	constructor(page, rest) {
		this.page = page;
		this.rest = rest;
		this.url = rest.url;
		page.on('request', (request) => LIST_PATH.test(request.url()) && this.#lists.add(request));
		for (const end of ['requestfinished', 'requestfailed']) {
			page.on(end, (request) => this.#lists.delete(request));
		}
	}

	async signIn({ email, password }) {
		await this.page.goto(`${this.url}/signin`);
		await this.page.locator(`input[name="emailOrLdapLoginId"]`).fill(email);
		await this.page.locator('input[type=password]').fill(password);
		await this.page.click(id('form-submit-button'));
		await this.page.waitForURL((url) => !/signin/.test(url.pathname));
	}

	/** Goes to a place in the editor. Loading the editor takes long, so that happens once. */
	async visit(path) {
		if (!this.page.url().startsWith(this.url)) return await this.page.goto(this.url + path);
		// Leaves the open workflow first, so that the next one is opened like any other.
		await this.page.evaluate(follow, '/home/workflows');
		await this.page.locator(id('resources-list-wrapper')).waitFor();
		await this.page.evaluate(follow, path);
	}

	async openNode(workflowId, nodeId) {
		await this.visit(`/workflow/${workflowId}`);
		await this.page.locator(`.vue-flow__node[data-id="${nodeId}"]`).dblclick();
		await this.page.waitForSelector(id('ndv'));
		await this.page.waitForSelector('[data-test-id^="parameter-input-"]');
	}

	/** Opens another node of the open node's workflow, and waits until its lists and generated forms have loaded. */
	async switchToNode(name) {
		await this.page.evaluate(activateNode, name);
		const titles = this.page.locator(id('ndv')).getByText(name, { exact: true });
		await titles.locator('visible=true').first().waitFor();
		do {
			await this.page.evaluate(rendered);
			await this.page.waitForTimeout(LIST_POLL_MS);
		} while (this.#lists.size > 0);
		await this.page.evaluate(rendered);
	}

	/** The input of a parameter, by its stored name. */
	input(name) {
		return this.page.locator(id(`parameter-input-${name}`));
	}

	/** A field of a generated form, by its label. */
	field(label) {
		return this.page
			.locator(`${id('mapping-fields-container')} .parameter-item`)
			.filter({ has: this.page.locator(id('input-label')).getByText(label, { exact: true }) });
	}

	async waitForForm(label) {
		await this.field(label).waitFor();
	}

	/** Enters text, and waits until the editor has stored it in the node. */
	async typeInto(locator, text) {
		await locator.locator('input, textarea').first().fill(text);
		await this.#waitForParameter(text);
	}

	/** Enters text in the form of a credential, whose state cannot be read until it is saved. */
	async typeIntoCredential(name, text) {
		await this.input(name).locator('input, textarea').first().fill(text);
		await this.page.evaluate(
			async (ms) => await new Promise((resolve) => setTimeout(resolve, ms)),
			TYPING_DEBOUNCE_MS,
		);
	}

	/** Types a day, e.g. 2026-11-02, in a date picker that asks for no time. */
	async typeDate(locator, date) {
		await this.#typeInDatePicker(locator, date, date);
	}

	/** Types midnight of a day in a date picker that also asks for a time, as those of generated forms do. */
	async typeDateAndTime(locator, date) {
		await this.#typeInDatePicker(locator, `${date} 00:00:00`, `${date}T00:00:00`);
	}

	async #typeInDatePicker(locator, text, stored) {
		const input = locator.locator('input').first();
		await input.fill(text);
		await input.press('Enter');
		await this.#waitForParameter(stored);
	}

	/** Selects an option of a drop-down that is covered except for its left end. */
	async selectAtLeft(locator, name) {
		await locator.locator('.el-select').first().click({ position: LEFT_END });
		await this.#waitForChange(() => this.choose(name));
	}

	/** Selects options of a drop-down, by name. */
	async select(locator, ...names) {
		await locator.locator('input:enabled').first().waitFor();
		await locator.locator('.el-select').first().click();
		for (const name of names) await this.#waitForChange(() => this.choose(name));
		await this.page.keyboard.press('Escape');
	}

	/** Selects an option of a drop-down in the form of a credential. */
	async selectInCredential(name, entry) {
		await this.input(name).locator('.el-select').first().click();
		await this.choose(entry);
	}

	/** Opens the list of a resource locator. */
	async openList(name) {
		await this.page.locator(`${id(`parameter-input-${name}`)} ${id('rlc-input')}`).click();
	}

	/** The entries of the open resource locator list. */
	get listItems() {
		return this.page.locator(`${id('rlc-item')}:visible`);
	}

	/** Searches the list of a resource locator and selects an entry. */
	async pick(name, search, text) {
		await this.search(name, search);
		await this.pickFound(text);
	}

	/** Opens the list of a resource locator and searches it. */
	async search(name, search) {
		await this.openList(name);
		await this.listItems.first().waitFor();
		await this.page.locator(id('rlc-search')).locator('visible=true').fill(search);
	}

	/** Selects an entry of the list that was searched. */
	async pickFound(text) {
		const item = this.listItems.filter({ hasText: text }).first();
		await this.#waitForChange(() => item.click());
	}

	/** Drags a column of the input onto a parameter, which gets an expression. */
	async drag(column, name) {
		const columns = this.page.locator(`${id('ndv-input-panel')} [data-target="mappable"]`);
		const from = await columns.filter({ hasText: column }).first().boundingBox();
		const to = await this.input(name).boundingBox();
		await this.#waitForChange(async () => {
			const { mouse } = this.page;
			await mouse.move(from.x + from.width / 2, from.y + from.height / 2);
			await mouse.down();
			await mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 10 });
			await mouse.up();
		});
		// The editor focuses the expression later, which closes a list that has been opened before.
		await this.input(name).locator('.cm-focused').waitFor();
	}

	/** Selects an option of the open drop-down. */
	async choose(name) {
		await this.page.locator(SELECT_ITEM).getByText(name, { exact: true }).first().click();
	}

	async toggle(name) {
		const toggle = this.input(name).locator('.el-switch, [role=switch]').first();
		await this.#waitForChange(() => toggle.click());
	}

	/** Selects the mode of a resource locator, e.g. By URL. */
	async selectMode(name, mode) {
		await this.page.locator(`${id(`parameter-input-${name}`)} ${id('rlc-mode-selector')}`).click();
		await this.#waitForChange(() => this.choose(mode));
	}

	/** The text input of a resource locator. */
	locatorInput(name) {
		return this.page.locator(`${id(`parameter-input-${name}`)} ${id('rlc-input-container')}`);
	}

	/**
	 * Runs the node and waits until this execution has ended.
	 *
	 * @returns the execution, even if the node failed
	 * @throws if n8n does not start the execution
	 */
	async execute() {
		const responded = this.page.waitForResponse(
			(response) => RUN_PATH.test(response.url()) && response.request().method() === 'POST',
		);
		await Promise.all([responded, this.page.locator(id('node-execute-button')).first().click()]);
		const response = await (await responded).json();
		const { executionId } = response.data ?? {};
		if (!executionId) throw new Error(`n8n did not start the node: ${JSON.stringify(response)}`);
		const execution = await this.rest.waitForExecution(executionId, RUN_TIMEOUT_MS);
		const { error, runData } = execution.data.resultData;
		if (error && Object.keys(runData).length === 0) {
			throw new Error(`n8n did not start the node: ${error.message}`);
		}
		return execution;
	}

	/** Waits until the open node's parameters contain a text. */
	async #waitForParameter(text) {
		await this.page.waitForFunction(
			`(${nodeParameters})().includes(${JSON.stringify(JSON.stringify(text).slice(1, -1))})`,
		);
	}

	/** Runs an action that changes the open node's parameters, and waits for the change. */
	async #waitForChange(action) {
		const parameters = await this.page.evaluate(nodeParameters);
		await action();
		await this.page.waitForFunction(`(${nodeParameters})() !== ${JSON.stringify(parameters)}`);
	}

	/** The table view of the node's output, once it contains a text. */
	async output(text) {
		const panel = this.page.locator(id('output-panel'));
		await panel.getByText(text).first().waitFor();
		await panel.locator(id('radio-button-table')).click();
		const table = panel.locator('table').first();
		await table.getByText(text).first().waitFor();
		return table;
	}

	/** Saves a screenshot of one element. */
	async saveScreenshot(folder, name, locator) {
		await this.#settle();
		const path = join(folder, `${name}.png`);
		await locator.screenshot({ path, ...SCREENSHOT_OPTIONS });
	}

	/** Saves a screenshot of a node's complete form. */
	async saveFormScreenshot(name, folder) {
		await this.#withViewport({ width: 1440, height: 1900 }, async () => {
			const settings = this.page.locator('.node-settings');
			const { x, y, width } = await settings.boundingBox();
			const content = settings.locator(`${id('node-parameters')} > div`).nth(1);
			const { y: from, height } = await content.boundingBox();
			await this.#settle();
			const clip = { x, y, width, height: from + height - y + 16 };
			await this.page.screenshot({
				path: join(folder, `${name}.png`),
				clip,
				...SCREENSHOT_OPTIONS,
			});
		});
	}

	/** Saves a screenshot of the top of a node's form with the list that is open there. */
	async saveListScreenshot(name, folder) {
		const { x, y, width } = await this.page.locator('.node-settings').boundingBox();
		const list = await this.listItems.last().boundingBox();
		const clip = { x, y, width, height: list.y + list.height - y + 24 };
		await this.page.screenshot({ path: join(folder, `${name}.png`), clip, ...SCREENSHOT_OPTIONS });
	}

	/** Saves a screenshot of the nodes on the canvas, up to the + of the last one. */
	async saveCanvasScreenshot(name, folder) {
		await this.#settle();
		const nodes = await this.page.locator(id('canvas-node')).all();
		const boxes = await Promise.all(nodes.map(async (node) => await node.boundingBox()));
		const plus = await this.page.locator(id('canvas-handle-plus')).last().boundingBox();
		const x = Math.min(...boxes.map((box) => box.x)) - CANVAS_MARGIN;
		const y = Math.min(...boxes.map((box) => box.y)) - CANVAS_MARGIN;
		const bottom = Math.max(...boxes.map((box) => box.y + box.height)) + 2 * CANVAS_MARGIN;
		const width = plus.x + plus.width + CANVAS_MARGIN - x;
		const clip = { x, y, width, height: bottom - y };
		await this.page.screenshot({ path: join(folder, `${name}.png`), clip, ...SCREENSHOT_OPTIONS });
	}

	/** Saves a screenshot of a whole workflow with its notes. */
	async saveWorkflowScreenshot(name, folder) {
		await this.#withViewport({ width: 2400, height: 1300 }, async () => {
			// After an import, all nodes are selected.
			await this.page.locator('.vue-flow__pane').click({ position: { x: 5, y: 5 } });
			await this.page.locator(id('zoom-to-fit')).click();
			await this.#settle();
			const parts = await this.page.locator(`${id('canvas-node')}, ${id('sticky')}`).all();
			const boxes = await Promise.all(parts.map(async (part) => await part.boundingBox()));
			const x = Math.min(...boxes.map((box) => box.x)) - CANVAS_MARGIN / 2;
			const y = Math.min(...boxes.map((box) => box.y)) - CANVAS_MARGIN / 2;
			const right = Math.max(...boxes.map((box) => box.x + box.width)) + CANVAS_MARGIN;
			const bottom = Math.max(...boxes.map((box) => box.y + box.height)) + CANVAS_MARGIN;
			const clip = { x, y, width: right - x, height: bottom - y };
			await this.page.screenshot({
				path: join(folder, `${name}.png`),
				clip,
				...SCREENSHOT_OPTIONS,
			});
		});
	}

	/** Saves a screenshot of a node's output, cropped to its table, or to what else is shown last. */
	async saveOutputScreenshot(name, folder, last) {
		await this.#withViewport({ width: 2900, height: 800 }, async () => {
			const panel = this.page.locator(id('output-panel'));
			const { x, y, width } = await panel.boundingBox();
			const table = await (last ?? panel.locator('table').first()).boundingBox();
			await this.#settle();
			const tableWidth = Math.min(width, table.x + table.width - x + 24);
			const tableHeight = Math.min(table.y + table.height - y + 24, MAX_TABLE_HEIGHT);
			const clip = { x, y, width: Math.max(tableWidth, MIN_TABLE_WIDTH), height: tableHeight };
			await this.page.screenshot({
				path: join(folder, `${name}.png`),
				clip,
				...SCREENSHOT_OPTIONS,
			});
		});
	}

	async #withViewport(size, task) {
		const originalSize = this.page.viewportSize();
		if (originalSize.width >= size.width && originalSize.height >= size.height) return await task();
		await this.page.setViewportSize(size);
		await task();
		await this.page.setViewportSize(originalSize);
	}

	/** Waits until notifications have disappeared, and removes focus and hover effects. */
	async #settle() {
		await this.page.mouse.move(2, 2);
		await this.page.locator('.el-notification:visible').first().waitFor({ state: 'hidden' });
		await this.page.evaluate(() => document.activeElement?.blur());
	}
}
