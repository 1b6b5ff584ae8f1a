// Looks whether the house is in order: rooms know only the rooms that they may, no imports go in a circle, no file is
// long, everything public says what it is, and nothing is exported in vain. The linter cannot tell these.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import ts from 'typescript';
import { root } from './lib/paths.mjs';

const HOUSE = join(root, 'nodes', 'Samsara');
const MOST_LINES = 250;

/** What each room may use of the others; `types` are rooms of which it may know the shapes. */
const ROOMS = {
	api: { uses: [], types: [] },
	execution: { uses: [], types: ['api'] },
	fields: { uses: [], types: ['api', 'execution'] },
	lists: { uses: ['api', 'fields'], types: [] },
	resources: { uses: ['api', 'execution', 'fields'], types: [] },
	watch: { uses: ['api', 'fields'], types: [] },
};

/** On the landing: for every room. */
const SHARED = ['asError', 'refusal'];

const files = new Map(
	readdirSync(HOUSE, { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.map((name) => [idOf(join(HOUSE, name)), readSource(join(HOUSE, name))]),
);
const findings = [];
const used = new Set();
const imports = new Map([...files].map(([id, file]) => [id, importsOf(id, file)]));

for (const [id, { source, text }] of files) {
	const lines = text.split('\n').length - 1;
	if (lines > MOST_LINES) tell(id, `has ${lines} lines; ${MOST_LINES} are enough for one file`);
	for (const found of imports.get(id)) checkArrow(id, found);
	for (const statement of source.statements) checkDocumented(id, source, statement);
}
for (const [id, { source }] of files) {
	for (const name of exportedValues(source)) {
		if (isRoom(id) && !used.has(`${id} ${name}`))
			tell(id, `exports ${name}, which nothing imports`);
	}
}
for (const circle of circles()) tell(circle[0], `imports itself: ${circle.join(' -> ')}`);

for (const finding of findings.sort()) console.log(finding);
console.log(
	findings.length === 0
		? `The house is in order: ${files.size} files`
		: `${findings.length} things are not in order`,
);
process.exitCode = findings.length === 0 ? 0 : 1;

function tell(id, what) {
	findings.push(`nodes/Samsara/${id}.ts ${what}`);
}

/** `resources/driver/get` */
function idOf(path) {
	return relative(HOUSE, path).split(sep).join('/').replace(/\.ts$/, '');
}

function readSource(path) {
	const text = readFileSync(path, 'utf8');
	return { text, source: ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true) };
}

function roomOf(id) {
	return id.includes('/') ? id.split('/')[0] : undefined;
}

function isRoom(id) {
	return roomOf(id) !== undefined || SHARED.includes(id);
}

/** The relative imports of a file: what they lead to, and whether only types come. */
function importsOf(id, { source }) {
	return source.statements.filter(ts.isImportDeclaration).flatMap((statement) => {
		const specifier = statement.moduleSpecifier.text;
		if (!specifier.startsWith('.')) return [];
		const path = idOf(join(HOUSE, dirname(id), specifier));
		const target = files.has(path) ? path : `${path}/index`;
		const names = statement.importClause?.namedBindings?.elements ?? [];
		for (const { name, propertyName } of names)
			used.add(`${target} ${(propertyName ?? name).text}`);
		const onlyTypes =
			statement.importClause?.isTypeOnly === true ||
			(names.length > 0 && names.every(({ isTypeOnly }) => isTypeOnly));
		return [{ target, onlyTypes }];
	});
}

function checkArrow(id, { target, onlyTypes }) {
	const [from, to] = [roomOf(id), roomOf(target)];
	if (from === to || from === undefined || SHARED.includes(target)) return;
	const room = ROOMS[from];
	if (room === undefined) tell(id, 'lies in a room that scripts/house.mjs does not know');
	else if (!room.uses.includes(to) && !(onlyTypes && room.types.includes(to)))
		tell(id, `imports ${target}: ${from} may not know ${to ?? 'the nodes'}`);
}

function isExported(statement) {
	return (ts.getCombinedModifierFlags(statement) & ts.ModifierFlags.Export) !== 0;
}

/** Functions, classes and their public methods. What a constant is, its name and its form say. */
function checkDocumented(id, source, statement) {
	if (!ts.canHaveModifiers(statement) || !isExported(statement)) return;
	if (ts.isFunctionDeclaration(statement)) requireDoc(id, statement, statement.name?.text);
	if (ts.isClassDeclaration(statement)) {
		requireDoc(id, statement, statement.name?.text);
		for (const member of statement.members) {
			const flags = ts.getCombinedModifierFlags(member);
			const isPublic = (flags & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) === 0;
			if (ts.isMethodDeclaration(member) && isPublic && isRoom(id))
				requireDoc(id, member, `${statement.name?.text}.${member.name.getText(source)}`);
		}
	}
	if (ts.isVariableStatement(statement)) {
		for (const { name, initializer } of statement.declarationList.declarations) {
			const isFunction =
				initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer));
			if (isFunction) requireDoc(id, statement, name.getText(source));
		}
	}
}

function requireDoc(id, node, name) {
	if (ts.getJSDocCommentsAndTags(node).length === 0)
		tell(id, `exports ${name} without a docstring`);
}

function exportedValues(source) {
	return source.statements.flatMap((statement) => {
		if (!ts.canHaveModifiers(statement)) return [];
		if (ts.isVariableStatement(statement) && isExportedStatement(statement))
			return statement.declarationList.declarations.map(({ name }) => name.getText(source));
		const isValue = ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement);
		return isValue && isExported(statement) ? [statement.name.text] : [];
	});
}

function isExportedStatement({ modifiers }) {
	return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
}

/** Imports of values that lead back to where they began; types leave nothing behind to go round in. */
function circles() {
	const found = [];
	const done = new Set();
	const visit = (id, trail) => {
		const at = trail.indexOf(id);
		if (at >= 0) return void found.push([...trail.slice(at), id]);
		if (done.has(id)) return;
		for (const { target, onlyTypes } of imports.get(id) ?? [])
			if (!onlyTypes) visit(target, [...trail, id]);
		done.add(id);
	};
	for (const id of files.keys()) visit(id, []);
	return found;
}
