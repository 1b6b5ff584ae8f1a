import type { INodeParameters, ResourceMapperField } from 'n8n-workflow';
import { listSearch, loadOptions, resourceMapping } from '../../../../nodes/Samsara/methods';
import { editorContext, locator } from '../../../samsara';
import { startSimulator, type Simulator } from '../../../simulator/index.mts';
import { newDriver, typeNamed } from '../resources/qualificationRecord/fixtures';

let sim: Simulator;
let empty: Simulator;

beforeAll(async () => {
	sim = await startSimulator({ drivers: 700, vehicles: 400, records: 900 });
	empty = await startSimulator({ seed: 'empty' });
});

afterAll(async () => {
	await sim.close();
	await empty.close();
});

beforeEach(() => {
	sim.reset();
	sim.settings.scopes = undefined;
});

/** The editor with the form of a qualification record open. */
function editor(parameters: INodeParameters = {}, account = sim) {
	return editorContext(account, {
		resource: 'qualificationRecord',
		operation: 'create',
		entityType: 'worker',
		...parameters,
	});
}

describe('qualification types', () => {
	const search = async (entityType: string, filter?: string, account = sim) =>
		(await listSearch.searchQualificationTypes.call(editor({ entityType }, account), filter))
			.results;

	it('are listed by name for drivers or assets, as selected', async () => {
		expect((await search('asset')).map(({ name }) => name)).toEqual([
			'Annual Inspection',
			'Vehicle Registration',
		]);
		expect(await search('worker', 'medical')).toEqual([
			{ name: 'Medical Card', value: typeNamed(sim, 'Medical Card').id },
		]);
		const options = await loadOptions.getQualificationTypes.call(editor({ entityType: 'asset' }));
		expect(options.map(({ name }) => name)).toEqual(['Annual Inspection', 'Vehicle Registration']);
	});

	it('can be empty', async () => {
		expect(await search('worker', undefined, empty)).toEqual([]);
	});

	it("show Samsara's message if they cannot be read", async () => {
		sim.settings.scopes = ['Read Drivers'];
		await expect(search('worker')).rejects.toThrow(/Read Qualification Records/);
	});
});

describe('owners', () => {
	const search = async (entityType: string, filter?: string, token?: string, account = sim) =>
		await listSearch.searchOwners.call(editor({ entityType }, account), filter, token);

	it('are drivers for workers, and can be found by name beyond the first page', async () => {
		const id = newDriver(sim, 'Zebulon Quick');
		const { results } = await search('worker', 'zebulon');
		expect(results).toEqual([expect.objectContaining({ value: id })]);
		expect(results[0].name).toMatch(/^Zebulon Quick · u\d+/);
	});

	it('are vehicles, trailers and equipment for assets, page by page', async () => {
		const names: string[] = [];
		let token: string | undefined;
		do {
			const page = await search('asset', undefined, token);
			names.push(...page.results.map(({ name }) => name));
			token = page.paginationToken as string | undefined;
		} while (token);
		expect(names).toHaveLength(sim.state.allAssets().length);
		const [truck] = sim.state.vehicles.values();
		const [{ name }] = (await search('asset', String(truck.vin))).results;
		expect(name).toBe(`${truck.name} · Vehicle · ${truck.vin}`);
	});

	it('can be empty', async () => {
		expect((await search('asset', undefined, undefined, empty)).results).toEqual([]);
	});

	it("show Samsara's message if they cannot be read", async () => {
		sim.settings.scopes = [];
		await expect(search('asset')).rejects.toThrow(/Read Assets/);
	});
});

