import type { Json, LiveClient } from './client.mts';
import { emptiness } from './readFacts.mts';
import type { Fact } from './readFacts.mts';
import type { Throwaway } from './throwaway.mts';

const handledEither = (first: string, second: string): Fact['readings'] => ({
	merge: [first, 'handled'],
	replace: [second, 'handled'],
});
const MERGED = 'They are merged';
const REPLACED = 'They are replaced';

const driverOf = async (live: LiveClient, id: string): Promise<Json> =>
	(await live.call('GET', `/fleet/drivers/${id}`)).data;
const named = ({ attributes }: Json, name: string): boolean =>
	(attributes ?? []).some((item: Json) => item.name === name);
const value = ({ id, name }: Json, text: string) => ({ id, name, stringValues: [text] });

/** What can only be seen by changing something, with things that exist for this purpose. */
export const writeFacts: Fact[] = [
	{
		id: 'driver-attributes',
		question:
			'When a driver or vehicle is changed, are its attributes merged or replaced? (For trailers, equipment, and assets, they are replaced.)',
		assumes: 'Either; the node sends all of them',
		readings: handledEither(MERGED, REPLACED),
		async read(live, things) {
			const [first, second] = [await things.attribute(), await things.attribute()];
			const driver = await things.driver();
			const path = `/fleet/drivers/${driver.id}`;
			const attributes = [value(first, 'one'), value(second, 'two')];
			await live.call('PATCH', path, { body: { attributes } });
			await live.call('PATCH', path, { body: { attributes: [value(second, 'three')] } });
			const changed = await driverOf(live, driver.id);
			if (!named(changed, second.name)) return undefined;
			return named(changed, first.name) ? 'merge' : 'replace';
		},
	},
	{
		id: 'trailer-attributes',
		question: 'Are the attributes of a trailer replaced when it is changed?',
		assumes: 'They are replaced; the node sends all of them',
		readings: { merge: [MERGED, 'handled'], replace: [REPLACED, 'as assumed'] },
		async read(live, things) {
			const attribute = async () => await things.attribute({ entityType: 'asset' });
			const [first, second] = [await attribute(), await attribute()];
			const trailer = await things.trailer({ attributes: [value(first, 'one')] });
			const path = `/fleet/trailers/${trailer.id}`;
			await live.call('PATCH', path, { body: { attributes: [value(second, 'two')] } });
			const { data } = await live.call('GET', path);
			if (!named(data, second.name)) return undefined;
			return named(data, first.name) ? 'merge' : 'replace';
		},
	},
	{
		id: 'attribute-values',
		question:
			'When an attribute is changed, are its allowed values and its drivers or assets merged or replaced?',
		assumes: 'Either; the node sends all allowed values',
		readings: handledEither('Allowed values are merged', 'Allowed values are replaced'),
		async read(live, things) {
			const attributeType = 'single-select';
			const { id } = await things.attribute({ attributeType, stringValues: ['one', 'two'] });
			const body = { entityType: 'driver', stringValues: ['two', 'three'] };
			await live.call('PATCH', `/attributes/${id}`, { body });
			const { data } = await live.call('GET', `/attributes/${id}`, {
				query: { entityType: 'driver' },
			});
			const values = data.stringValues ?? (data.values ?? []).map((one: Json) => one.stringValue);
			if (!values.includes('three')) return undefined;
			return values.includes('one') ? 'merge' : 'replace';
		},
	},
	{
		id: 'attribute-entities',
		question:
			'When an attribute is changed, are its allowed values and its drivers or assets merged or replaced?',
		assumes: 'Either; the node sends all drivers or assets',
		readings: handledEither('Drivers are merged', 'Drivers are replaced'),
		async read(live, things) {
			const [first, second] = [await things.driver(), await things.driver()];
			const entity = ({ id }: Json) => ({ entityId: String(id), stringValues: ['x'] });
			const { id, name } = await things.attribute({ entities: [entity(first)] });
			const body = { entityType: 'driver', entities: [entity(second)] };
			await live.call('PATCH', `/attributes/${id}`, { body });
			if (!named(await driverOf(live, second.id), name)) return undefined;
			return named(await driverOf(live, first.id), name) ? 'merge' : 'replace';
		},
	},
	{
		id: 'attribute-entity-values',
		question: 'Does an attribute list the text values of its drivers and assets?',
		assumes: 'It may not; then the node reads them from the drivers and assets',
		readings: {
			actual: ['It lists them', 'handled'],
			null: ['It lists null', 'handled'],
			missing: ['It does not list them', 'handled'],
		},
		async read(live, things) {
			const driver = await things.driver();
			const entities = [{ entityId: String(driver.id), stringValues: ['x'] }];
			const { id } = await things.attribute({ entities });
			const { data } = await live.call('GET', `/attributes/${id}`, {
				query: { entityType: 'driver' },
			});
			const [entity] = data.entities ?? [];
			if (!entity) return undefined;
			const shape = emptiness(entity, 'stringValues');
			return shape === 'filled' ? 'actual' : shape === 'null' ? 'null' : 'missing';
		},
	},
	{
		id: 'empty-members',
		question: 'How does Samsara return lists and maps that are empty?',
		assumes: 'In any way',
		readings: {
			documented: ['As documented: an empty list of values, and no member for tags', 'as assumed'],
			null: ['As null', 'handled'],
			missing: ['They are left out', 'handled'],
			empty: ['As empty lists and maps', 'handled'],
			mixed: ['In another combination', 'handled'],
		},
		async read(live, things) {
			const attributeType = 'single-select';
			const attribute = await things.attribute({ attributeType, stringValues: ['x'] });
			const { data } = await live.call('GET', `/attributes/${attribute.id}`, {
				query: { entityType: 'driver' },
			});
			const { id } = await things.driver();
			const key = `${emptiness(data, 'numberValues')} ${emptiness(await driverOf(live, id), 'tags')}`;
			const readings: Record<string, string> = {
				'[] missing': 'documented',
				'null null': 'null',
				'missing missing': 'missing',
				'[] []': 'empty',
			};
			return readings[key] ?? 'mixed';
		},
	},
	{
		id: 'updated-after',
		question: 'Does setting an attribute count as a change for the filter *Updated After*?',
		assumes: 'Nothing',
		readings: {
			yes: ['It counts', 'as assumed'],
			no: ['It does not count', 'differs'],
		},
		async read(live, things) {
			const attribute = await things.attribute();
			const driver = await things.driver();
			const before = (await driverOf(live, driver.id)).updatedAtTime;
			if (!before) return undefined;
			await new Promise((resolve) => setTimeout(resolve, live.isLocal ? 5 : 2_000));
			const body = { attributes: [value(attribute, 'x')] };
			await live.call('PATCH', `/fleet/drivers/${driver.id}`, { body });
			const changed = await driverOf(live, driver.id);
			return Date.parse(changed.updatedAtTime) > Date.parse(before) ? 'yes' : 'no';
		},
	},
	{
		id: 'conditions',
		question: 'How are several attribute conditions separated in a filter?',
		assumes: 'Unknown; the node sends one and checks the others itself',
		readings: {
			any: ['By semicolons, or by repeating the parameter', 'handled'],
			semicolon: ['By semicolons', 'handled'],
			repeated: ['By repeating the parameter', 'handled'],
			neither: ['In neither way', 'handled'],
		},
		async read(live, things) {
			const [first, second] = [await things.attribute(), await things.attribute()];
			const both = await things.driver({ attributes: [value(first, 'x'), value(second, 'y')] });
			const one = await things.driver({ attributes: [value(first, 'x')] });
			const conditions = [`${first.name}:x`, `${second.name}:y`];
			const single = await ids(live, [['attributes', conditions[0]]]);
			if (![both, one].every(({ id }) => single?.includes(String(id)))) return undefined;
			const isOnlyBoth = (found?: string[]) =>
				found?.includes(String(both.id)) && !found.includes(String(one.id));
			const semicolon = isOnlyBoth(await ids(live, [['attributes', conditions.join(';')]]));
			const repeated = isOnlyBoth(
				await ids(
					live,
					conditions.map((text) => ['attributes', text]),
				),
			);
			if (semicolon && repeated) return 'any';
			if (semicolon) return 'semicolon';
			return repeated ? 'repeated' : 'neither';
		},
	},
	{
		id: 'record-external-ids',
		question: 'Are the external IDs of a record merged or replaced?',
		assumes: 'Either; the node sends the existing ones along',
		readings: handledEither(MERGED, REPLACED),
		async read(live, things) {
			const record = await newRecord(things, { externalIds: { checkA: things.name() } });
			if (!record) return undefined;
			const body = { id: record.id, externalIds: { checkB: things.name() } };
			await live.call('PATCH', '/qualification-records', { body });
			const { externalIds } = await recordOf(live, record.id);
			if (!externalIds?.checkB) return undefined;
			return externalIds.checkA ? 'merge' : 'replace';
		},
	},
	{
		id: 'external-id-removal',
		question: 'How is an external ID removed from a driver or asset?',
		assumes: 'In any of these ways; the node tries one after the other',
		readings: {
			either: ['By an empty value, or by null', 'handled'],
			empty: ['By an empty value', 'handled'],
			null: ['By null', 'handled'],
			literal: ['By null; an empty value is stored', 'handled'],
			omission: ['By the list without it', 'handled'],
			never: ['In none of these ways', 'differs'],
		},
		async read(live, things) {
			const value = things.name().replaceAll(' ', '-');
			const { id } = await things.driver({ externalIds: { checkD: value } });
			const after = async (externalIds: object) => {
				const path = `/fleet/drivers/${id}`;
				await live.send('PATCH', path, { body: { externalIds } });
				const left = (await driverOf(live, id)).externalIds?.checkD;
				await live.call('PATCH', path, { body: { externalIds: { checkD: value } } });
				return left;
			};
			const [empty, byNull] = [await after({ checkD: '' }), await after({ checkD: null })];
			const omitted = await after({ checkE: value });
			if (empty === '') return 'literal';
			if (omitted === undefined) return 'omission';
			if (empty === undefined) return byNull === undefined ? 'either' : 'empty';
			return byNull === undefined ? 'null' : 'never';
		},
	},
	{
		id: 'asset-responses',
		question:
			'Do responses to creating or changing an asset include its tags, external IDs, and attributes?',
		assumes: 'They may not; then the node reads the asset',
		readings: {
			complete: ['They do', 'handled'],
			bare: ['They do not, or only some of them', 'handled'],
		},
		async read(live, things) {
			const attribute = await things.attribute({ entityType: 'asset' });
			const asset = await things.asset({
				attributes: [value(attribute, 'x')],
				externalIds: { checkF: things.name().replaceAll(' ', '-') },
			});
			return named(asset, attribute.name) && asset.externalIds?.checkF ? 'complete' : 'bare';
		},
	},
	{
		id: 'asset-external-id',
		question: 'Can calls that change or delete an asset refer to it by external ID?',
		assumes: "Unknown; the node looks up Samsara's own ID first",
		readings: {
			yes: ['A change can', 'handled'],
			no: ['A change cannot', 'handled'],
		},
		async read(live, things) {
			const externalId = things.name().replaceAll(' ', '-');
			await things.asset({ externalIds: { checkG: externalId } });
			const query = { id: `checkG:${externalId}` };
			const body = { notes: 'check' };
			const { status } = await live.send('PATCH', '/assets', { query, body });
			return status < 300 ? 'yes' : 'no';
		},
	},
	{
		id: 'carrier',
		question: 'Are the carrier details of a driver merged or replaced?',
		assumes: 'Either; the node sends the existing ones along',
		readings: handledEither(MERGED, REPLACED),
		async read(live, things) {
			const carrierSettings = { carrierName: 'Check', homeTerminalName: 'Check' };
			const { id } = await things.driver({ carrierSettings });
			const body = { carrierSettings: { carrierName: 'Other' } };
			await live.call('PATCH', `/fleet/drivers/${id}`, { body });
			const changed = (await driverOf(live, id)).carrierSettings;
			if (changed?.carrierName !== 'Other') return undefined;
			return changed.homeTerminalName === 'Check' ? 'merge' : 'replace';
		},
	},
	{
		id: 'driver-clearing',
		question:
			'How are the date of birth, the static vehicle, and the group tags of a driver cleared?',
		assumes: 'In any of these ways; the node tries one after the other',
		readings: {
			empty: ['The date of birth by an empty value', 'handled'],
			zero: ['The date of birth by 0', 'handled'],
			null: ['The date of birth by null', 'handled'],
			never: ['The date of birth in none of these ways', 'differs'],
		},
		async read(live, things) {
			const { id } = await things.driver({ dateOfBirth: '1980-01-31' });
			if (!(await driverOf(live, id)).dateOfBirth) return undefined;
			for (const [reading, dateOfBirth] of [
				['empty', ''],
				['zero', '0'],
				['null', null],
			] as const) {
				await live.send('PATCH', `/fleet/drivers/${id}`, { body: { dateOfBirth } });
				if (!(await driverOf(live, id)).dateOfBirth) return reading;
			}
			return 'never';
		},
	},
	{
		id: 'api-actor',
		question: 'Who counts as having created a record that was made through the API?',
		assumes: 'Unknown; the node returns what Samsara says',
		readings: {
			user: ['A user', 'handled'],
			driver: ['A driver', 'handled'],
			none: ['Nobody, or something else', 'handled'],
		},
		async read(live, things) {
			const record = await newRecord(things);
			if (!record) return undefined;
			const { createdBy } = await recordOf(live, record.id);
			return ['user', 'driver'].find((type) => type === createdBy?.type) ?? 'none';
		},
	},
	{
		id: 'external-id-calls',
		question: 'Can calls refer to a record or an owner by external ID?',
		assumes: "Unknown; the node looks up Samsara's own ID first",
		readings: {
			yes: ['A change can', 'handled'],
			no: ['A change cannot', 'handled'],
		},
		async read(live, things) {
			const externalId = things.name().replaceAll(' ', '-');
			const record = await newRecord(things, { externalIds: { checkC: externalId } });
			if (!record) return undefined;
			const body = { id: `checkC:${externalId}`, issueDate: '2024-04-01T00:00:00Z' };
			const { status } = await live.send('PATCH', '/qualification-records', { body });
			return status < 300 ? 'yes' : 'no';
		},
	},
	{
		id: 'written-dates',
		question: 'In which time zone does Samsara return a date without a time?',
		assumes: 'A date that was sent as midnight UTC comes back as midnight UTC',
		readings: {
			same: ['Midnight UTC', 'as assumed'],
			shifted: ['At another time', 'differs'],
		},
		async read(live, things) {
			const record = await newRecord(things);
			if (!record) return undefined;
			const { issueDate, expirationDate } = await recordOf(live, record.id);
			const isSame =
				Date.parse(issueDate) === Date.parse('2024-03-01T00:00:00Z') &&
				Date.parse(expirationDate) === Date.parse('2034-03-01T00:00:00Z');
			return isSame ? 'same' : 'shifted';
		},
	},
	{
		id: 'empty-response',
		question: 'What does Samsara return for archiving a record?',
		assumes: 'Anything with a status of success',
		readings: {
			empty: ['Nothing', 'as assumed'],
			body: ['A body', 'handled'],
		},
		async read(live, things) {
			const record = await newRecord(things);
			if (!record) return undefined;
			const body = { id: record.id };
			const { status, text } = await live.send('POST', '/qualification-records/archive', { body });
			if (status >= 300) return undefined;
			return text.trim() === '' ? 'empty' : 'body';
		},
	},
	{
		id: 'moving-pages',
		question: 'Do pages shift if something is removed while a list is read?',
		assumes: 'They may; the node reads again what may have moved',
		readings: {
			stable: ['They do not', 'handled'],
			shifting: ['They do', 'handled'],
		},
		async read(live, things) {
			for (let count = 0; count < 3; count++) await things.attribute();
			const query = { entityType: 'driver' };
			const rows = (await live.list('/attributes', query)).map(({ id }: Json) => id);
			const all = await live.list('/attributes', query);
			const own = all.findIndex(({ name }) => String(name).includes(` ${things.run} `));
			if (own < 0 || own + 2 >= rows.length || own + 1 > 512) return undefined;
			const limit = own + 1;
			const { pagination } = await live.call('GET', '/attributes', { query: { ...query, limit } });
			await live.call('DELETE', `/attributes/${rows[own]}`, { query });
			const next = await live.call('GET', '/attributes', {
				query: { ...query, limit, after: pagination.endCursor },
			});
			const ids = (next.data ?? []).map(({ id }: Json) => id);
			return ids.includes(rows[own + 1]) ? 'stable' : 'shifting';
		},
	},
];

async function newRecord(things: Throwaway, more: object = {}): Promise<Json> {
	const driver = await things.driver();
	return await things.record(String(driver.id), more);
}

async function recordOf(live: LiveClient, id: string): Promise<Json> {
	const query = { ids: id, includeExternalIds: true };
	const { data } = await live.call('GET', '/qualification-records', { query });
	return data[0];
}

/** The IDs of the drivers that a filter finds; undefined if Samsara refuses it. */
async function ids(live: LiveClient, query: string[][]): Promise<string[] | undefined> {
	const { status, json } = await live.send('GET', '/fleet/drivers', { query });
	return status === 200 ? (json.data ?? []).map(({ id }: Json) => String(id)) : undefined;
}
