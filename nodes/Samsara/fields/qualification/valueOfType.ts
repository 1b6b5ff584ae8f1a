/** Where answers hold the value of each type of field and cell. */
const MEMBERS_OF: Record<string, string[] | undefined> = {
	text: ['textValue'],
	number: ['numberValue'],
	datetime: ['dateTimeValue'],
	multiple_choice: ['multipleChoiceValue'],
	check_boxes: ['checkBoxesValue'],
	table: ['tableValue'],
	media: ['mediaList', 'mediaValue'],
	signature: ['signatureValue'],
	person: ['personValue'],
	barcode: ['barcodeValue'],
};

const VALUES = new Set(Object.values(MEMBERS_OF).flat());

/**
 * A field or cell as answered, without the values of other types: Samsara's own example fills in all of them at once.
 * Where the type's own value is absent, or the type is new, whichever value is there stays.
 */
export function valueOfType<T extends object>(field: T): T {
	const present = Object.entries(field);
	const ofType = MEMBERS_OF[String((field as { type?: unknown }).type)] ?? [];
	const hasOwn = present.some(([name]) => ofType.includes(name));
	return Object.fromEntries(
		present.filter(([name]) => !hasOwn || ofType.includes(name) || !VALUES.has(name)),
	) as T;
}
