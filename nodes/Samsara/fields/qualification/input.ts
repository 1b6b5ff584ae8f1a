import { Refusal } from '../../refusal';
import type { RecordFieldInput } from '../../api/types';
import type { Files } from './files';
import type { GivenField } from './given';
import { tableRows } from './table';
import { simpleValue } from './values';

/**
 * A field as Samsara takes it.
 *
 * @param zone where times without an offset were written
 * @throws Refusal for a value that does not go with the field
 */
export async function fieldInput(
	{ field, name, value }: GivenField,
	files: Files,
	zone: string,
): Promise<RecordFieldInput> {
	const { id, type } = field;
	switch (type) {
		case 'media':
			return { id, type, mediaValue: { mediaList: await files.media(value, name) } };
		case 'signature': {
			const media = await files.media(value, name);
			if (media.length === 1) return { id, type, signatureValue: { media: media[0] } };
			throw new Refusal(
				`'${name}' names ${media.length} binary fields`,
				'A signature is one picture: give the name of one binary field.',
			);
		}
		case 'table':
			return { id, type, tableValue: { rows: tableRows(field.columns ?? [], value, name, zone) } };
		default:
			return { id, type, ...simpleValue(field, value, name, zone) };
	}
}
