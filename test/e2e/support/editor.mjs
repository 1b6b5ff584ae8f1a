import { join } from 'node:path';

/** The selector of a data-test-id. */
export const id = (name) => `[data-test-id="${name}"]`;

const STILL = { animations: 'disabled', caret: 'hide' };
const MAX_TABLE = 560;
const MIN_TABLE = 700;
const RUN = /\/rest\/workflows\/[^/]+\/run$/;
const RUN_PATIENCE_MS = 90_000;

/**
 * Longer than the editor waits for more text before it takes what was typed. A page's timers come in order, however busy
 * the machine is: when one of this length has fired, those that typing started before it have too.
 */
const TYPING_SETTLED_MS = 500;

/** Runs in the page: the parameters of the open node as the editor holds them, in JSON. */
function heldParameters() {
	const { $pinia } = document.querySelector('#app').__vue_app__.config.globalProperties;
	const panels = [...$pinia._s].filter(([name]) => name.startsWith('ndv/'));
	return JSON.stringify(panels.map(([, { activeNode }]) => activeNode?.parameters));
}
const SELECT_ITEM = '.el-select-dropdown__item:visible';

/** A person at n8n's editor: finds things by what they are called and waits until they are there. */
export class Editor {
	/**
	 * @param {import('playwright-core').Page} page
	 * @param {import('../../../scripts/lib/n8nRest.mjs').N8nRest} rest of the n8n that the page shows
	 */
	constructor(page, rest) {
		this.page = page;
		this.rest = rest;
		this.url = rest.url;
	}

	async signIn({ email, password }) {
		await this.page.goto(`${this.url}/signin`);
		await this.page.locator(`input[name="emailOrLdapLoginId"]`).fill(email);
		await this.page.locator('input[type=password]').fill(password);
		await this.page.click(id('form-submit-button'));
		await this.page.waitForURL((url) => !/signin/.test(url.pathname));
	}

	async openNode(workflowId, nodeId) {
		await this.page.goto(`${this.url}/workflow/${workflowId}/${nodeId}`);
		await this.page.waitForSelector(id('ndv'));
		await this.page.waitForSelector('[data-test-id^="parameter-input-"]');
	}

	/** The input of a parameter, by the name that it is stored under. */
	input(name) {
		return this.page.locator(id(`parameter-input-${name}`));
	}

	/** A field of a drawn form, by its label. */
	field(label) {
		return this.page
			.locator(`${id('mapping-fields-container')} .parameter-item`)
			.filter({ has: this.page.locator(id('input-label')).getByText(label, { exact: true }) });
	}

	async waitForForm(label) {
		await this.field(label).waitFor();
	}

	/** Types or pastes text, and waits until the editor has taken it. */
	async typeInto(locator, text) {
		await locator.locator('input, textarea').first().fill(text);
		await this.#holds(text);
	}

	/** Types into the form of a credential, which keeps what was typed to itself until it is saved. */
	async typeIntoCredential(name, text) {
		await this.input(name).locator('input, textarea').first().fill(text);
		await this.page.evaluate(
			async (ms) => await new Promise((resolve) => setTimeout(resolve, ms)),
			TYPING_SETTLED_MS,
		);
	}

	/** Picks a date as a person does who types it, e.g. 2026-11-02. */
	async typeDate(locator, date) {
		const input = locator.locator('input').first();
		await input.fill(`${date} 00:00:00`);
		await input.press('Enter');
		await this.#holds(`${date}T00:00:00`);
	}

	/** Picks entries of a drop-down, by their names. */
	async select(locator, ...names) {
		await locator.locator('input:enabled').first().waitFor();
		await locator.locator('.el-select').first().click();
		for (const name of names) await this.#changes(() => this.choose(name));
		await this.page.keyboard.press('Escape');
	}

	/** Picks the one entry of a drop-down in the form of a credential. */
	async selectInCredential(name, entry) {
		await this.input(name).locator('.el-select').first().click();
		await this.choose(entry);
	}

	/** Opens a pick list. */
	async openList(name) {
		await this.page.locator(`${id(`parameter-input-${name}`)} ${id('rlc-input')}`).click();
	}

	/** What an open pick list offers. */
	get listItems() {
		return this.page.locator(`${id('rlc-item')}:visible`);
	}

	/** Picks from a pick list by searching for a word. */
	async pick(name, search, text) {
		await this.openList(name);
		await this.listItems.first().waitFor();
		await this.page.locator(id('rlc-search')).locator('visible=true').fill(search);
		const item = this.listItems.filter({ hasText: text }).first();
		await this.#changes(() => item.click());
	}

