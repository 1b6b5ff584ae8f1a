import type { Simulator } from '../index.mts';
import type { ColumnDefinition, FieldDefinition, QualificationType } from '../types.mts';
import type { AnySchema } from './document.mts';

/** A sample request. `key` identifies the endpoint as `METHOD /path/{id}`. */
export interface Sample {
	key: string;
	path: string;
	body?: unknown;
}

const FILE = { base64Payload: 'aGVsbG8=', mediaType: 'application/pdf' };
const TIME = '2026-01-02T08:30:00Z';

/**
 * Requests that make each endpoint return everything it can: they write all members, and read all lists with everything that
 * can be included. Records come last, followed only by deletes.
 */
export function* samples(
	{ state }: Simulator,
	bodies: Map<string, AnySchema>,
): Generator<Sample, void, unknown> {
	const first = (map: Map<string, unknown>) => [...map.keys()][0];
	const [driver, vehicle] = [first(state.drivers), first(state.vehicles)];
	const [trailer, machine] = [first(state.trailers), first(state.equipment)];
	const depot = [...state.tags.values()].find((tag) => tag.parentTagId !== undefined)?.id;
	const items = (entityType: 'driver' | 'asset') =>
		[...state.entitiesOf(entityType)][0].attributes.map(({ attributeId, ...lists }) => ({
			id: attributeId,
			name: state.attributes.get(attributeId)?.name,
			...lists,
		}));
	let serial = 0;
	const full = (
		key: string,
		entityType: 'driver' | 'asset',
		overrides: object = {},
	): Sample['body'] => {
		serial += 1;
		const all = example(bodies.get(key) ?? {}) as Record<string, unknown>;
		const existing = {
			tagIds: [first(state.tags), depot],
			externalIds: { sample: `S${serial}` },
			attributes: items(entityType),
			staticAssignedVehicleId: vehicle,
			staticAssignedDriverId: driver,
			peerGroupTagId: depot,
			trailerGroupTagId: depot,
			vehicleGroupTagId: depot,
			vehicleType: 'truck',
			serialNumber: `SAMPLE${serial}`,
			trailerSerialNumber: `SAMPLE${serial}`,
			equipmentSerialNumber: `SAMPLE${serial}`,
			username: `sample.${serial}`,
			vin: `1FUJGLDRXX00000${10 + serial}`,
			deactivatedAtTime: new Date(Date.now() - 1000).toISOString(),
			id: undefined,
			...overrides,
		};
		for (const [name, value] of Object.entries(existing)) {
			if (name in all) all[name] = value;
		}
		return all;
	};
	const withoutDates = items('driver').filter((item) => item.dateValues === undefined);
	yield { key: 'GET /me', path: '/me' };
	yield { key: 'GET /tags', path: '/tags' };
	for (const [key, path, entityType, overrides] of [
		['POST /fleet/drivers', '/fleet/drivers', 'driver', { attributes: withoutDates }],
		['PATCH /fleet/drivers/{id}', `/fleet/drivers/${driver}`, 'driver'],
		['PATCH /fleet/vehicles/{id}', `/fleet/vehicles/${vehicle}`, 'asset'],
		['POST /fleet/trailers', '/fleet/trailers', 'asset'],
		['PATCH /fleet/trailers/{id}', `/fleet/trailers/${trailer}`, 'asset'],
		['PATCH /beta/fleet/equipment/{id}', `/beta/fleet/equipment/${machine}`, 'asset'],
		['POST /assets', '/assets', 'asset'],
		['PATCH /assets', `/assets?id=${vehicle}`, 'asset', { type: 'vehicle' }],
		['PATCH /assets', `/assets?id=${trailer}`, 'asset', { type: 'trailer' }],
		['PATCH /assets', `/assets?id=${machine}`, 'asset', { type: 'equipment' }],
	] as const) {
		yield { key, path, body: full(key, entityType, overrides) };
	}
	for (const [collection, id] of [
		['drivers', driver],
		['vehicles', vehicle],
		['trailers', trailer],
		['equipment', machine],
	]) {
		yield { key: `GET /fleet/${collection}`, path: `/fleet/${collection}` };
		yield { key: `GET /fleet/${collection}/{id}`, path: `/fleet/${collection}/${id}` };
	}
	yield { key: 'GET /fleet/drivers', path: '/fleet/drivers?driverActivationStatus=deactivated' };
	const include = 'includeTags=true&includeExternalIds=true&includeAttributes=true';
	yield { key: 'GET /assets', path: `/assets?${include}` };
	yield* attributeSamples(state);
	yield* recordSamples(state);
	yield { key: 'DELETE /fleet/trailers/{id}', path: `/fleet/trailers/${trailer}` };
	yield { key: 'DELETE /assets', path: `/assets?id=${machine}` };
}

