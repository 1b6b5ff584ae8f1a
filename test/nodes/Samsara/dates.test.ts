import type { INode, INodeProperties } from 'n8n-workflow';
import { Samsara } from '../../../nodes/Samsara/Samsara.node';
import { itemsOf, locator, runSamsara, rowsOf } from '../../samsara';
import { startSimulator, type Simulator } from '../../simulator/index.mts';
import {
	ATTRIBUTE_ENTITIES,
	attributeNamed,
	attributesOf,
	automatic,
	entitiesOf,
	form,
	pick,
} from './resources/shared/attributeEntities';
import {
	fieldOf,
	newDriver,
	newRecord,
	recordsOf,
	typeNamed,
	writes,
} from './resources/qualificationRecord/fixtures';

let sim: Simulator;

beforeAll(async () => {
	sim = await startSimulator();
});

beforeEach(() => sim.reset());

afterAll(async () => await sim.close());

/** West and east of UTC, so far that UTC's day is another one for most of the day. */
const ZONES = ['Pacific/Honolulu', 'Pacific/Auckland'];

const day = { dateFormat: 'monthFirst' };

function newCard(values: Record<string, unknown>, parameters: INode['parameters']) {
	return newRecord(typeNamed(sim, 'Medical Card'), newDriver(sim), values, parameters);
}

function inputs(properties: INodeProperties[]): INodeProperties[] {
	return properties.flatMap((property) => [
		property,
		...inputs((property.options ?? []).flatMap((entry) => ('type' in entry ? [entry] : []))),
	]);
}

test('the date pickers of days ask for no time, and those of times do', () => {
	const names = (dateOnly: boolean) => [
		...new Set(
			inputs(new Samsara().description.properties)
				.filter(({ type }) => type === 'dateTime')
				.filter(({ typeOptions }) => (typeOptions?.dateOnly === true) === dateOnly)
				.map(({ displayName }) => displayName),
		),
	];
	expect(names(true).sort()).toEqual(['Date of Birth', 'Expiration Date', 'Issue Date']);
	expect(names(false).sort()).toEqual([
		'Created After',
		'Deactivated At',
		'Updated After',
		'Updated Before',
	]);
});

describe.each(ZONES)('in the zone %s', (timezone) => {
	it('a picked day is that day', async () => {
		const values = { 'Examiner Name': 'Dr. Osei', 'Registry Number': '1' };
		const parameters = { issueDate: '2026-12-31', expirationDate: '2027-01-31' };
		const [row] = await rowsOf(sim, newCard(values, parameters), { timezone });
		expect(writes(sim)[0].body).toMatchObject({
			issueDate: '2026-12-31T00:00:00Z',
			expirationDate: '2027-01-31T00:00:00Z',
		});
		expect(row).toMatchObject({ issueDate: '2026-12-31', expirationDate: '2027-01-31' });
	});

	it('reads the dates of a spreadsheet in Date Format, into records', async () => {
		const type = typeNamed(sim, 'Medical Card');
		const owner = newDriver(sim);
		const parameters = newRecord(
			type,
			owner,
			{},
			{
				issueDate: '={{ $json.issued }}',
				expirationDate: '={{ $json.expires }}',
				fields: automatic as unknown as INode['parameters'],
				options: day,
			},
		);
		const items = itemsOf({
			issued: '3/4/2021',
			expires: 46418,
			'Examiner Name': 'Dr. Osei',
			'Registry Number': '1',
			'Examination Date': '02.03.2021',
		});
		await rowsOf(sim, parameters, { items, timezone });
		const [record] = recordsOf(sim, owner);
		expect(record).toMatchObject({
			issueDate: '2021-03-04T00:00:00Z',
			expirationDate: '2027-01-31T00:00:00Z',
		});
		const { id } = fieldOf(type, 'Examination Date');
		expect(writes(sim)[0].body).toMatchObject({
			fields: expect.arrayContaining([
				{ id, type: 'datetime', dateTimeValue: { value: '2021-02-03T12:00:00Z' } },
			]),
		});
		const changed = {
			resource: 'qualificationRecord',
			operation: 'update',
			recordId: locator(record.id),
		};
		const updateFields = { expirationDate: '12/31/2027' };
		await rowsOf(
			sim,
			{ ...changed, entityType: 'worker', updateFields, options: day },
			{ timezone },
		);
		await rowsOf(
			sim,
			{ ...parameters, operation: 'upsert', matchBy: 'ownerAndType', expirationDate: '1/31/2028' },
			{ items, timezone },
		);
		expect(recordsOf(sim, owner)).toMatchObject([{ expirationDate: '2028-01-31T00:00:00Z' }]);
	});

	it.each(ATTRIBUTE_ENTITIES)(
		'reads date attributes in Date Format, into a %s',
		async (resource) => {
			const name = resource === 'driver' ? 'Hire Date' : 'Lease End';
			const [{ id }] = entitiesOf(sim, resource);
			const set = async (value: string | number, format: string) =>
				await rowsOf(
					sim,
					{
						resource,
						operation: 'setAttributes',
						...pick(resource, id),
						attributes: form(sim, resource, { [name]: value }) as never,
						options: { dateFormat: format },
					},
					{ timezone },
				);
			await set('3/4/2021', 'dayFirst');
			expect(attributesOf(sim, resource, id)[name]).toEqual(['2021-04-03']);
			await set(46418, 'iso');
			expect(attributesOf(sim, resource, id)[name]).toEqual(['2027-01-31']);
			const { id: attributeId } = attributeNamed(sim, resource, name);
			const entityType = resource === 'driver' ? 'driver' : 'asset';
			const attribute = { resource: 'attribute', entityType, attributeId: locator(attributeId) };
			await rowsOf(
				sim,
				{
					...attribute,
					operation: 'assign',
					entityId: locator(id),
					value: '3/4/2021',
					options: day,
				},
				{ timezone },
			);
			expect(attributesOf(sim, resource, id)[name]).toEqual(['2021-03-04']);
			const entities = { entity: [{ entityId: locator(id), value: '12.31.2022' }] };
			await rowsOf(
				sim,
				{ ...attribute, operation: 'update', updateFields: { entities }, options: day },
				{ timezone },
			);
			expect(attributesOf(sim, resource, id)[name]).toEqual(['2022-12-31']);
		},
	);

	it('reads the date of birth of a driver', async () => {
		const [{ id }] = entitiesOf(sim, 'driver');
		const parameters = { resource: 'driver', operation: 'update', driverId: locator(id) };
		const birth = async (dateOfBirth: string, options = {}) => {
			const updateFields = { dateOfBirth };
			const [row] = await rowsOf(sim, { ...parameters, updateFields, options }, { timezone });
			return row.dateOfBirth;
		};
		expect(await birth('1990-05-01')).toBe('1990-05-01');
		expect(await birth('5/2/1990', day)).toBe('1990-05-02');
		expect(await birth('32000', day)).toBe('1987-08-11');
	});
});

