import { compareResponse, missingMembers } from './openapi/responses.mts';
import type { ComparedResponses } from './openapi/responses.mts';
import { OpenApi } from './openapi/document.mts';
import type { AnySchema } from './openapi/document.mts';
import { REASONS } from './openapi/reasons.mts';
import { compareRequests } from './openapi/requests.mts';
import { samples } from './openapi/samples.mts';
import { startSimulator } from './index.mts';
import { ENDPOINTS } from './server.mts';

/**
 * Compares the simulator's requests and responses with the vendor's OpenAPI document, and prints all differences that
 * `openapi/reasons.mts` does not explain.
 */
const [file] = process.argv.slice(2);
if (file === undefined) {
	console.error(
		"Usage: node test/simulator/compareOpenApi.mts <the vendor's OpenAPI document, JSON>",
	);
	process.exit(2);
}

const api = new OpenApi(file);
const operations = api.operations();
const endpoints = new Map(
	ENDPOINTS.map((endpoint) => [
		`${endpoint.method} ${endpoint.path.replaceAll(/:(\w+)/g, '{$1}')}`,
		endpoint,
	]),
);
void compare().then(report);

function report(differences: string[]): void {
	const used = new Set<RegExp>();
	const unexplained = differences.filter((difference) => {
		const [pattern] = REASONS.find(([candidate]) => candidate.test(difference)) ?? [];
		if (pattern !== undefined) used.add(pattern);
		return pattern === undefined;
	});
	const unused = REASONS.filter(([pattern]) => !used.has(pattern));
	for (const difference of unexplained) console.log(difference);
	for (const [pattern, reason] of unused) {
		console.log(`No longer different: ${pattern} (${reason})`);
	}
	console.log(
		`${differences.length} differences, ${unexplained.length} of them unexplained; ` +
			`${unused.length} unused reasons`,
	);
	process.exitCode = unexplained.length + unused.length > 0 ? 1 : 0;
}

async function compare(): Promise<string[]> {
	const result: string[] = [];
	for (const key of operations.keys()) if (!endpoints.has(key)) result.push(`${key} is missing`);
	for (const [key, endpoint] of endpoints) {
		const operation = operations.get(key);
		if (operation === undefined) result.push(`${key} is undocumented`);
		else {
			const found = compareRequests(api, operation, endpoint);
			result.push(...found.map((difference) => `${key} ${difference}`));
		}
	}
	return [...result, ...(await compareResponses())];
}

async function compareResponses(): Promise<string[]> {
	const simulator = await startSimulator({ mediaProcessingMs: 0 });
	const bodies = new Map([...endpoints].map(([key, { body }]) => [key, (body ?? {}) as AnySchema]));
	const seen = new Map<string, ComparedResponses & { schema?: AnySchema }>();
	const result: string[] = [];
	for (const { key, path, body } of samples(simulator, bodies)) {
		const response = await fetch(simulator.url + path, {
			method: key.split(' ')[0],
			headers: {
				authorization: `Bearer ${simulator.token}`,
				...(body !== undefined && { 'content-type': 'application/json' }),
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const text = await response.text();
		const content = operations.get(key)?.responses[response.status];
		if (content === undefined || !response.ok) {
			result.push(`${key} responds with ${response.status} to a valid request: ${text}`);
			continue;
		}
		const existing = seen.get(key) ?? { differences: new Set(), paths: new Set() };
		seen.set(key, existing);
		existing.schema = api.bodyOf(content);
		if (text === '') continue;
		if (existing.schema === undefined) result.push(`${key} responds with an undocumented body`);
		else compareResponse(api, existing.schema, JSON.parse(text), existing);
	}
	await simulator.close();
	for (const key of endpoints.keys()) if (!seen.has(key)) result.push(`${key} was not sampled`);
	for (const [key, existing] of seen) {
		const never =
			existing.schema === undefined ? [] : missingMembers(api, existing.schema, existing);
		result.push(...[...existing.differences, ...never].map((difference) => `${key} ${difference}`));
	}
	return result;
}
