import assert from 'node:assert/strict';
import { it } from 'node:test';
import { attributeValues } from '../support/attributeValues.mjs';
import { picturesFolder } from '../support/testEnvironment.mjs';

/** Setting a driver's attributes, and creating an attribute. */
export function attributes(environment) {
	it('sets attributes of a driver in the generated form and keeps the others', async () => {
		const { editor, sim } = environment();
		const driver = [...sim.state.drivers.values()].find(({ name }) => name === 'Rosa Delgado');
		const originalValues = attributeValues(sim, driver);
		await environment().openNode({ resource: 'driver', operation: 'setAttributes' });
		await editor.waitForForm('Endorsements');
		await editor.pick('driverId', 'rosa', 'Rosa Delgado');
		await editor.select(editor.field('Endorsements'), 'Hazmat, Tanker');
		await editor.typeDateAndTime(editor.field('Hire Date'), '2021-05-17');
		await editor.typeInto(editor.field('Home Terminal'), 'Spokane Yard');
		await editor.typeInto(editor.field('Languages (several)'), 'English, Spanish');
		await editor.select(editor.field('License Class'), 'Class A');
		await editor.select(editor.input('clear'), 'Years of Experience');
		await editor.saveFormScreenshot('set-attributes', picturesFolder);
		await editor.execute();
		await editor.output('Rosa Delgado');

		const { 'Years of Experience': _cleared, ...otherValues } = originalValues;
		assert.deepEqual(attributeValues(sim, sim.state.drivers.get(driver.id)), {
			...otherValues,
			Endorsements: ['Hazmat', 'Tanker'],
			'Hire Date': ['2021-05-17'],
			'Home Terminal': ['Spokane Yard'],
			Languages: ['English', 'Spanish'],
			'License Class': ['Class A'],
		});
	});

	it('shows the parameters that fit the type of a new attribute', async () => {
		const { editor, page } = environment();
		await environment().openNode({ resource: 'attribute', operation: 'create' });
		await editor.select(editor.input('attributeType'), 'Number');
		await editor.input('unit').waitFor();
		assert.equal(await page.getByPlaceholder('e.g. 22, 26.5, 48').count(), 1);
		await editor.select(editor.input('attributeType'), 'Text');
		await editor.input('values').waitFor({ state: 'detached' });
	});
}
