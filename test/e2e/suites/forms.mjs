import assert from 'node:assert/strict';
import { it } from 'node:test';
import { id } from '../support/editor.mjs';
import { picturesFolder } from '../support/testEnvironment.mjs';

/** The other forms: filters, the compliance check, file downloads, and lists that are empty or fail to load. */
export function forms(environment) {
	it('lists expired records', async () => {
		const { editor } = environment();
		await environment().openNode({ resource: 'qualificationRecord', operation: 'getAll' });
		await editor.select(editor.input('expiration'), 'Expired');
		await editor.execute();
		const table = await editor.output('active');
		assert.match(await table.innerText(), /daysUntilExpiration/);
	});

	it('checks compliance', async () => {
		const { editor, sim } = environment();
		// n8n shows cells without a value in red, which would draw attention in the picture.
		for (const driver of sim.state.drivers.values()) {
			driver.details.email = `${driver.username}@example.com`;
			const hasOne = [...sim.state.records.values()].some(
				({ owner, typeId, recordStatus }) =>
					owner.id === driver.id &&
					recordStatus === 'active' &&
					/License|Medical/.test(sim.state.qualificationTypes.get(typeId).name),
			);
			if (!hasOne) sim.state.drivers.delete(driver.id);
		}
		const parameters = {
			resource: 'qualificationRecord',
			operation: 'checkCompliance',
			show: 'actionNeeded',
			oneRowPerOwner: true,
		};
		await environment().openNode(parameters);
		await editor.select(editor.input('qualificationTypes'), 'Driver License', 'Medical Card');
		await editor.execute();
		const table = await editor.output('missing');
		assert.match(await table.innerText(), /Tyler Freckmann/);
		await editor.saveOutputScreenshot('compliance-output', picturesFolder);
	});

	it('downloads the files of a record chosen by owner and type', async () => {
		const { editor, page, sim } = environment();
		const { state, media } = sim;
		const types = [...state.qualificationTypes.values()];
		const medicalCard = types.find(({ name }) => name === 'Medical Card');
		const record = [...state.records.values()].find(
			({ typeId, recordStatus }) => typeId === medicalCard.id && recordStatus === 'active',
		);
		const [mediaId] = record.fields.find(({ type }) => type === 'media').mediaIds;
		const { name } = state.drivers.get(record.owner.id);
		await environment().openNode({ resource: 'qualificationRecord', operation: 'downloadFiles' });
		await editor.pick('recordId', `${name} medical`, `${name} · Medical Card`);
		await editor.execute();
		await page.locator(id('output-panel')).getByText('Binary', { exact: true }).first().click();
		const { mediaType } = media.files.get(mediaId);
		await page.locator(id('output-panel')).getByText(mediaType).first().waitFor();
	});

	it("accepts the URL of a driver's dashboard page", async () => {
		const { editor, sim } = environment();
		const [driver] = sim.state.drivers.values();
		await environment().openNode({ resource: 'driver', operation: 'get' });
		await editor.selectMode('driverId', 'By URL');
		const url = `https://cloud.samsara.com/o/1234/drivers/${driver.id}`;
		await editor.typeInto(editor.locatorInput('driverId'), url);
		await editor.execute();
		await editor.output(driver.name);
	});

	it('shows that a list is empty', async () => {
		const { editor, page, sim } = environment();
		sim.faults.add({
			kind: 'status',
			status: 200,
			body: { data: [] },
			path: '/qualification-types',
			times: 10,
		});
		await environment().openNode({ resource: 'qualificationRecord', operation: 'create' });
		await editor.openList('qualificationType');
		await page.getByText('No results').first().waitFor();
	});

	it('has no JSON editor for tables, which would mark an untouched table as invalid', async () => {
		const { editor, page } = environment();
		await environment().openNode({ resource: 'qualificationRecord', operation: 'create' });
		await editor.pick('qualificationType', 'training', 'Training Record');
		await editor.waitForForm('Course');
		const form = page.locator(id('mapping-fields-container'));
		await form.getByText(/^Sessions/).waitFor();
		assert.equal(await form.locator('.cm-editor').count(), 0);
	});

	it('shows why a list or a form could not be loaded', async () => {
		const { editor, page, sim } = environment();
		sim.settings.scopes = ['Read Qualification Records'];
		await environment().openNode({ resource: 'qualificationRecord', operation: 'create' });
		await editor.openList('ownerId');
		await page.getByText(/the scope "Read Drivers"/).waitFor();
		await environment().openNode({ resource: 'driver', operation: 'setAttributes' });
		const notice = page.locator(id('empty-fields-notice'));
		await notice.getByText(/the scope "Read Attributes"/).waitFor();
	});

	it('rejects invalid form input before calling Samsara', async () => {
		const { editor, page, sim } = environment();
		const driver = { __rl: true, mode: 'id', value: '1' };
		await environment().openNode({
			resource: 'driver',
			operation: 'setAttributes',
			driverId: driver,
		});
		await editor.waitForForm('Hire Date');
		await editor.execute();
		await page
			.locator(id('output-panel'))
			.getByText("'Attributes' has no value to set")
			.first()
			.waitFor();
		assert.equal(sim.requests.filter(({ method }) => method === 'PATCH').length, 0);
	});
}
