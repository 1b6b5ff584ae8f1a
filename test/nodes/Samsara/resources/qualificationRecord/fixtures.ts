import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { locator } from '../../../../samsara';
import type {
	FieldDefinition,
	QualificationRecord,
	QualificationType,
	Simulator,
} from '../../../../simulator/index.mts';

/** The seeded type of this name. */
export function typeNamed(sim: Simulator, name: string): QualificationType {
	return [...sim.state.qualificationTypes.values()].find((type) => type.name === name)!;
}

/** The field of this label; the second of one label with `at` 1. */
export function fieldOf(type: QualificationType, label: string, at = 0): FieldDefinition {
	return type.fields.filter((field) => field.label === label)[at];
}

/** A driver that has no records, so that what a test makes is all there is. */
export function newDriver(sim: Simulator, name = 'Ada Byron', externalIds = {}): string {
	const [model] = sim.state.drivers.values();
	const id = sim.state.newEntityId();
	const username = `u${id}`;
	sim.state.drivers.set(id, { ...model, id, name, username, externalIds, attributes: [] });
	return id;
}

/** The records of an owner that are not deleted, oldest first. */
export function recordsOf(sim: Simulator, owner: string) {
	return sim.state
		.recordsByChange()
		.filter((record) => record.owner.id === owner && record.recordStatus !== 'deleted');
}

/** Adds a record that was changed a minute ago, as another program would. */
export function addRecord(
	sim: Simulator,
	{ id: typeId, entityType }: QualificationType,
	ownerId: string,
	more: Partial<QualificationRecord>,
): string {
	const by = { id: '1', type: 'user' } as const;
	const record: QualificationRecord = {
		id: sim.state.newUuid(),
		recordStatus: 'active',
		typeId,
		owner: { entityType, id: ownerId },
		issueDate: '2020-01-01T00:00:00Z',
		externalIds: {},
		fields: [],
		createdAtTime: '2020-01-01T00:00:00Z',
		createdBy: by,
		updatedAtTime: '',
		updatedBy: by,
		sequence: 0,
		...more,
	};
	sim.state.change(record, new Date(Date.now() - 60_000));
	return record.id;
}

/** The writes that reached the simulator. */
export function writes(sim: Simulator) {
	return sim.requests.filter(({ method }) => method !== 'GET');
}

/** The form of a type, filled in by label, as the editor stores it. */
export function filled(type: QualificationType, values: Record<string, unknown>): INodeParameters {
	return {
		mappingMode: 'defineBelow',
		value: Object.fromEntries(
			Object.entries(values).map(([label, value]) => [fieldOf(type, label)?.id ?? label, value]),
		),
		matchingColumns: [],
		schema: [],
		attemptToConvertTypes: false,
		convertFieldsToString: false,
	} as unknown as INodeParameters;
}

/** The parameters of a new record of a seeded type. */
export function newRecord(
	type: QualificationType,
	owner: string,
	values: Record<string, unknown>,
	more: INodeParameters = {},
): INodeParameters {
	return {
		resource: 'qualificationRecord',
		operation: 'create',
		entityType: type.entityType,
		qualificationType: locator(type.id, 'list'),
		ownerId: locator(owner, 'list'),
		issueDate: '2026-01-15',
		expirationDate: '2028-01-15',
		fieldsMode: 'form',
		fields: filled(type, values),
		...more,
	};
}

/** An item with files in memory, as a node that read them gives it. */
export function itemWith(
	files: Record<string, { content: string; mimeType: string; fileName?: string }>,
	json: INodeExecutionData['json'] = {},
): INodeExecutionData {
	return {
		json,
		binary: Object.fromEntries(
			Object.entries(files).map(([name, { content, mimeType, fileName }]) => [
				name,
				{ data: Buffer.from(content).toString('base64'), mimeType, fileName },
			]),
		),
	};
}
