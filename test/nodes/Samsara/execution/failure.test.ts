import type { INode } from 'n8n-workflow';
import { InvalidInputError, SamsaraApiError } from '../../../../nodes/Samsara/common/errors';
import { toNodeError } from '../../../../nodes/Samsara/execution/errors';

const node = { name: 'Samsara', type: 'samsara', typeVersion: 1 } as INode;

const failed = (details: {
	status?: number;
	reason?: 'connection' | 'pages';
	retryAfter?: number;
}) =>
	new SamsaraApiError({
		reason: details.reason ?? 'status',
		status: details.status ?? 0,
		endpoint: 'GET /qualification-records/stream',
		message: 'It failed',
		description: 'Run again.',
		retryAfter: details.retryAfter,
	});

test.each([
	[failed({ status: 429, retryAfter: 0.4 }), { cause: 'rate-limited', retryAfterMs: 400 }],
	[failed({ status: 429 }), { cause: 'rate-limited' }],
	[
		failed({ status: 503, retryAfter: 60 }),
		{ cause: 'temporarily-unavailable', retryAfterMs: 60_000 },
	],
	[failed({ status: 500 }), { cause: 'temporarily-unavailable' }],
	[failed({ reason: 'connection' }), { cause: 'temporarily-unavailable' }],
	[failed({ status: 401 }), { cause: 'credential-invalid' }],
	[failed({ status: 403 }), { cause: 'configuration-invalid' }],
	[
		new InvalidInputError("'Days Ahead' is empty", 'Enter a number.'),
		{ cause: 'configuration-invalid' },
	],
	[failed({ status: 400 }), undefined],
	[failed({ reason: 'pages' }), undefined],
	[new Error('something else'), undefined],
])('%s: n8n learns the cause', (error, failure) => {
	expect(toNodeError(node, error).failure).toEqual(failure);
});
