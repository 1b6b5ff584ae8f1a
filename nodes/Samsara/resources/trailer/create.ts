import { definitionsOf } from '../../api/attributes';
import { path } from '../../api/path';
import type { Data, Trailer } from '../../api/types';
import type { ItemOperation } from '../../execution/operation';
import { mergedAttributes } from '../../fields/attributeMerge';
import { trailerRow } from '../../fields/entityRow';
import { readMember } from '../../fields/members';
import { Refusal } from '../../refusal';
import { addMissing, assetAttributes, givenAttributes } from '../shared/attributesForm';
import { addMissingValues } from '../shared/definitions';
import type { EntityWithAttributes } from '../shared/entityAdapters';
import { lookUpByExternalIds } from '../shared/externalIds';
import { ifExists, readIfExists } from '../shared/ifExists';
import { inTurnOfAll } from '../shared/inTurn';
import { simplify } from '../shared/listing';
import { lookUp } from '../shared/lookUp';
import { presentAttributes } from '../shared/presentAttributes';
import { options } from '../shared/options';
import { readFields } from '../shared/updateFields';
import { trailerFields, trailerMembers, trailerName } from './fields';

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
		options(addMissing, {
			...ifExists,
			description: 'What to do when a trailer with one of the external IDs is there already',
		}),
	],
	async execute(item) {
		const { samsara } = item;
		const then = readIfExists(item);
		const name = String(readMember(item.text('name', 'Name'), trailerName));
		const draft = { name, ...(await readFields(item, 'additionalFields', trailerMembers)) };
		const externalIds = Object.entries(draft.externalIds ?? {}).map((pair) => pair.join(':'));
		if (then !== 'fail' && externalIds.length === 0) {
			throw new Refusal(
				"'If It Exists' cannot tell whether the trailer exists",
				"Give it an external ID under 'Additional Fields': trailers are found by it.",
			);
		}
		const given = await givenAttributes(item, 'asset');
		const there = async () =>
			await lookUpByExternalIds(
				draft.externalIds ?? {},
				async (id) => await lookUp<Trailer>(samsara, path`/fleet/trailers/${id}`),
			);
		const attributesOn = async (trailer: EntityWithAttributes) => {
			if (given.length === 0) return {};
			const definitions = await definitionsOf(samsara, 'asset');
			const present = await presentAttributes(samsara, 'asset', trailer, definitions);
			const merged = (of: typeof given) =>
				mergedAttributes(present, { given: of, cleared: [], mode: 'merge' }, definitions, true);
			merged(given);
			return { attributes: merged(await addMissingValues(samsara, 'asset', given)) };
		};
		const make = async () => {
			const body = { ...draft, ...(await attributesOn({ attributes: [] })) };
			const find = async () => {
				const data = await there();
				return data?.name === name ? { data } : undefined;
			};
			return await samsara.create<Data<Trailer>>(
				'/fleet/trailers',
				body,
				externalIds.length > 0 ? find : undefined,
			);
		};
		const keys = externalIds.map((id) => `trailer ${id}`);
		const trailer = await inTurnOfAll(samsara, keys, async () => {
			const known = then === 'fail' ? undefined : await there();
			if (known === undefined) return (await make()).data;
			if (then === 'skip') return known;
			const change = { ...draft, ...(await attributesOn(known)) };
			return (await samsara.patch<Data<Trailer>>(path`/fleet/trailers/${known.id}`, change)).data;
		});
		return item.flag('simplify', true) ? trailerRow(trailer) : trailer;
	},
};
