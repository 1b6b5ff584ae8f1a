import type { IDataObject } from 'n8n-workflow';
import { endpointOf } from '../../../../nodes/Samsara/api/endpoints';
import {
	connectionFailure,
	statusFailure,
	unreadableFailure,
} from '../../../../nodes/Samsara/api/errorMessages';

const driver = endpointOf('GET', '/fleet/drivers/1');
const record = endpointOf('POST', '/qualification-records');

const response = (status: number, body: unknown = '', headers: IDataObject = {}) => ({
	status,
	headers,
	text: typeof body === 'string' ? body : JSON.stringify(body),
});

describe('a status outside 2xx', () => {
	it("returns Samsara's own message, what to do, and the request ID", () => {
		const failure = statusFailure(
			driver,
			response(400, { message: 'name: too long', requestId: 'req-1' }),
		);
		expect(failure).toMatchObject({
			reason: 'status',
			status: 400,
			endpoint: 'GET /fleet/drivers/{id}',
			message: 'name: too long',
			requestId: 'req-1',
			description:
				"Change the value that Samsara names, then run again. Request ID for Samsara's support: req-1.",
		});
	});

	it.each([
		[401, 'Enter a valid token in the Samsara credential'],
		[403, "lacks the scope 'Read Drivers'"],
		[404, 'Samsara has no driver with this ID. Pick one from the list'],
		[413, 'Send fewer values'],
		[429, 'rate limit'],
		[500, 'Run again later'],
		[503, 'Run again later'],
		[302, 'Redirects are not followed'],
	])('%i says what to do', (status, advice) => {
		const failure = statusFailure(driver, response(status, { message: 'words' }));
		expect(failure.description).toContain(advice);
		expect(failure.message).toBe('words');
		expect(failure.requestId).toBeUndefined();
	});

	it.each([
		[record, 'Configuration limit exceeded', 'ask Samsara support to raise the limit'],
		[record, 'externalIds: "card:1" is already used by another object', "'If It Exists'"],
		[endpointOf('POST', '/fleet/drivers'), 'username is already taken', "'If It Exists'"],
		[endpointOf('POST', '/attributes'), 'name already exists', "'Create or Update'"],
		[endpointOf('PATCH', '/fleet/drivers/1'), 'username is already taken', 'Change the value'],
		[record, 'issueDate: required', 'Change the value'],
	])('says what to do about a rejected value: %j %s', (endpoint, message, advice) => {
		expect(statusFailure(endpoint, response(400, { message })).description).toContain(advice);
	});

	it('mentions a missing scope once', () => {
		const { message, description } = statusFailure(
			driver,
			response(403, { message: 'The API token does not have the scope "Read Drivers"' }),
		);
		expect(`${message}. ${description}`.match(/Read Drivers/g)).toHaveLength(1);
		expect(description).toContain('Settings > API Tokens');
	});

	it.each([
		['DELETE', '/fleet/trailers/1', 'trailer'],
		['PATCH', '/beta/fleet/equipment/1', 'piece of equipment'],
		['GET', '/attributes/1', 'attribute'],
		['POST', '/qualification-records/archive', 'qualification record'],
	])('says what %s %s did not find', (method, path, noun) => {
		const { description } = statusFailure(endpointOf(method, path), response(404));
		expect(description).toContain(`Samsara has no ${noun} with this ID`);
	});

	it('takes a list that is not found for a wrong address', () => {
		const { description } = statusFailure(endpointOf('GET', '/fleet/drivers'), response(404));
		expect(description).toContain('Check the region or Base URL in the credential');
	});

	it('mentions the files of a record that is too large', () => {
		expect(statusFailure(record, response(413)).description).toContain('smaller files');
	});

	it.each([
		['nothing', '', 'Samsara returned status 502 without an explanation'],
		[
			'a page',
			'<html><h1>Bad Gateway</h1></html>',
			'Samsara returned status 502 without an explanation',
		],
		['plain text', ' upstream reset \n', 'upstream reset'],
		['cut JSON', '{"message":"ups', 'Samsara returned status 502 without an explanation'],
		['null', 'null', 'Samsara returned status 502 without an explanation'],
		['no message', '{"requestId":"r"}', 'Samsara returned status 502 without an explanation'],
		[
			'odd members',
			'{"message":{"a":1},"requestId":7}',
			'Samsara returned status 502 without an explanation',
		],
		['long text', 'x'.repeat(5000), 'x'.repeat(300)],
	])('has a message for %s', (_, text, message) => {
		expect(statusFailure(driver, response(502, text)).message).toBe(message);
	});

	it.each([
		['0.40235', 0.40235],
		['3', 3],
		['-1', undefined],
		['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
		[undefined, undefined],
	])('reads Retry-After %s as decimal seconds', (header, seconds) => {
		const headers = header === undefined ? {} : { 'retry-after': header };
		expect(statusFailure(driver, response(429, '', headers)).retryAfter).toBe(seconds);
	});
});

it.each([
	[{ code: 'ETIMEDOUT' }, 'Samsara did not respond in time'],
	[{ code: 'ECONNABORTED' }, 'Samsara did not respond in time'],
	[{ cause: { code: 'ETIMEDOUT' } }, 'Samsara did not respond in time'],
	[{ code: 'ECONNRESET' }, 'Samsara could not be reached'],
	[undefined, 'Samsara could not be reached'],
])("says why there was no response, without n8n's own error: %j", (error, message) => {
	const failure = connectionFailure(driver, error && { ...error, config: { token: 'secret' } });
	expect(failure).toMatchObject({ reason: 'connection', status: 0, message });
	expect(JSON.stringify(failure)).not.toContain('secret');
});

it.each([
	['', 'it is empty'],
	['{"data":[', 'it is incomplete or not JSON'],
	['<html>', 'it is incomplete or not JSON'],
])('says that a response cannot be read: %j', (text, why) => {
	expect(unreadableFailure(driver, response(200, text))).toMatchObject({
		reason: 'unreadable',
		message: `Samsara's response could not be read: ${why}`,
	});
});
