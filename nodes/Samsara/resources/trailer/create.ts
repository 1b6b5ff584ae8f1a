import type { Data, Trailer } from '../../api/types';
import type { ItemOperation } from '../../execution/operation';
import { readFieldValue } from '../../fields/fieldSpecs';
import { dateFormat } from '../shared/dateFormat';
import { InvalidInputError } from '../../common/errors';
import { externalIdStrings } from '../../common/ids';
import { addMissingOption, attributesMapper, readAttributes } from '../shared/attributeProperties';
import { trailerAdapter, type EntityWithAttributes } from '../shared/entityAdapters';
import { entityOutput } from '../shared/entityOutput';
import { findByExternalIds } from '../shared/findByExternalIds';
import { ifExists, readIfExists, simplify, options } from '../shared/options';
import { attributesToSend } from '../shared/existingAttributes';
import { additionalFields } from '../shared/collections';
import { readFields } from '../shared/entityFields';
import { trailerFields, trailerFieldSpecs, nameInput } from './helpers/fields';

export const create: ItemOperation = {
	name: 'Create',
	value: 'create',
	action: 'Create trailer',
	description: 'Create a trailer with attribute values',
	properties: [
		{ ...nameInput, required: true },
		attributesMapper('asset'),
		simplify,
		additionalFields(...trailerFields),
		options(addMissingOption, dateFormat, {
			...ifExists,
			description: 'What to do if a trailer with one of the external IDs already exists',
		}),
	],
	async execute(item) {
		const { run } = item;
		const ifExistsAction = readIfExists(item);
		const name = String(readFieldValue(item.text('name', 'Name'), trailerFieldSpecs.name));
		const input = { name, ...(await readFields(item, 'additionalFields', trailerFieldSpecs)) };
		const externalIds = externalIdStrings(input.externalIds ?? {});
		if (ifExistsAction !== 'fail' && externalIds.length === 0) {
			throw new InvalidInputError(
				"'If It Exists' needs an external ID to find the trailer",
				"Add 'External IDs' under 'Additional Fields', or choose Fail.",
			);
		}
		const inputs = await readAttributes(item, 'asset');
		const withAttributes = async (trailer: EntityWithAttributes) => {
			const attributes = await attributesToSend(run, trailerAdapter, trailer, inputs);
			return attributes ? { ...input, attributes } : input;
		};
		const findExisting = async () =>
			await findByExternalIds(run, trailerAdapter, input.externalIds ?? {});
		const createTrailer = async () => {
			const findCreated = async () => {
				const trailer = await findExisting();
				return trailer?.name === name ? { data: trailer } : undefined;
			};
			const { data } = await run.client.create<Data<Trailer>>(
				'/fleet/trailers',
				await withAttributes({ attributes: [] }),
				externalIds.length > 0 ? findCreated : undefined,
			);
			return data;
		};
		const keys = externalIds.map((id) => `trailer ${id}`);
		const trailer = await run.locks.withLocks(keys, async () => {
			const existing = ifExistsAction === 'fail' ? undefined : await findExisting();
			if (existing === undefined) return await createTrailer();
			if (ifExistsAction === 'skip') return existing;
			return await trailerAdapter.update(run, existing.id, await withAttributes(existing));
		});
		return await entityOutput(item, trailerAdapter, [trailer]);
	},
};
