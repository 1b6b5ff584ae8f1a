const ID_LIST = 'a text of IDs with commas between them, which the simulator splits';
const HARDWARE = 'about hardware, which the simulated fleet does not have';
const FORMS = 'about scores, branches and roles of forms, which no simulated type uses';

/** Why the simulator differs from the OpenAPI document: a pattern of differences and the reason. */
export const REASONS: Array<[RegExp, string]> = [
	[
		/ \/webhooks\S* is missing here$/,
		'the connector has no webhooks: no event is about its resources',
	],
	[
		/ \/attributes(\/\{id\})? (body|answer\.data\[\])\.attributeType (enum:.*|is) string[, ]/,
		"attributes of the older contract, as the vendor's guide describes it",
	],
	[
		/attributeValueQuantity/,
		"attributes of the older contract, as the vendor's guide describes it",
	],
	[/ \/attributes\S* body\.name m..Length/, "the limit of the vendor's guide"],
	[
		/ \/attributes\S* answer\.data(\[\])?\.(stringV|numberV|v)alues is null/,
		'null for free text, as the description of the member says',
	],
	[
		/DELETE \/attributes\/\{id\} answer is never answered/,
		'a 204 has no body, whatever is documented',
	],
	[/query\.(tagIds|parentTagIds|attributeValueIds) type: string, here array/, ID_LIST],
	[/query\.(tagIds|parentTagIds|attributeValueIds)\[\] is taken here only/, ID_LIST],
	[/query\.\w+ maxItems: undefined, here 100/, 'the description of the parameter names the limit'],
	[/body\.deactivatedAtTime format/, 'RFC 3339 by the description of the member'],
	[
		/GET \/tags answer\.data\[\]\.(addresses|assets|drivers|externalIds|machines|sensors|vehicles) /,
		'the connector reads names and parents of tags only',
	],
	[/answer\.data(\[\])?\.eldSettings /, 'set in the dashboard; no connector writes or reads it'],
	[/\.(cameraSerial|esn|gateway|sensorConfiguration|installedGateway) is never answered/, HARDWARE],
	[/isRemotePrivacyButtonEnabled is never answered/, HARDWARE],
	[/vehicleWeight\w* is never answered/, 'only for customers with commercial speed limits'],
	[
		/POST \/fleet\/drivers answer\.data\.attributes\[\]\.dateValues is never answered/,
		'a new driver cannot be given dates',
	],
	[/vehicleRegulationMode is mixed/, 'both updates take it; the enumeration of the list lacks it'],
	[/columns\[\]\.type is barcode/, 'columns of records and cells of requests know barcodes'],
	[/\.(autofillFromId|isAutofillSource|conditionalActions|filterByRoleIds|questionWeight) /, FORMS],
	[/\.(ignoreQuestionFromScoreIfSelected|optionScoreWeight) is never answered/, FORMS],
	[
		/cells\[\]\.dateTimeValue\.dateValue is never answered/,
		'no seeded table has a column of dates',
	],
	[
		/(POST|PATCH) \S+ answer\S+ ?cells\[\]\.(mediaValue|signatureValue) is never answered/,
		'requests carry no files in tables, so what was just written has none',
	],
	[
		/GET \/qualification-records answer\S+cells\[\]\.(mediaValue|signatureValue) is never answered/,
		'the sampled records were just written; the stream answers seeded ones with files',
	],
];
