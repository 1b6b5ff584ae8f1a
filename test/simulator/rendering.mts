import type { Backend } from './endpoint.mts';
import type {
	ColumnDefinition,
	FieldDefinition,
	JsonObject,
	QualificationRecord,
	StoredValue,
} from './types.mts';
import { utc } from './times.mts';

/**
 * A qualification record in responses. The external IDs of the record and its owner are included only on request.
 */
export function describeRecord(
	backend: Backend,
	record: QualificationRecord,
	includeExternalIds: boolean,
): JsonObject {
	const { state } = backend;
	const type = state.qualificationTypes.get(record.typeId);
	const owner: JsonObject = { ...record.owner };
	const result: JsonObject = {
		id: record.id,
		recordStatus: record.recordStatus,
		createdAtTime: record.createdAtTime,
		createdBy: { ...record.createdBy },
		updatedAtTime: record.updatedAtTime,
		updatedBy: { ...record.updatedBy },
		issueDate: shifted(record.issueDate, backend.settings.recordDateShiftHours),
		owner,
		qualificationType:
			type === undefined
				? { id: record.typeId }
				: { id: type.id, name: type.name, revisionId: type.revisionId },
		fields: record.fields.map((value) =>
			describeField(
				backend,
				type?.fields.find(({ id }) => id === value.id),
				value,
			),
		),
	};
	if (record.shownUpdatedAtTime === 'null') result.updatedAtTime = null;
	if (record.shownUpdatedAtTime === 'missing') delete result.updatedAtTime;
	if (record.expirationDate !== undefined) {
		result.expirationDate = shifted(record.expirationDate, backend.settings.recordDateShiftHours);
	}
	if (includeExternalIds) {
		result.externalIds = { ...record.externalIds };
		const entity = state.owner(record.owner.entityType, record.owner.id);
		owner.externalIds = { ...entity?.externalIds };
	}
	return result;
}

/** A field. Its media list is a direct member, while a table cell has it in `mediaValue`. */
function describeField(
	backend: Backend,
	definition: FieldDefinition | undefined,
	value: StoredValue,
): JsonObject {
	const { id, type } = value;
	const label = definition?.label ?? '';
	if (type === 'media') {
		return { id, type, label, mediaList: describeMedia(backend, value) };
	}
	if (type === 'table') {
		const columns = definition?.columns ?? [];
		return {
			id,
			type,
			label,
			tableValue: {
				columns: columns.map((column) => ({
					id: column.id,
					label: column.label,
					type: column.type,
				})),
				rows: (value.rows ?? []).map((row) => ({
					id: row.id,
					cells: row.cells.map((cell) => ({
						id: cell.id,
						type: cell.type,
						...describeValue(
							backend,
							columns.find((column) => column.id === cell.id),
							cell,
						),
					})),
				})),
			},
		};
	}
	return { id, type, label, ...describeValue(backend, definition, value) };
}

function describeValue(
	backend: Backend,
	definition: ColumnDefinition | undefined,
	value: StoredValue,
): JsonObject {
	const labelOf = (id: string) =>
		definition?.options?.find((option) => option.id === id)?.label ?? '';
	switch (value.type) {
		case 'text':
			return { textValue: { value: value.text ?? '' } };
		case 'number':
			return { numberValue: { value: value.number ?? 0 } };
		case 'multiple_choice': {
			const valueId = value.valueId ?? '';
			return { multipleChoiceValue: { value: labelOf(valueId), valueId } };
		}
		case 'check_boxes': {
			const valueIds = value.valueIds ?? [];
			return { checkBoxesValue: { value: valueIds.map(labelOf), valueIds } };
		}
		case 'datetime': {
			const type = definition?.allowedDateTimeValueType ?? 'datetime';
			const time = value.dateTime ?? '';
			const dateTimeValue: JsonObject = { type, value: time };
			if (type === 'date') dateTimeValue.dateValue = time.slice(0, 10);
			return { dateTimeValue };
		}
		case 'media':
			return { mediaValue: { mediaList: describeMedia(backend, value) } };
		case 'signature':
			return { signatureValue: { media: describeMedia(backend, value)[0] } };
		case 'person':
			return { personValue: { person: describePerson(backend, value) } };
		case 'barcode':
			return {
				barcodeValue: { barcodes: (value.barcodes ?? []).map((code) => ({ value: code })) },
			};
		default:
			return {};
	}
}

function describeMedia(backend: Backend, { mediaIds }: StoredValue) {
	return (mediaIds ?? []).map((id) => backend.media.describe(id));
}

/** A person in the organization or, stored as text, one whose name was entered manually. */
function describePerson(backend: Backend, { person, text }: StoredValue): JsonObject {
	if (person === undefined) return { entryType: 'untracked', name: text ?? '' };
	const name = backend.state.drivers.get(person.id)?.name;
	const tracked: JsonObject = { entryType: 'tracked', polymorphicUserId: { ...person } };
	return name === undefined ? tracked : { ...tracked, name };
}

function shifted(time: string, hours: number): string {
	return hours === 0 ? time : utc(new Date(Date.parse(time) + hours * 3_600_000));
}
