import { createServer } from 'node:http';
import { once } from 'node:events';

/** What a language model knows about fleets, and the script must be told: plain words and the terms that they mean. */
const MEANINGS = {
	card: 'qualification record',
	license: 'qualification record',
	certificate: 'qualification record',
	lacks: 'check compliance',
	truck: 'vehicle',
	trucks: 'vehicles',
	renew: 'update',
	show: 'get',
	list: 'get many',
	which: 'get many',
	kinds: 'types',
};

/** How nodes refer to the credential of the model. */
export const modelReference = { id: 'samsaraModel', name: 'Scripted model' };

/** @param {ScriptedModel} model */
export const modelCredential = ({ url }) => ({
	...modelReference,
	type: 'openAiApi',
	data: { apiKey: 'scripted', url },
});

const IGNORED = ['a', 'for', 'in', 'of', 'or', 'the'];

const words = (text) =>
	text
		.toLowerCase()
		.split(/[^a-z]+/)
		.flatMap((word) => [word, ...(MEANINGS[word]?.split(' ') ?? [])])
		.filter((word) => !IGNORED.includes(word))
		.map((word) => word.replace(/s$/, ''));

/**
 * Stands in for a language model: an OpenAI-compatible server on loopback that follows a script. It picks the tool whose
 * description has the most in common with the task, fills in the arguments that the script has for the task, and answers with
 * what the tool returned.
 */
export class ScriptedModel {
	/** The tool calls that the model made, in order: name, arguments, and the tool's answer once there is one. */
	calls = [];

	/** The arguments by task. */
	#argumentsOf = new Map();

	static async start() {
		const model = new ScriptedModel();
		model.server = createServer((request, response) => {
			void model.#respond(request, response);
		});
		model.server.listen(0, '127.0.0.1');
		await once(model.server, 'listening');
		model.url = `http://127.0.0.1:${model.server.address().port}/v1`;
		return model;
	}

	async close() {
		this.server.closeAllConnections();
		this.server.close();
		await once(this.server, 'close');
	}

	/** @param {string} task @param {Record<string, unknown>} values for the parameters that the tool lets the model define */
	teach(task, values) {
		this.#argumentsOf.set(task, values);
	}

	async #respond(request, response) {
		let text = '';
		for await (const part of request.setEncoding('utf8')) text += part;
		const { messages = [], tools = [] } = text === '' ? {} : JSON.parse(text);
		const message = { role: 'assistant', ...this.#next(messages, tools) };
		const completion = {
			id: 'completion',
			object: 'chat.completion',
			created: 0,
			model: 'scripted',
			choices: [{ index: 0, message, finish_reason: message.tool_calls ? 'tool_calls' : 'stop' }],
			usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
		};
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify(completion));
	}

	#next(messages, tools) {
		const last = messages.at(-1);
		if (last?.role === 'tool') {
			this.calls.at(-1).answer = last.content;
			return { content: last.content };
		}
		const task = textOf(last?.content);
		const { name, parameters } = pickTool(task, tools);
		const values = this.#argumentsOf.get(task) ?? {};
		this.calls.push({
			name,
			arguments: values,
			offered: Object.keys(parameters?.properties ?? {}),
		});
		const call = { name, arguments: JSON.stringify(values) };
		return {
			content: null,
			tool_calls: [{ id: `call_${this.calls.length}`, type: 'function', function: call }],
		};
	}
}

const textOf = (content) =>
	typeof content === 'string' ? content : (content ?? []).map(({ text }) => text ?? '').join('');

/** A word counts less the more tools have it in their description. */
function pickTool(task, tools) {
	const wanted = new Set(words(task));
	const described = tools.map(({ function: tool }) => new Set(words(tool.description)));
	const weight = (word) => 1 / described.filter((other) => other.has(word)).length;
	const scores = described.map((own) =>
		[...own].reduce((sum, word) => (wanted.has(word) ? sum + weight(word) : sum), 0),
	);
	return tools[scores.indexOf(Math.max(...scores))].function;
}