describe('the form of a qualification type', () => {
	const draw = async (
		name: string,
		method: keyof typeof resourceMapping = 'getQualificationFields',
	) => {
		const type = typeNamed(sim, name);
		const { fields } = await resourceMapping[method].call(
			editor({ entityType: type.entityType, qualificationType: locator(type.id, 'list') }),
		);
		return fields;
	};
	const outline = (fields: ResourceMapperField[]) =>
		fields.map(({ displayName, type, required, readOnly }) => [
			displayName,
			type,
			...(required ? ['required'] : []),
			...(readOnly ? ['read only'] : []),
		]);

	it('has the right input for every type of field, with hints', async () => {
		expect(outline(await draw('Medical Card'))).toEqual([
			['Examiner Name', 'string', 'required'],
			['Registry Number', 'string'],
			['Examination Date', 'dateTime'],
			['Restrictions', 'options'],
			['Scan (file)', 'string'],
			['Signature (file)', 'string'],
		]);
		expect(outline(await draw('Annual Inspection'))).toEqual([
			['Odometer (whole number)', 'number', 'required'],
			['Inspection Date', 'dateTime'],
			['Start Time (hh:mm)', 'time'],
			['Finished At', 'dateTime'],
			['Result', 'options'],
			['Inspector', 'string'],
		]);
		const result = (await draw('Annual Inspection')).find(
			({ displayName }) => displayName === 'Result',
		);
		expect(result?.options?.map(({ name, value }) => [name, value])).toEqual([
			['Pass', 'Pass'],
			['Pass with defects', 'Pass with defects'],
			['Fail', 'Fail'],
		]);
	});

	it.each(['none', 'null', 'missing'] as const)(
		'is empty for a type whose fields are %s',
		async (nulls) => {
			const account = await startSimulator({ records: 0, nulls });
			try {
				const type = typeNamed(account, 'Training Record');
				type.fields = [];
				const parameters = { qualificationType: locator(type.id, 'list') };
				expect(
					await resourceMapping.getQualificationFields.call(editor(parameters, account)),
				).toEqual({
					fields: [],
					emptyFieldsNotice: "'Training Record' has no fields besides its dates.",
				});
			} finally {
				await account.close();
			}
		},
	);

	it('does not claim that a type with fields has none', async () => {
		const parameters = { qualificationType: locator(typeNamed(sim, 'Medical Card').id, 'list') };
		const form = await resourceMapping.getQualificationFields.call(editor(parameters));
		expect(form.fields).not.toEqual([]);
		expect(form.emptyFieldsNotice).toBeUndefined();
	});

	it('offers combinations of a few choices, and lists many choices by name', async () => {
		const restrictions = (await draw('Medical Card'))[3];
		expect(restrictions.options?.map(({ value }) => value)).toEqual([
			'Corrective lenses',
			'Hearing aid',
			'Intrastate only',
			'Corrective lenses, Hearing aid',
			'Corrective lenses, Intrastate only',
			'Hearing aid, Intrastate only',
			'Corrective lenses, Hearing aid, Intrastate only',
		]);
		expect(outline(await draw('Driver License'))).toContainEqual([
			'Endorsements (H, N, P, T, X)',
			'string',
		]);
	});

	it('distinguishes two fields with the same label, and names the columns of tables', async () => {
		expect(outline(await draw('Language Certificate')).slice(1)).toEqual([
			['Score (whole number)', 'number'],
			['Score (2) (whole number)', 'number'],
		]);
		const table = (await draw('Training Record'))[1];
		expect(table.displayName).toMatch(/^Sessions \(rows of Topic, Score, Outcome, Materials/);
		expect(table.type).toBe('string');
	});

	it('shows fields that cannot be written as read-only', async () => {
		expect(outline(await draw('Site Access Pass'))).toEqual([
			['Pass Number', 'string', 'required'],
			['Assigned Vehicle (only in the Samsara dashboard)', 'string', 'read only'],
			['Supervisor (only in the Samsara dashboard)', 'string', 'read only'],
			['Site (only in the Samsara dashboard)', 'string', 'read only'],
		]);
	});

	it('requires no field when a record is updated', async () => {
		const fields = await draw('Medical Card', 'getChangeableQualificationFields');
		expect(fields).toHaveLength(6);
		expect(fields.some(({ required }) => required)).toBe(false);
	});

	it('of an update has the fields of the picked record, whatever type was chosen', async () => {
		const inspection = [...sim.state.records.values()].find(
			({ typeId }) => typeId === typeNamed(sim, 'Annual Inspection').id,
		)!;
		const fieldsOf = async (more: object) =>
			await resourceMapping.getChangeableQualificationFields.call(
				editor({
					operation: 'update',
					recordId: locator(inspection.id),
					qualificationType: locator(''),
					...more,
				}),
			);
		const { fields } = await fieldsOf({});
		expect(fields.length).toBeGreaterThan(0);
		expect(fields.map(({ id }) => id).sort()).toEqual(
			typeNamed(sim, 'Annual Inspection')
				.fields.map(({ id }) => id)
				.sort(),
		);
		const medical = { qualificationType: locator(typeNamed(sim, 'Medical Card').id) };
		expect((await fieldsOf(medical)).fields).toEqual(fields);
		const fromItem = { recordId: locator('={{ $json.id }}') };
		expect((await fieldsOf({ ...fromItem, ...medical })).fields).toHaveLength(6);
		expect(await fieldsOf(fromItem)).toEqual({
			fields: [],
			emptyFieldsNotice: "Choose a 'Qualification Type' to see its fields.",
		});
		expect((await fieldsOf({ recordId: locator('gone') })).emptyFieldsNotice).toMatch(
			/This record was not found/,
		);
	});

	it('says why it is empty', async () => {
		const none = await resourceMapping.getQualificationFields.call(
			editor({ qualificationType: locator('') }),
		);
		expect(none).toEqual({
			fields: [],
			emptyFieldsNotice: "Choose a 'Qualification Type' to see its fields.",
		});
		const other = await resourceMapping.getQualificationFields.call(
			editor({ qualificationType: locator(typeNamed(sim, 'Annual Inspection').id) }),
		);
		expect(other.fields).toEqual([]);
		expect(other.emptyFieldsNotice).toMatch(/This qualification type was not found/);
	});

	it("shows Samsara's message if it cannot be loaded", async () => {
		const chosen = { qualificationType: locator(typeNamed(sim, 'Medical Card').id) };
		sim.settings.scopes = [];
		const form = await resourceMapping.getQualificationFields.call(editor(chosen));
		expect(form).toEqual({
			fields: [],
			emptyFieldsNotice: expect.stringMatching(/the scope "Read Qualification Records"/),
		});
		// A form with input stays, because the editor would drop the input with it.
		const fields = { mappingMode: 'defineBelow', value: {}, schema: [{ id: 'a' }] };
		await expect(
			resourceMapping.getQualificationFields.call(editor({ ...chosen, fields })),
		).rejects.toThrow(/Read Qualification Records/);
	});
});
