import {
	isResourceLocatorValue,
	jsonParse,
	type IDataObject,
	type IExecuteFunctions,
} from 'n8n-workflow';
import type { RunContext } from '../api/runContext';
import { InvalidInputError } from '../common/errors';
import { toNumber } from '../common/toNumber';
import { toText } from '../common/toText';

/** In characters; Samsara's own IDs have 36 at the most. */
const MAX_ID_LENGTH = 512;

/**
 * One input item as an operation sees it: its parameters, read and checked, and the API.
 * Every reader throws InvalidInputError when the parameter cannot be used.
 */
export class Item {
	constructor(
		/** n8n's own functions, for binary data. */
		readonly n8n: IExecuteFunctions,
		readonly index: number,
		readonly run: RunContext,
	) {}

	/** Why lists broke off of which this item's answer holds the beginning. */
	readonly partialFailures: Error[] = [];

	/** Where the person wants to go on after a failure: keeps what was read of a list, and notes why it broke off. */
	get onPartial(): ((failure: Error) => void) | undefined {
		return this.n8n.continueOnFail() ? (failure) => this.partialFailures.push(failure) : undefined;
	}

	/** Shows a message above the output, once per run and topic. */
	addHint(topic: string, message: string): void {
		if (this.run.shownHints.has(topic)) return;
		this.run.shownHints.add(topic);
		this.n8n.addExecutionHints?.({ message, location: 'outputPane' });
	}

	/** The item's JSON. */
	get json(): IDataObject {
		return this.n8n.getInputData()[this.index].json;
	}

	/** The IDs picked, by parameter. To n8n each reading of an expression is as much work as a call. */
	private readonly locatorIds = new Map<string, unknown>();

	/**
	 * The parameter as n8n resolves it: expressions evaluated, pick lists reduced to the ID. Only addresses are given to
	 * n8n again to take the ID out of: it evaluates anew, and throws for a parameter that the form does not show.
	 */
	value<T = unknown>(name: string, fallback?: T): T {
		if (this.locatorIds.has(name)) return this.locatorIds.get(name) as T;
		const value: unknown = this.n8n.getNodeParameter(name, this.index, fallback);
		if (!isResourceLocatorValue(value)) return value as T;
		const id: unknown =
			value.mode === 'url'
				? this.n8n.getNodeParameter(name, this.index, fallback, { extractValue: true })
				: value.value;
		this.locatorIds.set(name, id);
		return id as T;
	}

	/** A required text, trimmed. `label` is what the form calls it. */
	text(name: string, label: string): string {
		const text = toText(this.value(name, ''));
		if (text === '') throw new InvalidInputError(`'${label}' is empty`, `Fill in '${label}'.`);
		return text;
	}

	/** A required Samsara ID or external ID (`key:value`). A comma would make several of it wherever a call lists IDs. */
	id(name: string, label: string): string {
		const id = this.idOrName(name, label);
		if (!id.includes(',')) return id;
		throw new InvalidInputError(
			`'${label}' is '${id}', but an ID cannot contain a comma`,
			`Give one ID per item. Check which field of the item is mapped to '${label}'.`,
		);
	}

	/** The same where a name, which may contain commas, is accepted too. */
	idOrName(name: string, label: string): string {
		const id = toText(this.value(name, ''));
		if (id.length > MAX_ID_LENGTH || /^\.{1,2}$/.test(id)) {
			throw new InvalidInputError(
				id.length > MAX_ID_LENGTH
					? `'${label}' has ${id.length} characters, which is no ID`
					: `'${label}' is '${id}', which is no ID`,
				`Check which field of the item is mapped to '${label}'.`,
			);
		}
		if (id === '' || id === 'undefined' || id === 'null' || id === '[object Object]') {
			throw new InvalidInputError(
				`'${label}' is empty`,
				`Pick one from the list, or map an ID or an external ID like payrollId:ABFS18600 to '${label}'.`,
			);
		}
		return id;
	}

	/** A drop-down's choice. */
	choice<T extends string>(name: string, label: string, choices: readonly T[]): T {
		const value = this.value<unknown>(name, '');
		const choice = choices.find((candidate) => candidate === value);
		if (choice === undefined) {
			throw new InvalidInputError(
				`'${label}' is '${toText(value)}'`,
				`Choose one of ${choices.join(', ')}.`,
			);
		}
		return choice;
	}

	/** A switch. */
	boolean(name: string, fallback = false): boolean {
		return this.value<unknown>(name, fallback) === true;
	}

	/** Members of a collection (Additional Fields, Filters, Options) that the person added. */
	collection(name: string): IDataObject {
		const value = this.value<unknown>(name, {});
		return typeof value === 'object' && value !== null ? (value as IDataObject) : {};
	}

	/** How many rows are wanted: `undefined` with Return All, else Limit. */
	limit(): number | undefined {
		if (this.boolean('returnAll')) return undefined;
		const limit = toNumber(this.value('limit', 50));
		if (!Number.isInteger(limit) || limit < 1) {
			throw new InvalidInputError(
				`'Limit' is ${toText(this.value('limit'))}`,
				"Give 'Limit' a whole number from 1 up, or turn on 'Return All'.",
			);
		}
		return limit;
	}

	/** A JSON parameter: text or, from an expression, the thing itself. */
	parsedJson(name: string, label: string): unknown {
		return parseJson(this.value<unknown>(name, ''), label);
	}
}

/** JSON that a person typed, or the value that an expression gave. @throws InvalidInputError */
export function parseJson(value: unknown, label: string): unknown {
	if (typeof value !== 'string') return value;
	if (value.trim() === '') return undefined;
	const invalid = Symbol('broken');
	const parsed = jsonParse<unknown>(value, { fallbackValue: invalid });
	if (parsed === invalid)
		throw new InvalidInputError(
			`'${label}' is not JSON`,
			`Check quotes, commas and brackets in '${label}'.`,
		);
	return parsed;
}
