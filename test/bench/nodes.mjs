/** A workflow that starts with a webhook, splits out its `items`, and responds with the output of the last node. */
export function chain(path, nodes) {
	const webhook = {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: path,
		parameters: {
			httpMethod: 'POST',
			path,
			responseMode: 'lastNode',
			responseData: 'allEntries',
			options: {},
		},
	};
	const all = [webhook, splitOut('Items', 'body.items'), ...nodes].map((node, index) => ({
		id: `${path}-${index}`,
		typeVersion: 1,
		position: [index * 200, 0],
		...node,
	}));
	const connections = {};
	all.slice(1).forEach((node, index) => {
		connections[all[index].name] = { main: [[{ node: node.name, type: 'main', index: 0 }]] };
	});
	return { name: path, nodes: all, connections, settings: { executionOrder: 'v1' } };
}

/** A Split Out node: one item per list entry. */
export function splitOut(name, fieldToSplitOut) {
	return { name, type: 'n8n-nodes-base.splitOut', parameters: { fieldToSplitOut, options: {} } };
}

/** A Limit node that keeps only the last item. */
export const last = {
	name: 'Last',
	type: 'n8n-nodes-base.limit',
	parameters: { maxItems: 1, keep: 'lastItems' },
};

/** The value of a resource locator, by ID. */
export const byId = (value) => ({ __rl: true, mode: 'id', value });

/** The Samsara node. */
export function samsara(credentials, parameters) {
	return { name: 'Samsara', type: 'n8n-nodes-samsara.samsara', parameters, credentials };
}

/**
 * n8n's HTTP Request node, authenticated with the same credential.
 *
 * @param {object} credentials
 * @param {object} request
 * @param {string} request.method
 * @param {string} request.url may be an expression
 * @param {Record<string, string>} [request.query]
 * @param {string} [request.body] an expression that evaluates to JSON
 * @param {object} [request.options] the node's Options
 * @param {object} [settings] the node's settings, e.g. Retry On Fail
 */
export function httpRequest(
	credentials,
	{ method, url, query, body, options = {} },
	settings = {},
) {
	const parameters = {
		method,
		url,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'samsaraApi',
		options,
	};
	if (query) {
		const input = Object.entries(query).map(([name, value]) => ({ name, value }));
		Object.assign(parameters, { sendQuery: true, queryParameters: { parameters: input } });
	}
	if (body) Object.assign(parameters, { sendBody: true, specifyBody: 'json', jsonBody: body });
	return {
		name: 'HTTP Request',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.4,
		parameters,
		credentials,
		...settings,
	};
}
