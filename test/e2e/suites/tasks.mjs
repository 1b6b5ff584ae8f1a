import assert from 'node:assert/strict';
import { it } from 'node:test';
import { attributeValues } from '../support/attributeValues.mjs';
import { id } from '../support/editor.mjs';
import { inspectForm } from '../support/inspectForm.mjs';
import { picturesFolder } from '../support/testEnvironment.mjs';

/** A table as people have it, e.g. in Google Sheets. */
function table(name, rows) {
	const node = { name, type: 'n8n-nodes-base.noOp' };
	return { node, pinData: { [name]: rows.map((json) => ({ json })) } };
}

/** Leaves the driver a license and a medical card with files, and no other records. */
function giveFiles({ records, qualificationTypes }, driver) {
	const types = new Set(['Driver License', 'Medical Card']);
	for (const record of records.values()) {
		const { name } = qualificationTypes.get(record.typeId);
		if (record.recordStatus === 'active' && types.delete(name)) record.owner.id = driver.id;
		else if (record.owner.id === driver.id) record.recordStatus = 'deleted';
	}
}

/** What people do most, from the + on the canvas to the result, with the clicks that it takes. */
export function tasks(environment) {
	/** Opens a workflow that ends with a node of this name, and starts to count clicks. */
	async function start({ node, pinData }) {
		const { page, editor } = environment();
		const { id: workflow } = await environment().store('Task', [node], { pinData });
		await editor.visit(`/workflow/${workflow}`);
		await page.locator(id('canvas-handle-plus')).last().waitFor();
		await page.evaluate(() => {
			const isCounting = window.clicks !== undefined;
			window.clicks = 0;
			if (isCounting) return;
			// A click by key has no detail. Dragging counts as one click.
			addEventListener('click', ({ detail }) => (window.clicks += detail > 0 ? 1 : 0), true);
		});
	}

	async function addNode(action) {
		const { page } = environment();
		await page.locator(id('canvas-handle-plus')).last().click();
		const panel = page.locator(id('node-creator'));
		await panel
			.locator(`input${id('node-creator-search-bar')}, input`)
			.first()
			.fill('samsara');
		await panel.locator(id('item-iterator-item')).filter({ hasText: 'Samsara' }).first().click();
		await panel.getByText(action, { exact: true }).click();
		await page.waitForSelector(id('ndv'));
	}

	/** Runs the node. @returns its items and the number of clicks so far */
	async function finish(context) {
		const { page, editor } = environment();
		const execution = await editor.execute();
		const { error, runData } = execution.data.resultData;
		assert.equal(error, undefined, error?.message);
		const clicks = await page.evaluate(() => window.clicks);
		context.diagnostic(`${clicks} clicks`);
		const [run] = runData[Object.keys(runData).find((name) => !['Start', 'Table'].includes(name))];
		return { items: run.data.main[0].map(({ json }) => json), clicks };
	}

	it('one attribute on one driver', async (context) => {
		const { editor } = environment();
		await start(table('Table', [{}]));
		await addNode('Set attributes of driver');
		await editor.waitForForm('License Class');
		await editor.pick('driverId', 'rosa', 'Rosa Delgado');
		await editor.select(editor.field('License Class'), 'Class A');
		const { items, clicks } = await finish(context);
		assert.deepEqual(
			items.map((item) => [item.name, item['License Class']]),
			[['Rosa Delgado', 'Class A']],
		);
		assert.ok(clicks <= 8, `${clicks} clicks`);
	});

	it('attributes of five drivers from a table, mapped automatically', async (context) => {
		const { editor, page, sim } = environment();
		const drivers = [...sim.state.drivers.values()].slice(0, 5);
		const expected = drivers.map((driver, index) => ({
			...attributeValues(sim, driver),
			'License Class': ['Class B'],
			'Home Terminal': [`Terminal ${index}`],
			'Years of Experience': [index + 1],
		}));
		const rows = drivers.map((driver, index) => ({
			driverId: driver.id,
			'License Class': 'Class B',
			'Home Terminal': `Terminal ${index}`,
			'Years of Experience': index + 1,
		}));
		await start(table('Table', rows));
		await addNode('Set attributes of driver');
		await editor.waitForForm('License Class');
		await editor.drag('driverId', 'driverId');
		await editor.selectAtLeft(page.locator(id('mapping-mode-select')), 'Map Automatically');
		const { items, clicks } = await finish(context);
		assert.deepEqual(
			drivers.map((driver) => attributeValues(sim, sim.state.drivers.get(driver.id))),
			expected,
		);
		assert.deepEqual(
			items.map((item) => [item.id, item['Home Terminal']]),
			rows.map((row) => [row.driverId, row['Home Terminal']]),
		);
		const output = await editor.output('Terminal 4');
		const outputRows = output.locator('tbody tr').filter({ hasText: /Terminal \d/ });
		assert.equal(await outputRows.count(), 5);
		await page.locator(id('node-run-status-success')).waitFor();
		assert.deepEqual(await page.evaluate(inspectForm), { complaints: [], red: [] });
		const notices = await page.locator('.node-settings .notice').allInnerTexts();
		assert.equal(notices.length, 1);
		assert.match(notices[0], /^In this mode, make sure/);
		assert.ok(clicks <= 7, `${clicks} clicks`);
	});

	it('medical cards that expire within 30 days', async (context) => {
		const { editor, sim } = environment();
		await start(table('Table', [{}]));
		await addNode('Get many qualification records');
		await editor.select(editor.input('qualificationTypes'), 'Medical Card');
		await editor.select(editor.input('expiration'), 'Expiring Soon');
		const { items, clicks } = await finish(context);
		assert.ok(items.length > 0 && items.length < sim.state.records.size);
		for (const { type, status, daysUntilExpiration: days } of items) {
			assert.deepEqual([type, status], ['Medical Card', 'active']);
			assert.ok(days >= 0 && days <= 30, `${days} days left`);
		}
		assert.ok(clicks <= 9, `${clicks} clicks`);
	});

	it('who lacks a medical card', async (context) => {
		const { editor } = environment();
		await start(table('Table', [{}]));
		await addNode('Check compliance of drivers or assets');
		await editor.select(editor.input('qualificationTypes'), 'Medical Card');
		await editor.select(editor.input('show'), 'Missing Only');
		const { items, clicks } = await finish(context);
		assert.ok(items.length > 0);
		assert.deepEqual([...new Set(items.map(({ status }) => status))], ['missing']);
		assert.ok(clicks <= 8, `${clicks} clicks`);
	});

	it('who lacks what their role requires', async (context) => {
		const { editor, page } = environment();
		await start(table('Table', [{}]));
		await addNode('Check compliance of drivers or assets');
		await editor.select(editor.input('requirements'), 'By Role');
		await page.getByText('Add Role', { exact: true }).click();
		await editor.typeInto(editor.input('name'), 'Drivers');
		await editor.select(editor.input('appliesTo'), 'All');
		await editor.select(editor.input('qualificationTypes'), 'Driver License', 'Medical Card');
		await page.getByText('Add Role', { exact: true }).click();
		await editor.typeInto(editor.input('name').nth(1), 'Long Haul Drivers');
		await editor.select(editor.input('tagIds'), 'Long Haul');
		await editor.select(editor.input('qualificationTypes').nth(1), 'Hazmat Certificate');
		await editor.toggle('oneRowPerOwner');
		await editor.saveFormScreenshot('compliance-roles', picturesFolder);
		const { items, clicks } = await finish(context);
		const roles = new Set(items.map((item) => item.roles));
		assert.deepEqual([...roles].sort(), ['Drivers', 'Drivers, Long Haul Drivers']);
		for (const item of items) {
			assert.equal(item['Hazmat Certificate'] === null, item.roles === 'Drivers', item.ownerName);
		}
		assert.ok(clicks <= 18, `${clicks} clicks`);
	});

	it('all files of a driver', async (context) => {
		const { editor, page, sim } = environment();
		const [driver] = sim.state.drivers.values();
		giveFiles(sim.state, driver);
		await start(table('Table', [{}]));
		await addNode('Download files of record, driver, or asset');
		await editor.select(editor.input('filesOf'), 'Driver or Asset');
		await editor.pick('ownerId', driver.name, driver.name);
		const { items, clicks } = await finish(context);
		assert.deepEqual(items[0].files.map(({ fileName }) => fileName).sort(), [
			'Tyler Freckmann - Driver License - Photo.png',
			'Tyler Freckmann - Medical Card - Scan.png',
			'Tyler Freckmann - Medical Card - Signature.png',
		]);
		const panel = page.locator(id('output-panel'));
		await panel.getByText('Binary', { exact: true }).first().click();
		const cards = panel.locator('div').filter({ hasText: 'Signature.png' });
		const card = cards.filter({ hasText: 'Download' }).last();
		await editor.saveOutputScreenshot('driver-files', picturesFolder, card);
		assert.ok(clicks <= 8, `${clicks} clicks`);
	});

	it('a new container with a parking spot', async (context) => {
		const { editor } = environment();
		await start(table('Table', [{}]));
		await addNode('Create asset');
		await editor.waitForForm('Parking Spot');
		await editor.select(editor.input('type'), 'Unpowered Equipment');
		await editor.typeInto(editor.input('name'), 'Container 99');
		await editor.typeInto(editor.field('Parking Spot'), 'Row A 12');
		const { items, clicks } = await finish(context);
		assert.deepEqual(
			items.map((item) => [item.name, item.type, item['Parking Spot']]),
			[['Container 99', 'unpowered', 'Row A 12']],
		);
		assert.ok(clicks <= 6, `${clicks} clicks`);
	});

	it('a new expiration date for a record', async (context) => {
		const { editor } = environment();
		await start(table('Table', [{}]));
		await addNode('Update qualification record');
		await editor.pick('recordId', 'isaiah medical', 'Isaiah Grant');
		await editor.input('expirationDate').locator('input').first().click();
		await editor.typeDate(editor.input('expirationDate'), '2029-01-31');
		const { items, clicks } = await finish(context);
		assert.deepEqual(
			items.map(({ type, expirationDate }) => [type, expirationDate]),
			[['Medical Card', '2029-01-31']],
		);
		assert.ok(clicks <= 7, `${clicks} clicks`);
	});

	it('an attribute with three values on two vehicles', async (context) => {
		const { editor, page, sim } = environment();
		const vehicles = [...sim.state.vehicles.values()].slice(0, 2);
		await start(
			table(
				'Table',
				vehicles.map(({ id: vehicleId }) => ({ vehicleId })),
			),
		);
		await addNode('Set attributes of vehicle');
		await editor.waitForForm('Parking Spot');
		await editor.drag('vehicleId', 'vehicleId');
		const fields = page.locator(`${id('mapping-fields-container')} .parameter-item`);
		const options = fields.filter({ hasText: 'Installed Options' });
		await options.locator('input, textarea').first().click();
		await editor.typeInto(options, 'Crane, Lift, Winch');
		const { items, clicks } = await finish(context);
		assert.deepEqual(
			items.map((item) => item['Installed Options']),
			['Crane, Lift, Winch', 'Crane, Lift, Winch'],
		);
		assert.ok(clicks <= 6, `${clicks} clicks`);
	});
}
