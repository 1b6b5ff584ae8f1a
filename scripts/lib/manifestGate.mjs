const FORBIDDEN_MEMBERS = [
	'dependencies',
	'optionalDependencies',
	'bundledDependencies',
	'bundleDependencies',
	'overrides',
	'resolutions',
];

const FORBIDDEN_SCRIPTS = [
	'prepare',
	'preinstall',
	'install',
	'postinstall',
	'prepublish',
	'preprepare',
	'postprepare',
];

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/**
 * Checks a package.json against n8n's requirements for verified packages.
 *
 * @param {Record<string, any>} manifest
 * @returns {string[]} what violates a requirement
 */
export function manifestFindings(manifest) {
	const { author, keywords = [], n8n = {}, scripts = {} } = manifest;
	const entries = [...(n8n.nodes ?? []), ...(n8n.credentials ?? [])];
	const findings = [
		[manifest.license === 'MIT', "'license' is not MIT"],
		[
			same(manifest.peerDependencies, { 'n8n-workflow': '*' }),
			"'peerDependencies' is not exactly n8n-workflow: *",
		],
		[same(manifest.files, ['dist']), "'files' is not only dist"],
		[
			keywords.includes('n8n-community-node-package'),
			"'keywords' does not contain n8n-community-node-package",
		],
		[Boolean(manifest.homepage), "'homepage' is missing"],
		[Boolean(manifest.repository?.url), "'repository' has no url"],
		[Boolean(author?.name && author?.email), "'author' has no name or no email"],
		[n8n.strict === true, "'n8n.strict' is not true"],
		[n8n.nodes?.length > 0, "'n8n.nodes' is empty"],
		[entries.every((file) => file.startsWith('dist/')), "'n8n' lists files outside dist"],
		...FORBIDDEN_MEMBERS.map((name) => [!(name in manifest), `'${name}' is not allowed`]),
		...FORBIDDEN_SCRIPTS.map((name) => [!(name in scripts), `script '${name}' is not allowed`]),
	];
	return findings.filter(([isFine]) => !isFine).map(([, text]) => `package.json: ${text}`);
}
