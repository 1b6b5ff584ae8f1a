const NODES = '^nodes/Samsara/';

/** What each layer may import, and of which further layers it may import types only; see CONTRIBUTING.md. */
const LAYERS = {
	resources: { imports: ['execution', 'fields', 'api'], types: [] },
	lists: { imports: ['fields', 'api'], types: [] },
	watch: { imports: ['fields', 'api'], types: [] },
	fields: { imports: [], types: ['execution', 'api'] },
	execution: { imports: [], types: ['api'] },
	api: { imports: [], types: [] },
};

/** Resources whose folders still import each other; a resource that no longer does leaves this list. */
const IN_FOLDER_CYCLES = ['attribute', 'driver', 'shared', 'vehicle'];

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
			'A new folder of nodes/Samsara needs a place among the layers above.',
			{ path: anyLayer, pathNot: [inLayers(Object.keys(LAYERS)), '/__schema__/'] },
			{},
		),
		forbidden(
			'nodes-on-top',
			'Nothing imports the nodes.',
			{ pathNot: nodeFile },
			{ path: nodeFile },
		),
		forbidden(
			'leaf-files',
			'What lies beside the nodes is for every layer, so it imports none.',
			{ path: `${NODES}[^/]+\\.ts$`, pathNot: nodeFile },
			{ path: anyLayer },
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
				{
					path: `${NODES}resources/`,
					pathNot: `/resources/(${IN_FOLDER_CYCLES.join('|')})$`,
				},
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
