import type { QualificationRecord, RecordField } from '../../api/types';
import { VALUE_PROPERTIES } from './qualificationType';

/** A file of a record, as Samsara returns it. */
export type Media = NonNullable<RecordField['mediaList']>[number];

export interface WithMedia<M> {
	mediaList?: M[];
	mediaValue?: { mediaList: M[] };
	signatureValue?: { media: M };
}

/** Samsara returns the files of a field in `mediaList`, those of a table cell in `mediaValue`. */
const FIELD_MEDIA = 'mediaList';

const ALL_PROPERTIES = new Set([FIELD_MEDIA, ...VALUE_PROPERTIES.values()]);

/**
 * Removes the values of other types from a field or cell: Samsara's own example of a response has values of every type
 * in each field. If the field has no value of its own type, or the type is unknown, all values stay.
 */
export function valueOfType<T extends object>(field: T): T {
	const property = VALUE_PROPERTIES.get(String((field as { type?: unknown }).type));
	const isOwn = (name: string) =>
		name === property || (property === 'mediaValue' && name === FIELD_MEDIA);
	const isOther = (name: string) => ALL_PROPERTIES.has(name) && !isOwn(name);
	let hasOther = false;
	let hasOwn = false;
	for (const name in field) {
		hasOther ||= isOther(name);
		hasOwn ||= isOwn(name);
	}
	if (!hasOther || !hasOwn) return field;
	return Object.fromEntries(Object.entries(field).filter(([name]) => !isOther(name))) as T;
}

/** The files of a field or cell, not counting those in a table. */
export function mediaIn<M>({ mediaList, mediaValue, signatureValue }: WithMedia<M>): M[] {
	return mediaList ?? mediaValue?.mediaList ?? (signatureValue ? [signatureValue.media] : []);
}

/** A file and where the record has it. */
export interface RecordFile {
	/** The label of the field; for a file in a table, also that of the column. */
	label: string;
	/** Counts files with the same label from 1; undefined for a single file. */
	number?: number;
	media: Media;
}

/** All files of a record in the order of its fields, including signatures and files in tables. */
export function filesOf(record: QualificationRecord): RecordFile[] {
	const files = (record.fields ?? []).flatMap((field) => {
		const label = field.label ?? field.id;
		const value = valueOfType(field);
		const ownFiles = mediaIn(value).map((media) => ({ label, media }));
		return [...ownFiles, ...tableFiles(label, value)];
	});
	const totals = new Map<string, number>();
	for (const { label } of files) totals.set(label, (totals.get(label) ?? 0) + 1);
	const counts = new Map<string, number>();
	return files.map(({ label, media }) => {
		const number = (counts.get(label) ?? 0) + 1;
		counts.set(label, number);
		return { label, media, number: totals.get(label) === 1 ? undefined : number };
	});
}

function tableFiles(label: string, { tableValue }: RecordField) {
	const columns = new Map((tableValue?.columns ?? []).map((column) => [column.id, column.label]));
	return (tableValue?.rows ?? []).flatMap(({ cells }) =>
		(cells ?? []).flatMap((cell) =>
			mediaIn(valueOfType(cell)).map((media) => ({
				label: `${label} ${columns.get(cell.id) ?? cell.id}`,
				media,
			})),
		),
	);
}