describe('a new driver, trailer or attribute', () => {
	it('takes its dates in Date Format', async () => {
		const driver = {
			resource: 'driver',
			operation: 'create',
			name: 'Ada Byron',
			username: 'ada',
			password: 'secret',
			attributes: form(sim, 'driver', { 'Hire Date': '3/4/2021' }) as never,
			additionalFields: { dateOfBirth: '5/2/1990' },
			options: day,
		};
		const [created] = await rowsOf(sim, driver);
		expect(created).toMatchObject({ 'Hire Date': '2021-03-04', dateOfBirth: '1990-05-02' });
		const trailer = {
			resource: 'trailer',
			operation: 'create',
			name: 'Trailer 7',
			attributes: form(sim, 'trailer', { 'Lease End': '3/4/2028' }) as never,
			options: day,
		};
		expect(await rowsOf(sim, trailer)).toMatchObject([{ 'Lease End': '2028-03-04' }]);
		const entities = { entity: [{ entityId: locator(String(created.id)), value: '3/4/2022' }] };
		const attribute = {
			resource: 'attribute',
			operation: 'create',
			entityType: 'driver',
			name: 'Last Review',
			attributeType: 'date',
			entities,
			options: day,
		};
		await rowsOf(sim, attribute as INode['parameters']);
		expect(attributesOf(sim, 'driver', String(created.id))['Last Review']).toEqual(['2022-03-04']);
	});
});

describe('without Date Format', () => {
	it('refuses an unclear date before any call', async () => {
		const { error } = await runSamsara(sim, newCard({}, { issueDate: '03/04/2021' }));
		expect(error).toMatchObject({
			message: "'Issue Date' is '03/04/2021', which can be March 4 or April 3, 2021 [item 0]",
			description:
				"Choose the right one in the option 'Date Format', or write 2021-03-04 or 2021-04-03.",
		});
		expect(sim.requests).toEqual([]);
	});

	it('shows a day in messages without a time', async () => {
		const parameters = { issueDate: '2027-03-04', expirationDate: '2027-03-03T10:30:00Z' };
		const { error } = await runSamsara(sim, newCard({}, parameters));
		expect(error?.message).toBe(
			"'Expiration Date' (2027-03-03 10:30 UTC) is before 'Issue Date' (2027-03-04) [item 0]",
		);
	});

	it('does not mention the option for a filter, which does not have it', async () => {
		const filters = { updatedAfter: '03/04/2021' };
		const parameters = { resource: 'qualificationRecord', operation: 'getAll', filters };
		const { error } = await runSamsara(sim, { ...parameters, entityType: 'worker' });
		expect(error).toMatchObject({ description: 'Write 2021-03-04 or 2021-04-03 instead.' });
	});
});

test('refuses a date format that does not exist', async () => {
	const options = { dateFormat: 'us' };
	const { error } = await runSamsara(sim, newCard({}, { issueDate: '3/4/2021', options }));
	expect(error).toMatchObject({
		message: "'Date Format' is 'us', which is not one of its choices [item 0]",
		description:
			'Choose one from the list. An expression must return iso, monthFirst, or dayFirst.',
	});
});
