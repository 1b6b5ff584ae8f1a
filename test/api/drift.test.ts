import { drift } from './drift.mts';
import { membersOf, SDK_FOLDER, type SdkCall } from './sdkFixture.mts';
import { sdkMembers } from './sdkMembers.mts';

const getDriver = (response: string): SdkCall => ({
	endpoint: 'GET /fleet/drivers/{id}',
	declaration: `get(request: { id: string }): HttpResponsePromise<${response}>;`,
});
const listDrivers = (request: string): SdkCall => ({
	endpoint: 'GET /fleet/drivers',
	declaration: `list(request: ${request}): Promise<Page<{}, { data: string[] }>>;`,
});
const changes = (before: SdkCall[], after: SdkCall[], usedNames: string[] = []) =>
	drift(membersOf(before), membersOf(after), new Set(usedNames));

it('reports nothing if nothing has changed', () => {
	const calls = [getDriver('{ name?: string }'), listDrivers('{ limit?: number }')];
	expect(changes(calls, calls)).toEqual([]);
});

it('reports members of the response that were added, removed or changed, and marks those that the node uses', () => {
	const before = [getDriver("{ name: string; eid?: string; status?: 'active' | 'off' }")];
	const after = [
		getDriver("{ name?: string; email?: string; status?: 'active' | 'left' | 'off' }"),
	];
	expect(changes(before, after, ['name', 'email'])).toEqual([
		'- GET /fleet/drivers/{id}',
		'  - `response.eid` was removed: string',
		'  - `response.email` was added: string **(used by the node)**',
		'  - `response.name` was changed from string, required to string **(used by the node)**',
		'  - `response.status` was changed from active | off to active | left | off',
	]);
});

it('reports changes in requests, and a new object once', () => {
	const before = [listDrivers('{ limit?: number }')];
	const after = [listDrivers('{ limit?: string; hos?: { cycle: { id: string }[] } }')];
	expect(changes(before, after)).toEqual([
		'- GET /fleet/drivers',
		'  - `request.hos` was added: object',
		'  - `request.limit` was changed from number to string',
	]);
});

it('reports endpoints that were added or removed', () => {
	expect(changes([getDriver('{}')], [listDrivers('{}')])).toEqual([
		'- GET /fleet/drivers was added',
		'- **GET /fleet/drivers/{id} was removed**',
	]);
});

it('finds the calls of the SDK, also those of lists', () => {
	const stream = 'GET /qualification-records/stream';
	const members = sdkMembers(SDK_FOLDER, [stream, 'GET /fleet/drivers', 'GET /nowhere']);
	expect([...members.keys()].sort()).toEqual(['GET /fleet/drivers', stream]);
	expect(members.get(stream)?.get('request.entityType')).toBe('asset | worker, required');
	expect(members.get('GET /fleet/drivers')?.get('response.data[].name')).toBe('string');
});

it('refuses a folder without the SDK', () => {
	expect(() => sdkMembers('docs', [])).toThrow();
});
