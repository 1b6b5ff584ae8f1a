import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** The members of an endpoint's request and response, e.g. `request.name` or `response.data[].id`, with their types. */
export type Members = Map<string, string>;

interface Call {
	endpoint: string;
	declarations: string;
	method: string;
}

/** Deeper members are those of forms inside forms, which the node passes on as they are. */
const MAX_DEPTH = 8;

/**
 * Reads what the vendor's SDK for TypeScript knows about the given endpoints.
 *
 * @param folder of the unpacked package `@samsarahq/samsara`
 * @param endpoints such as `GET /fleet/drivers/{id}`
 * @returns members by endpoint, without the endpoints that the SDK does not have
 * @throws Error if the folder does not contain the SDK's clients
 */
export function sdkMembers(folder: string, endpoints: string[]): Map<string, Members> {
	const calls = findCalls(join(folder, 'dist/esm/api/resources')).filter(({ endpoint }) =>
		endpoints.includes(endpoint),
	);
	const program = ts.createProgram(
		calls.map(({ declarations }) => declarations),
		{ module: ts.ModuleKind.NodeNext, strict: true, skipLibCheck: true, types: [] },
	);
	const checker = program.getTypeChecker();
	const result = new Map<string, Members>();
	for (const { endpoint, declarations, method } of calls) {
		const signature = signatureOf(checker, program.getSourceFile(declarations), method);
		if (signature === undefined) continue;
		const members: Members = new Map();
		for (const parameter of signature.parameters) {
			if (parameter.name === 'requestOptions') continue;
			addMembers(checker, checker.getTypeOfSymbol(parameter), 'request', members);
		}
		addMembers(checker, responseType(checker, signature), 'response', members);
		result.set(endpoint, members);
	}
	return result;
}

/** The SDK's clients name path and method of a call in their code, not in their types. */
function findCalls(resources: string): Call[] {
	const clients = readdirSync(resources, { recursive: true, encoding: 'utf8' }).filter((file) =>
		file.endsWith('Client.mjs'),
	);
	if (clients.length === 0) throw new Error(`No clients of the SDK in ${resources}`);
	return clients.flatMap((file) => {
		const path = join(resources, file);
		const declarations = path.replace(/\.mjs$/, '.d.mts');
		const methods = readFileSync(path, 'utf8').split(/^ {4}(?:__)?(?=\w+\()/m);
		return methods.slice(1).flatMap((code) => {
			const [, method] = /^(\w+)\(/.exec(code) ?? [];
			const [, , url] = /\burl: core\.url\.join\(.*, (["`])(.*)\1\)/.exec(code) ?? [];
			const [, verb] = /\bmethod: "(\w+)"/.exec(code) ?? [];
			if (!method || !url || !verb) return [];
			return [
				{ endpoint: `${verb} /${url.replaceAll(/\$\{[^}]*\}/g, '{id}')}`, declarations, method },
			];
		});
	});
}

function signatureOf(checker: ts.TypeChecker, source: ts.SourceFile | undefined, method: string) {
	const client = source?.statements.find(ts.isClassDeclaration);
	const declaration = client?.members.find(
		(member) => ts.isMethodDeclaration(member) && member.name.getText() === method,
	);
	return declaration && checker.getSignatureFromDeclaration(declaration as ts.MethodDeclaration);
}

/** A call returns `HttpResponsePromise<Response>` or, for a list, `Promise<Page<Item, Response>>`. */
function responseType(checker: ts.TypeChecker, signature: ts.Signature): ts.Type {
	let type = signature.getReturnType();
	while (/Promise|Page/.test(type.symbol?.name ?? '')) {
		const last = checker.getTypeArguments(type as ts.TypeReference).at(-1);
		if (last === undefined) break;
		type = last;
	}
	return type;
}

function addMembers(
	checker: ts.TypeChecker,
	type: ts.Type,
	path: string,
	members: Members,
	depth = 0,
): void {
	const elements = type.isUnion() ? type.types : [type];
	const literals = elements.flatMap((element) =>
		element.isStringLiteral() ? [element.value] : [],
	);
	const text =
		literals.length > 0
			? literals.sort().join(' | ')
			: elements.map((element) => kindOf(checker, element));
	members.set(path, typeof text === 'string' ? text : [...new Set(text)].sort().join(' | '));
	if (depth === MAX_DEPTH) return;
	for (const element of elements) {
		const item =
			checker.isArrayType(element) && checker.getIndexTypeOfType(element, ts.IndexKind.Number);
		if (item) addMembers(checker, item, `${path}[]`, members, depth + 1);
		else if (isObject(element)) addProperties(checker, element, path, members, depth);
	}
}

function addProperties(
	checker: ts.TypeChecker,
	type: ts.Type,
	path: string,
	members: Members,
	depth: number,
): void {
	for (const property of checker.getPropertiesOfType(type)) {
		const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
		const propertyType = checker.getNonNullableType(checker.getTypeOfSymbol(property));
		const name = `${path}.${property.name}`;
		addMembers(checker, propertyType, name, members, depth + 1);
		if (!isOptional) members.set(name, `${members.get(name)}, required`);
	}
}

const isObject = (type: ts.Type): boolean => (type.flags & ts.TypeFlags.Object) !== 0;

function kindOf(checker: ts.TypeChecker, type: ts.Type): string {
	if (checker.isArrayType(type)) return 'array';
	return isObject(type) ? 'object' : checker.typeToString(type);
}
