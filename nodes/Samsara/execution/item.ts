import {
	isResourceLocatorValue,
	jsonParse,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';
import type { RunContext } from '../api/runContext';
import { choiceError, InvalidInputError } from '../common/errors';
import { idError, isName, isPathStep, MAX_ID_LENGTH } from '../common/ids';
import { quote, toNumber, toText } from '../common/coercion';

/**
 * One input item, with its parameters and the context of the run. Every method that reads a parameter throws
 * InvalidInputError if its value cannot be used.
 */
export class Item {
	constructor(
		readonly n8n: IExecuteFunctions,
		readonly index: number,
		readonly run: RunContext,
	) {}

	/** The failures of lists of which this item returns only the rows read so far. */
	readonly partialFailures: Error[] = [];

	/** With continue on fail: keeps the rows read so far of a list that fails, and remembers the failure. */
	get onPartial(): ((failure: Error) => void) | undefined {
		return this.n8n.continueOnFail() ? (failure) => this.partialFailures.push(failure) : undefined;
	}

	/** Shows a message with the output, once per run and topic. */
	addHint(topic: string, message: string): void {
		if (this.run.shownHints.has(topic)) return;
		this.run.shownHints.add(topic);
		this.n8n.addExecutionHints?.({ message, location: 'outputPane' });
	}

	/** The item's JSON. */
	get json(): IDataObject {
		return this.n8n.getInputData()[this.index].json;
	}

	/** IDs by parameter, because n8n takes about as long to evaluate an expression as to make a call. */
	private readonly locatorIds = new Map<string, unknown>();

	/**
	 * The value of a parameter, with expressions evaluated and pick lists reduced to the ID. Asks n8n to extract the ID only
	 * from URLs: it evaluates the expression again, and throws for a parameter that is not displayed.
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

	/** A required text, trimmed. `label` is the parameter's display name. */
	text(name: string, label: string): string {
		const text = toText(this.value(name, ''));
		if (text === '') throw new InvalidInputError(`'${label}' is empty`, `Fill in '${label}'.`);
		return text;
	}

	/** A required Samsara ID or external ID (`key:value`). In a list of IDs, one with a comma would become two. */
	id(name: string, label: string): string {
		const id = this.idOrName(name, label);
		if (id.includes(',')) {
			throw new InvalidInputError(
				`'${label}' is ${quote(id)}, but an ID cannot contain a comma`,
				`Use one ID per item. Check which field of the item is mapped to '${label}'.`,
			);
		}
		if (isName(id)) throw idError(label, id);
		return id;
	}

	/** Like `id`, but also accepts a name, which may contain commas. */
	idOrName(name: string, label: string): string {
		const value = this.value<unknown>(name, '');
		const id = toText(value);
		if (id.length > MAX_ID_LENGTH) {
			throw new InvalidInputError(
				`'${label}' has ${id.length} characters, which is too long for an ID`,
				`Check which field of the item is mapped to '${label}'.`,
			);
		}
		if (['undefined', 'null', '[object Object]'].includes(id)) throw idError(label, '');
		if (id === '' || typeof value === 'object' || isPathStep(id)) throw idError(label, value);
		return id;
	}

	/** The selected option of a drop-down. */
	choice<T extends string>(
		{ name, displayName, options = [] }: INodeProperties,
		value = this.value<unknown>(name, ''),
	): T {
		const choices = (options as INodePropertyOptions[]).map((option) => option.value);
		if (choices.some((choice) => choice === value)) return value as T;
		throw choiceError(displayName, value, choices.map(String));
	}

	/** The selected option of a drop-down in the collection 'Options', or its default if it was not added. */
	option<T extends string>(property: INodeProperties): T {
		const { [property.name]: value = property.default } = this.collection('options');
		return this.choice(property, value);
	}

	/** A toggle. */
	boolean(name: string, fallback = false): boolean {
		return this.value<unknown>(name, fallback) === true;
	}

	/** The entries that the user added to a collection (Additional Fields, Filters, Options). */
	collection(name: string): IDataObject {
		const value = this.value<unknown>(name, {});
		return typeof value === 'object' && value !== null ? (value as IDataObject) : {};
	}

	/** The maximum number of rows: Limit, or `undefined` with Return All. */
	limit(): number | undefined {
		if (this.boolean('returnAll')) return undefined;
		const limit = toNumber(this.value('limit', 50));
		if (!Number.isInteger(limit) || limit < 1) {
			throw new InvalidInputError(
				`'Limit' must be a whole number of 1 or more, but is ${quote(this.value('limit'))}`,
				"Change 'Limit', or turn on 'Return All'.",
			);
		}
		return limit;
	}

	/** A JSON parameter: text or, from an expression, the value itself. */
	parsedJson(name: string, label: string): unknown {
		return parseJson(this.value<unknown>(name, ''), label);
	}
}

/** Parses JSON text. Any other value, e.g. from an expression, is returned as it is. @throws InvalidInputError */
export function parseJson(value: unknown, label: string): unknown {
	if (typeof value !== 'string') return value;
	if (value.trim() === '') return undefined;
	const invalid = Symbol('invalid');
	const parsed = jsonParse<unknown>(value, { fallbackValue: invalid });
	if (parsed === invalid)
		throw new InvalidInputError(
			`'${label}' is not valid JSON`,
			`Check the quotes, commas, and brackets in '${label}'.`,
		);
	return parsed;
}
