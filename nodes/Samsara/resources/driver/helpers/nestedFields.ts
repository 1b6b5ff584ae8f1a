import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { readTags } from '../../../api/tags';
import { toText } from '../../../common/coercion';
import { InvalidInputError } from '../../../common/errors';
import type { Item } from '../../../execution/item';
import { readFieldValue, specsOf } from '../../../fields/fieldSpecs';
import { Files } from '../../../fields/qualification/files';
import type { EntityFields } from '../../shared/entityFields';

const NO_OVERRIDE = 'none';

/** Empty in the API. */
const FEDERAL = 'federal';

const CYCLES = [
	'Alaska Passenger (8/80)',
	'Alaska Property (7/70)',
	'Alaska Property (8/80)',
	'California Farm (8/112)',
	'California Flammable Liquid (8/80)',
	'California Motion Picture (8/80)',
	'California Passenger (8/80)',
	'California Property (8/80)',
	'California School/FLV (8/80)',
	'Florida (7/70)',
	'Florida (8/80)',
	'Nebraska (7/70)',
	'Nebraska (8/80)',
	'North Carolina (7/70)',
	'North Carolina (8/80)',
	'Oklahoma (7/60)',
	'Oklahoma (8/70)',
	'Oregon (7/70)',
	'Oregon (8/80)',
	'South Carolina (7/70)',
	'South Carolina (8/80)',
	'Texas (7/70)',
	'USA Passenger (7/60)',
	'USA Passenger (8/70)',
	'USA Property (7/60)',
	'USA Property (8/70)',
	'Wisconsin (7/70)',
	'Wisconsin (8/80)',
];

const JURISDICTIONS = {
	Alaska: 'AK',
	California: 'CA',
	Federal: FEDERAL,
	Florida: 'FL',
	Nebraska: 'NE',
	'North Carolina': 'NC',
	Oklahoma: 'OK',
	Oregon: 'OR',
	'South Carolina': 'SC',
	Texas: 'TX',
	Wisconsin: 'WI',
};

const sameNames = (values: string[]) => values.map((value) => ({ name: value, value }));

const withNoOverride = (options: INodePropertyOptions[]) => [
	{ name: "(Organization's Ruleset)", value: NO_OVERRIDE },
	...options,
];

const rulesetInputs: INodeProperties[] = [
	{
		displayName: 'Cycle',
		name: 'cycle',
		type: 'options',
		options: withNoOverride(sameNames(CYCLES)),
		default: 'USA Property (8/70)',
		description: "The cycle of hours and days. (Organization's Ruleset) removes the override.",
	},
	{
		displayName: 'Jurisdiction',
		name: 'usStateToOverride',
		type: 'options',
		options: Object.entries(JURISDICTIONS).map(([name, value]) => ({ name, value })),
		default: 'federal',
	},
	{
		displayName: 'Rest Break',
		name: 'restbreak',
		type: 'options',
		options: sameNames([
			'California Mealbreak (off-duty/sleeper)',
			'None',
			'Property (off-duty/sleeper)',
		]),
		default: 'Property (off-duty/sleeper)',
	},
	{
		displayName: 'Restart',
		name: 'restart',
		type: 'options',
		options: sameNames([
			'24-hour Restart',
			'34-hour Restart',
			'36-hour Restart',
			'72-hour Restart',
			'None',
		]),
		default: '34-hour Restart',
	},
];

/** Fields that the API nests, or that are not values themselves. `withNestedFields` reads them. */
export const nestedFields: INodeProperties[] = [
	{
		displayName: 'Profile Image (File)',
		name: 'profileImageFile',
		type: 'string',
		default: '',
		placeholder: 'e.g. data',
		hint: 'The name of the input field that has the image',
		description:
			'A .jpg or .png file of the item. If your organization uses Camera ID, it uses the image to recognize the driver.',
	},
	{
		displayName: 'US Ruleset Override',
		name: 'usDriverRulesetOverride',
		type: 'fixedCollection',
		placeholder: 'Add Ruleset',
		default: {},
		description: "The driver's hours-of-service ruleset, if it differs from the organization's",
		options: [{ displayName: 'Ruleset', name: 'ruleset', values: rulesetInputs }],
	},
];

const rulesetSpecs = specsOf(rulesetInputs);

const CARRIER_FIELDS = [
	'carrierName',
	'dotNumber',
	'homeTerminalAddress',
	'homeTerminalName',
	'mainOfficeAddress',
];

const GROUP_TAGS = {
	peerGroupTagId: 'Peer Group Tag',
	trailerGroupTagId: 'Trailer Tag',
	vehicleGroupTagId: 'Vehicle Tag',
};

/**
 * Reads the nested fields and moves others to where the API has them.
 *
 * @param fields what was read of the same collection
 * @throws InvalidInputError for a ruleset, a tag, or a file that cannot be used
 */
export async function withNestedFields(
	item: Item,
	input: IDataObject,
	{ heavyHaulExemptionToggleEnabled, ...fields }: EntityFields,
): Promise<EntityFields> {
	const result: EntityFields = { ...fields };
	if (heavyHaulExemptionToggleEnabled !== undefined)
		result.hosSetting = { heavyHaulExemptionToggleEnabled };
	const carrier: IDataObject = {};
	for (const name of CARRIER_FIELDS) {
		if (name in result) carrier[name] = result[name] as string | number;
		delete result[name];
	}
	if (Object.keys(carrier).length > 0) result.carrierSettings = carrier;
	const { ruleset } = (input.usDriverRulesetOverride ?? {}) as { ruleset?: IDataObject };
	if (ruleset) result.usDriverRulesetOverride = readRuleset(ruleset);
	const image = await readImage(item, input);
	if (image !== undefined) result.profileImageBase64 = image;
	for (const [name, label] of Object.entries(GROUP_TAGS)) {
		if (toText(result[name]) === '') continue;
		[result[name]] = (await readTags(item.run, [result[name]], label)) ?? [];
	}
	return result;
}

function readRuleset(ruleset: IDataObject): IDataObject | null {
	if (ruleset.cycle === NO_OVERRIDE) return null;
	const read = Object.fromEntries(
		rulesetInputs.map(({ name, default: initial }) => [
			name,
			readFieldValue(ruleset[name] ?? initial, rulesetSpecs[name]),
		]),
	);
	return { ...read, ...(read.usStateToOverride === FEDERAL && { usStateToOverride: '' }) };
}

async function readImage(item: Item, input: IDataObject): Promise<string | undefined> {
	const label = 'Profile Image (File)';
	const files = await new Files(item).media(toText(input.profileImageFile), label);
	if (files.length === 0) return undefined;
	if (files.length > 1 || !files[0].mediaType.startsWith('image/')) {
		throw new InvalidInputError(
			`'${label}' must be one .jpg or .png file`,
			'Enter the name of the input field that has the image.',
		);
	}
	if (toText(input.profileImageUrl) !== '') {
		throw new InvalidInputError(
			`'${label}' and 'Profile Image URL' are both filled in`,
			'Remove one of the two.',
		);
	}
	return files[0].base64Payload;
}
