/** A JSON schema for Ajv. */
export type Schema = { readonly [keyword: string]: unknown };

export const string: Schema = { type: 'string' };
export const number: Schema = { type: 'number' };
export const integer: Schema = { type: 'integer' };
export const boolean: Schema = { type: 'boolean' };
export const uuid: Schema = { type: 'string', format: 'uuid' };
export const date: Schema = { type: 'string', format: 'date' };
export const dateTime: Schema = { type: 'string', format: 'date-time' };
export const strings: Schema = { type: 'array', items: string };
export const numbers: Schema = { type: 'array', items: number };

/** A string with a minimum and a maximum length. */
export function upTo(maxLength: number, minLength = 0): Schema {
	return { type: 'string', maxLength, minLength };
}

export function oneOf(...values: string[]): Schema {
	return { type: 'string', enum: values };
}

export function arrayOf(items: Schema): Schema {
	return { type: 'array', items };
}

/** An object that rejects unknown members. */
export function object(properties: Record<string, Schema>, required: string[] = []): Schema {
	return { type: 'object', properties, required, additionalProperties: false };
}

export const externalIds: Schema = { type: 'object', additionalProperties: string };

/** External IDs in a PATCH, where null may remove a key. */
export const patchedExternalIds: Schema = {
	type: 'object',
	additionalProperties: { type: 'string', nullable: true },
};

const limit: Schema = { type: 'integer', minimum: 1, maximum: 512 };

/** The paging parameters of lists that have a `limit`. */
export const paging: Record<string, Schema> = { limit, after: string };

/** A list of at most 100 IDs in the query. */
export const hundredIds: Schema = { type: 'array', items: string, maxItems: 100 };
