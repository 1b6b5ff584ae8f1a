const NODES = '^nodes/Samsara/';

/** What each layer may import, and of which further layers it may import types only; see CONTRIBUTING.md. */
const LAYERS = {
	resources: { imports: ['execution', 'fields', 'api', 'common'], types: [] },
	methods: { imports: ['fields', 'api', 'common'], types: [] },
	trigger: { imports: ['fields', 'api', 'common'], types: [] },
	fields: { imports: ['common'], types: ['execution', 'api'] },
	execution: { imports: ['common'], types: ['api'] },
	api: { imports: ['common'], types: [] },
	common: { imports: [], types: [] },
};

const inLayers = (names) => `${NODES}(${names.join('|')})/`;
const anyLayer = `${NODES}[^/]+/`;
const nodeFile = `${NODES}[^/]+\\.node\\.ts$`;

const forbidden = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const layerRules = Object.entries(LAYERS).flatMap(([layer, { imports, types }]) => {
	const from = { path: inLayers([layer]) };
	const runtime = types.length > 0 && [
		forbidden(
			`${layer}-types-only`,
			`${layer} may import only types of ${types.join(', ')}.`,
			from,
			{
				path: inLayers(types),
				dependencyTypesNot: ['type-only'],
			},
		),
	];
	return [
		forbidden(`${layer}-layer`, `${layer} may import ${[...imports, ...types].join(', ')}.`, from, {
			path: anyLayer,
			pathNot: inLayers([layer, ...imports, ...types]),
		}),
		...(runtime || []),
	];
});

export default {
	forbidden: [
		...layerRules,
		forbidden(
			'known-layers',
			'Add every folder of nodes/Samsara to the layers above.',
			{ path: NODES, pathNot: [inLayers(Object.keys(LAYERS)), nodeFile, '/__schema__/'] },
			{},
		),
		forbidden(
			'nodes-on-top',
			'Nothing imports the nodes.',
			{ pathNot: nodeFile },
			{ path: nodeFile },
		),
		forbidden(
			'no-cycles',
			'A file that imports itself through others cannot be read alone.',
			{},
			{
				circular: true,
				viaOnly: { dependencyTypesNot: ['type-only'] },
			},
		),
		{
			...forbidden(
				'no-folder-cycles',
				'Resources that need each other share what they need in resources/shared.',
				{ path: `${NODES}resources/` },
				{ circular: true },
			),
			scope: 'folder',
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		tsConfig: { fileName: 'tsconfig.json' },
		tsPreCompilationDeps: true,
	},
};
