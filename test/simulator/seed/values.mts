import type { Backend } from '../endpoint.mts';
import { utc } from '../times.mts';
import type { ColumnDefinition, FieldDefinition, FieldType, StoredValue } from '../types.mts';
import type { Random } from './random.mts';

const DAY_MS = 24 * 3600 * 1000;

// A PNG with one transparent pixel, as a minimal valid image.
const PIXEL = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
	'base64',
);

const WORDS: Record<string, string[]> = {
	'Examiner Name': ['Dr. Helen Marsh', 'Dr. Anil Kapoor', 'Dr. Joyce Whitaker'],
	'Training Provider': ['Pacific Safety Institute', 'Cascade Compliance', 'RoadReady Academy'],
	'Issuing State': ['WA', 'OR', 'CA', 'ID'],
	Course: ['Defensive Driving', 'Winter Operations', 'Cargo Securement', 'Hours of Service'],
	Topic: ['Pre-trip inspection', 'Following distance', 'Chains', 'Load bars'],
	Language: ['English', 'Spanish', 'French'],
	Inspector: ['B. Ortega', 'S. Lund', 'K. Adeyemi'],
};

const READ_ONLY_TYPES: FieldType[] = ['asset', 'geofence', 'instruction', 'media_instruction'];

/** What the values of a record are created from. `files` says whether media fields have values. */
export interface SeedContext {
	backend: Backend;
	random: Random;
	drivers: string[];
	issued: number;
	files: boolean;
}

/** Creates realistic values for all fields that the API can return. */
export function seedFields(context: SeedContext, fields: FieldDefinition[]): StoredValue[] {
	const values: StoredValue[] = [];
	for (const field of fields) {
		if (READ_ONLY_TYPES.includes(field.type) || field.type === 'person') continue;
		if (!context.files && ['media', 'signature', 'table'].includes(field.type)) continue;
		values.push(seedValue(context, field));
	}
	return values;
}

function seedValue(
	context: SeedContext,
	field: ColumnDefinition & { columns?: ColumnDefinition[] },
): StoredValue {
	const { random, issued } = context;
	const { id, type, label, options = [] } = field;
	switch (type) {
		case 'text':
			return { id, type, text: words(random, label) };
		case 'number':
			return { id, type, number: number(random, field) };
		case 'datetime':
			return { id, type, dateTime: time(random, field, issued) };
		case 'multiple_choice':
			return { id, type, valueId: random.pick(options).id };
		case 'check_boxes': {
			const first = random.whole(0, options.length - 1);
			return { id, type, valueIds: options.slice(first, first + 2).map((option) => option.id) };
		}
		case 'media':
		case 'signature':
			return { id, type, mediaIds: [file(context)] };
		case 'person':
			return { id, type, person: { id: random.pick(context.drivers), type: 'driver' } };
		case 'barcode':
			return { id, type, barcodes: [random.text(12, '0123456789')] };
		default:
			return {
				id,
				type,
				rows: [1, 2].map(() => ({
					id: random.uuid(),
					cells: (field.columns ?? []).map((column) => seedValue(context, column)),
				})),
			};
	}
}

function words(random: Random, label: string): string {
	const existing = WORDS[label];
	if (existing !== undefined) return random.pick(existing);
	return `${label[0]}${random.whole(100_000, 999_999)}`;
}

function number(random: Random, { label, numDecimalPlaces = 0 }: ColumnDefinition): number {
	const value = label === 'Odometer' ? random.whole(20_000, 900_000) : 8 + random.next() * 90;
	return Number(value.toFixed(numDecimalPlaces));
}

function time(random: Random, field: ColumnDefinition, issued: number): string {
	const midnight = Math.floor(issued / DAY_MS) * DAY_MS;
	if (field.allowedDateTimeValueType === 'date') return utc(midnight);
	return utc(midnight + random.whole(7 * 60, 17 * 60) * 60_000);
}

function file({ backend, random }: SeedContext): string {
	const id = random.uuid();
	backend.media.files.set(id, { bytes: PIXEL, mediaType: 'image/png', finishedAt: 0 });
	return id;
}