function* attributeSamples(state: Simulator['state']): Generator<Sample> {
	for (const entityType of ['driver', 'asset'] as const) {
		const [{ id: entityId }] = state.entitiesOf(entityType);
		yield { key: 'GET /attributes', path: `/attributes?entityType=${entityType}` };
		for (const { id, attributeValueQuantity, ...attribute } of state.attributes.values()) {
			if (attribute.entityType !== entityType || attributeValueQuantity !== undefined) continue;
			const path = `/attributes/${id}`;
			yield { key: 'GET /attributes/{id}', path: `${path}?entityType=${entityType}` };
			yield { key: 'PATCH /attributes/{id}', path, body: { entityType } };
		}
		for (const [attributeType, values, definition] of [
			['multi-select', { stringValues: ['a'] }, { stringValues: ['a'] }],
			['number', { numberValues: [1.5] }, { unit: 'METER' }],
			['date', { dateValues: ['2026-01-02'] }, {}],
		] as const) {
			const name = `Sample ${attributeType}`;
			const entities = [{ entityId, ...values }];
			const body = { name, entityType, attributeType, ...definition, entities };
			yield { key: 'POST /attributes', path: '/attributes', body };
			const created = state.attributeNamed(entityType, name)?.id;
			const path = `/attributes/${created}?entityType=${entityType}`;
			yield { key: 'DELETE /attributes/{id}', path };
		}
	}
}

function* recordSamples(state: Simulator['state']): Generator<Sample> {
	const path = '/qualification-records';
	for (const entityType of ['worker', 'asset'] as const) {
		yield {
			key: 'GET /qualification-types',
			path: `/qualification-types?entityType=${entityType}`,
		};
		const window = `entityType=${entityType}&startTime=2020-01-01T00:00:00Z`;
		yield {
			key: 'GET /qualification-records/stream',
			path: `${path}/stream?${window}&includeDeleted=true&includeExternalIds=true`,
		};
	}
	for (const type of state.qualificationTypes.values()) {
		const [owner] = state.entitiesOf(type.entityType === 'worker' ? 'driver' : 'asset');
		const values = {
			owner: { entityType: type.entityType, id: owner.id },
			issueDate: TIME,
			expirationDate: '2027-01-02T00:00:00Z',
			externalIds: { sample: type.id },
			fields: fieldValues(type, owner.id),
		};
		const body = { qualificationType: { id: type.id }, ...values };
		yield { key: `POST ${path}`, path, body };
		const { id } = [...state.records.values()].slice(-1)[0];
		yield { key: `PATCH ${path}`, path, body: { id, ...values } };
		yield { key: `GET ${path}`, path: `${path}?ids=${id}&includeExternalIds=true` };
		yield { key: `POST ${path}/archive`, path: `${path}/archive`, body: { id } };
		yield { key: `POST ${path}/unarchive`, path: `${path}/unarchive`, body: { id } };
		yield { key: `DELETE ${path}`, path, body: { id } };
	}
}

function fieldValues(type: QualificationType, person: string): object[] {
	return type.fields.flatMap((field) => {
		if (field.type === 'person') return [];
		const value = valueOf(field, person);
		return value === undefined ? [] : [{ id: field.id, type: field.type, ...value }];
	});
}

function valueOf(field: FieldDefinition | ColumnDefinition, person: string): object | undefined {
	const [option] = field.options ?? [];
	switch (field.type) {
		case 'text':
			return { textValue: { value: 'Sample' } };
		case 'number':
			return { numberValue: { value: 1.5 } };
		case 'datetime':
			return { dateTimeValue: { value: TIME } };
		case 'multiple_choice':
			return { multipleChoiceValue: { valueId: option.id } };
		case 'check_boxes':
			return { checkBoxesValue: { valueIds: [option.id] } };
		case 'media':
			return { mediaValue: { mediaList: [FILE] } };
		case 'signature':
			return { signatureValue: { media: FILE } };
		case 'person':
			return { personValue: { person: { polymorphicUserId: person } } };
		case 'barcode':
			return { barcodeValue: { barcodes: [{ value: '4711' }] } };
		case 'table': {
			const columns = 'columns' in field ? (field.columns ?? []) : [];
			const cells = columns.flatMap((column) =>
				['media', 'signature'].includes(column.type)
					? []
					: [{ id: column.id, type: column.type, ...valueOf(column, person) }],
			);
			return { tableValue: { rows: [{ id: '00000000-0000-4000-8000-000000000001', cells }] } };
		}
		default:
			return undefined;
	}
}

/** A value that is valid for a schema of the simulator, with all members. */
function example({ type, enum: values, properties = {}, minLength = 1 }: AnySchema): unknown {
	if (values !== undefined) return values[0];
	if (type === 'object') {
		return Object.fromEntries(
			Object.entries(properties).map(([name, inner]) => [name, example(inner)]),
		);
	}
	if (type === 'array') return [];
	if (type === 'boolean') return true;
	return type === 'string' ? 'x'.repeat(Math.max(1, minLength)) : 1;
}
