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
import { ifExists, readIfExists } from '../shared/ifExists';
import { inTurn } from '../shared/inTurn';
import { simplify } from '../shared/listing';
import { lookUp } from '../shared/lookUp';
import { options } from '../shared/options';
import { readTrailer, trailerFields, trailerName } from './fields';

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
		const draft = { name, ...(await readTrailer(item, 'additionalFields')) };
		const externalIds = Object.entries(draft.externalIds ?? {}).map((pair) => pair.join(':'));
		if (then !== 'fail' && externalIds.length === 0) {
			throw new Refusal(
				"'If It Exists' cannot tell whether the trailer exists",
				"Give it an external ID under 'Additional Fields': trailers are found by it.",
			);
		}
		const given = await givenAttributes(item, 'asset');
		const there = async () => {
			for (const id of externalIds) {
				const found = await lookUp<Trailer>(samsara, path`/fleet/trailers/${id}`);
				if (found) return found;
			}
			return undefined;
		};
		const attributesOn = async (present: Trailer['attributes'] = []) => {
			if (given.length === 0) return {};
			const definitions = await definitionsOf(samsara, 'asset');
			const merged = (of: typeof given) =>
				mergedAttributes(present, { given: of, cleared: [], mode: 'merge' }, definitions, true);
			merged(given);
			return { attributes: merged(await addMissingValues(samsara, 'asset', given)) };
		};
		const make = async () => {
			const body = { ...draft, ...(await attributesOn()) };
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
		const trailer = await inTurn(samsara, `trailer ${externalIds[0] ?? item.index}`, async () => {
			const known = then === 'fail' ? undefined : await there();
			if (known === undefined) return (await make()).data;
			if (then === 'skip') return known;
			const change = { ...draft, ...(await attributesOn(known.attributes)) };
			return (await samsara.patch<Data<Trailer>>(path`/fleet/trailers/${known.id}`, change)).data;
		});
		return item.flag('simplify', true) ? trailerRow(trailer) : trailer;
	},
};