	/** Adds one of the optional parameters, e.g. of 'Add filter'. */
	async add(collection, name) {
		await this.page.getByPlaceholder(collection).click();
		await this.#changes(() => this.choose(name));
	}

	/** Picks an entry of the menu that is open. */
	async choose(name) {
		await this.page.locator(SELECT_ITEM).getByText(name, { exact: true }).first().click();
	}

	async toggle(name) {
		const toggle = this.input(name).locator('.el-switch, [role=switch]').first();
		await this.#changes(() => toggle.click());
	}

	/** Chooses how a pick list is given, e.g. By URL. */
	async mode(name, mode) {
		await this.page.locator(`${id(`parameter-input-${name}`)} ${id('rlc-mode-selector')}`).click();
		await this.#changes(() => this.choose(mode));
	}

	/** Where a pick list takes text. */
	locatorInput(name) {
		return this.page.locator(`${id(`parameter-input-${name}`)} ${id('rlc-input-container')}`);
	}

	/**
	 * Runs the node and waits for the end of that very run.
	 *
	 * @returns the execution, also one that failed in the node
	 * @throws where n8n does not start it
	 */
	async execute() {
		const answered = this.page.waitForResponse(
			(response) => RUN.test(response.url()) && response.request().method() === 'POST',
		);
		await Promise.all([answered, this.page.locator(id('node-execute-button')).first().click()]);
		const response = await (await answered).json();
		const { executionId } = response.data ?? {};
		if (!executionId) throw new Error(`n8n did not start the node: ${JSON.stringify(response)}`);
		const execution = await this.rest.waitForExecution(executionId, RUN_PATIENCE_MS);
		const { error, runData } = execution.data.resultData;
		if (error && Object.keys(runData).length === 0) {
			throw new Error(`n8n did not start the node: ${error.message}`);
		}
		return execution;
	}

	/** Waits until the open node's parameters hold a text. */
	async #holds(text) {
		await this.page.waitForFunction(
			`(${heldParameters})().includes(${JSON.stringify(JSON.stringify(text).slice(1, -1))})`,
		);
	}

	/** Does something that changes the open node's parameters, and waits until they have changed. */
	async #changes(act) {
		const before = await this.page.evaluate(heldParameters);
		await act();
		await this.page.waitForFunction(`(${heldParameters})() !== ${JSON.stringify(before)}`);
	}

	/** The table of a node's output once it holds a text. */
	async output(text) {
		const panel = this.page.locator(id('output-panel'));
		await panel.getByText(text).first().waitFor();
		await panel.locator(id('radio-button-table')).click();
		const table = panel.locator('table').first();
		await table.getByText(text).first().waitFor();
		return table;
	}

	/** A picture of the page's part that a person looks at. */
	async picture(folder, name, locator) {
		await this.#calm();
		const path = join(folder, `${name}.png`);
		await locator.screenshot({ path, ...STILL });
	}

	/** A picture of a node's form in full length. */
	async wholeForm(name, folder) {
		await this.#inWindow({ width: 1440, height: 1900 }, async () => {
			const settings = this.page.locator('.node-settings');
			const { x, y, width } = await settings.boundingBox();
			const content = settings.locator(`${id('node-parameters')} > div`).nth(1);
			const { y: from, height } = await content.boundingBox();
			await this.#calm();
			const clip = { x, y, width, height: from + height - y + 16 };
			await this.page.screenshot({ path: join(folder, `${name}.png`), clip, ...STILL });
		});
	}

	/** A picture of a node's output, as wide as its table and not much higher. */
	async outputTable(name, folder) {
		await this.#inWindow({ width: 2900, height: 800 }, async () => {
			const panel = this.page.locator(id('output-panel'));
			const { x, y, width } = await panel.boundingBox();
			const table = await panel.locator('table').first().boundingBox();
			await this.#calm();
			const wide = Math.min(width, table.x + table.width - x + 24);
			const high = Math.min(table.y + table.height - y + 24, MAX_TABLE);
			const clip = { x, y, width: Math.max(wide, MIN_TABLE), height: high };
			await this.page.screenshot({ path: join(folder, `${name}.png`), clip, ...STILL });
		});
	}

	async #inWindow(size, task) {
		const usual = this.page.viewportSize();
		await this.page.setViewportSize(size);
		await task();
		await this.page.setViewportSize(usual);
	}

	/** Waits until messages have gone and nothing moves. */
	async #calm() {
		await this.page.mouse.move(2, 2);
		await this.page.locator('.el-notification:visible').first().waitFor({ state: 'hidden' });
		await this.page.evaluate(() => document.activeElement?.blur());
	}
}
