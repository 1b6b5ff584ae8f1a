const ID_LIST = 'a string of comma-separated IDs, which the simulator splits';
const HARDWARE = 'about hardware, which the simulated fleet does not have';
const FORMS = 'about scores, branches and roles of forms, which no simulated type uses';

/** The intended differences from the OpenAPI document: a pattern and the reason. */
export const REASONS: Array<[RegExp, string]> = [
	[
		/ \/webhooks\S* is missing$/,
		'the connector does not use webhooks, which have no events for its resources',
	],
	[
		/ \/attributes(\/\{id\})? (body|response\.data\[\])\.attributeType (enum:.*|is) string[, ]/,
		"attributes of the legacy contract, as the vendor's guide describes it",
	],
	[
		/attributeValueQuantity/,
		"attributes of the legacy contract, as the vendor's guide describes it",
	],
	[/ \/attributes\S* body\.name m..Length/, "the limit in the vendor's guide"],
	[
		/ \/attributes\S* response\.data(\[\])?\.(stringV|numberV|v)alues is null/,
		'null for free text, as the description of the member says',
	],
	[
		/DELETE \/attributes\/\{id\} response is never returned/,
		'a 204 cannot have the documented body',
	],
	[/POST \/fleet\/drivers\/remote-sign-out /, "the endpoint is only in the vendor's SDK"],
	[/query\.(tagIds|parentTagIds|attributeValueIds) type: string, simulator: array/, ID_LIST],
	[/query\.(tagIds|parentTagIds|attributeValueIds)\[\] is accepted but undocumented/, ID_LIST],
	[
		/query\.\w+ maxItems: undefined, simulator: 100/,
		'the description of the parameter names the limit',
	],
	[/body\.deactivatedAtTime format/, 'the description of the member says RFC 3339'],
	[
		/GET \/tags response\.data\[\]\.(addresses|assets|drivers|externalIds|machines|sensors|vehicles) /,
		'the connector reads only names and parents of tags',
	],
	[
		/response\.data(\[\])?\.eldSettings /,
		'set in the dashboard; the connector does not read or write it',
	],
	[/\.(cameraSerial|esn|gateway|sensorConfiguration|installedGateway) is never returned/, HARDWARE],
	[/isRemotePrivacyButtonEnabled is never returned/, HARDWARE],
	[/vehicleWeight\w* is never returned/, 'only for customers with commercial speed limits'],
	[
		/POST \/fleet\/drivers response\.data\.attributes\[\]\.dateValues is never returned/,
		'a new driver cannot have date attributes',
	],
	[
		/vehicleRegulationMode is mixed/,
		'both updates accept it, but it is missing in the enum of the list',
	],
	[/columns\[\]\.type is barcode/, 'columns of records and cells in requests support barcodes'],
	[/\.(autofillFromId|isAutofillSource|conditionalActions|filterByRoleIds|questionWeight) /, FORMS],
	[/\.(ignoreQuestionFromScoreIfSelected|optionScoreWeight) is never returned/, FORMS],
	[/cells\[\]\.dateTimeValue\.dateValue is never returned/, 'no seeded table has a date column'],
	[
		/(POST|PATCH) \S+ response\S+ ?cells\[\]\.(mediaValue|signatureValue) is never returned/,
		'requests cannot contain files in tables, so new records have none',
	],
	[
		/GET \/qualification-records response\S+cells\[\]\.(mediaValue|signatureValue) is never returned/,
		'the sampled records are new; the stream returns seeded ones with files',
	],
];
