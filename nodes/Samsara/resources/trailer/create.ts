import { readDefinitions } from '../../api/attributes';
import { path } from '../../api/path';
import type { Data, Trailer } from '../../api/types';
import type { ItemOperation } from '../../execution/operation';
import { mergeAttributes } from '../../fields/attribute/attributeMerge';
import { trailerRow } from '../../fields/entityRow';
import { readFieldValue } from '../../fields/fieldSpecs';
import { InvalidInputError } from '../../common/errors';
import { addMissingOption, assetAttributes, readAttributes } from '../shared/attributeProperties';
import { addMissingValues } from '../shared/addMissingValues';
import type { EntityWithAttributes } from '../shared/entityAdapters';
import { findByExternalIds } from '../shared/externalIds';
import { ifExists, readIfExists } from '../shared/ifExists';
import { simplify } from '../shared/pagination';
import { readExistingAttributes } from '../shared/existingAttributes';
import { options } from '../shared/options';
import { readFields } from '../shared/updateFields';
import { trailerFields, trailerMembers, trailerName } from './helpers/fields';

export const create: ItemOperation = {
	name: 'Create',
	value: 'create',
	action: 'Create trailer',
	description: 'Create a trailer, with attribute values',
	properties: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Trailer 7',
		},
		assetAttributes,
		simplify,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: trailerFields,
		},
		options(addMissingOption, {
			...ifExists,
			description: 'What to do when a trailer with one of the external IDs is there already',
		}),
	],
	async execute(item) {
		const { run } = item;
		const ifExistsAction = readIfExists(item);
		const name = String(readFieldValue(item.text('name', 'Name'), trailerName));
		const input = { name, ...(await readFields(item, 'additionalFields', trailerMembers)) };
		const externalIds = Object.entries(input.externalIds ?? {}).map((pair) => pair.join(':'));
		if (ifExistsAction !== 'fail' && externalIds.length === 0) {
			throw new InvalidInputError(
				"'If It Exists' cannot tell whether the trailer exists",
				"Give it an external ID under 'Additional Fields': trailers are found by it.",
			);
		}
		const attributes = await readAttributes(item, 'asset');
		const findExisting = async () =>
			await findByExternalIds<Trailer>(run, '/fleet/trailers', input.externalIds ?? {});
		const attributesFor = async (trailer: EntityWithAttributes) => {
			if (attributes.length === 0) return {};
			const definitions = await readDefinitions(run, 'asset');
			const existingAttributes = await readExistingAttributes(run, 'asset', trailer, definitions);
			const mergeWith = (inputs: typeof attributes) =>
				mergeAttributes(
					existingAttributes,
					{ inputs, cleared: [], mode: 'merge' },
					definitions,
					true,
				);
			mergeWith(attributes);
			return { attributes: mergeWith(await addMissingValues(run, 'asset', attributes)) };
		};
		const createTrailer = async () => {
			const body = { ...input, ...(await attributesFor({ attributes: [] })) };
			const find = async () => {
				const data = await findExisting();
				return data?.name === name ? { data } : undefined;
			};
			return await run.client.create<Data<Trailer>>(
				'/fleet/trailers',
				body,
				externalIds.length > 0 ? find : undefined,
			);
		};
		const keys = externalIds.map((id) => `trailer ${id}`);
		const trailer = await run.locks.withLocks(keys, async () => {
			const existing = ifExistsAction === 'fail' ? undefined : await findExisting();
			if (existing === undefined) return (await createTrailer()).data;
			if (ifExistsAction === 'skip') return existing;
			const change = { ...input, ...(await attributesFor(existing)) };
			return (await run.client.patch<Data<Trailer>>(path`/fleet/trailers/${existing.id}`, change))
				.data;
		});
		return item.boolean('simplify', true) ? trailerRow(trailer) : trailer;
	},
};
