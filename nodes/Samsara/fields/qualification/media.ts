import type { QualificationRecord, RecordField } from '../../api/types';
import { valueOfType } from './valueOfType';

/** A file of a record, as Samsara answers it. */
export type Media = NonNullable<RecordField['mediaList']>[number];

/** A file and the field it lies in. */
export interface RecordFile {
	/** The field's label; of a file in a table also the column's. */
	label: string;
	/** From 1 within the label; undefined where it is the only one. */
	number?: number;
	media: Media;
}

interface WithMedia {
	mediaList?: Media[];
	mediaValue?: { mediaList: Media[] };
	signatureValue?: { media: Media };
}

/** The files right in a field or a cell. A field has its files on itself, a cell below `mediaValue`. */
export function mediaIn({ mediaList, mediaValue, signatureValue }: WithMedia): Media[] {
	return mediaList ?? mediaValue?.mediaList ?? (signatureValue ? [signatureValue.media] : []);
}

/** `2 files (1 processing)`, undefined for none. Samsara keeps no file names. */
export function filesText(files: Media[]): string | undefined {
	if (files.length === 0) return undefined;
	const count = files.length === 1 ? '1 file' : `${files.length} files`;
	const processing = files.filter((file) => file.processingStatus === 'processing').length;
	return processing === 0 ? count : `${count} (${processing} processing)`;
}

/** Every file of a record, those in tables and signatures too, in the order of the fields. */
export function filesOf(record: QualificationRecord): RecordFile[] {
	const files = (record.fields ?? []).flatMap((field) => {
		const label = field.label ?? field.id;
		const value = valueOfType(field);
		const ownFiles = mediaIn(value).map((media) => ({ label, media }));
		return [...ownFiles, ...tableFiles(label, value)];
	});
	const counts = new Map<string, number>();
	for (const { label } of files) counts.set(label, (counts.get(label) ?? 0) + 1);
	const used = new Map<string, number>();
	return files.map(({ label, media }) => {
		const number = (used.get(label) ?? 0) + 1;
		used.set(label, number);
		return { label, media, number: counts.get(label) === 1 ? undefined : number };
	});
}

function tableFiles(label: string, { tableValue }: RecordField): RecordFile[] {
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
