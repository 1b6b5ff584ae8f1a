import { InvalidInputError } from '../../common/errors';
import type { RecordFieldInput } from '../../api/types';
import type { Files } from './files';
import type { FormFieldInput } from './formInput';
import { tableRows } from './tableInput';
import { simpleValue } from './simpleValue';

/**
 * A field as Samsara takes it.
 *
 * @param zone where times without an offset were written
 * @throws InvalidInputError for a value that does not go with the field
 */
export async function toApiField(
	{ field, name, value }: FormFieldInput,
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
			throw new InvalidInputError(
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
