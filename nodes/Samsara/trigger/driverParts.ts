import type { AttributeValues, Driver } from '../api/types';

/** What a trigger can tell apart in a changed driver. */
export const DRIVER_PARTS = ['attributes', 'externalIds', 'name', 'status', 'tags'] as const;

export type DriverPart = (typeof DRIVER_PARTS)[number];

/**
 * The parts of a driver as texts that differ only if the part does. Their order in the response, empty lists, and the names
 * of tags and attributes do not count.
 */
export function partsOf({
	attributes = [],
	externalIds = {},
	name = '',
	driverActivationStatus = 'active',
	tags = [],
}: Driver): Record<DriverPart, string> {
	return {
		attributes: sorted(attributes.map(attributeText)),
		externalIds: sorted(Object.entries(externalIds).map((entry) => JSON.stringify(entry))),
		name,
		status: driverActivationStatus,
		tags: sorted(tags.map(({ id = '' }) => id)),
	};
}

/** Empty without a value, because Samsara may list an attribute that has none. */
function attributeText(attribute: AttributeValues): string {
	const { stringValues = [], numberValues = [], dateValues = [] } = attribute;
	const values = [...stringValues, ...numberValues, ...dateValues].map(String).sort();
	return values.length === 0 ? '' : JSON.stringify([attribute.id ?? attribute.name, values]);
}

function sorted(texts: string[]): string {
	return JSON.stringify([...new Set(texts)].filter((text) => text !== '').sort());
}
