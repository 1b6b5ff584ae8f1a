import { readFileSync } from 'node:fs';

/** The parts of a schema that the comparison uses, both in the document and in the simulator. */
export interface AnySchema {
	$ref?: string;
	allOf?: AnySchema[];
	type?: string;
	format?: string;
	enum?: unknown[];
	maxLength?: number;
	minLength?: number;
	maximum?: number;
	minimum?: number;
	maxItems?: number;
	required?: string[];
	properties?: Record<string, AnySchema>;
	additionalProperties?: AnySchema | boolean;
	items?: AnySchema;
}

interface Content {
	content?: Record<string, { schema: AnySchema }>;
}

export interface Operation {
	parameters?: Array<{ in: string; name: string; required?: boolean; schema: AnySchema }>;
	requestBody?: Content;
	responses: Record<string, Content>;
}

/** An OpenAPI document. */
export class OpenApi {
	private readonly document: {
		paths: Record<string, Record<string, Operation>>;
		components: { schemas: Record<string, AnySchema> };
	};

	constructor(file: string) {
		this.document = JSON.parse(readFileSync(file, 'utf8'));
	}

	/** All operations by `METHOD /path/{id}`. */
	operations(): Map<string, Operation> {
		return new Map(
			Object.entries(this.document.paths).flatMap(([path, methods]) =>
				Object.entries(methods).map(([method, operation]) => [
					`${method.toUpperCase()} ${path}`,
					operation,
				]),
			),
		);
	}

	/** The schema of a body, or undefined if there is none. */
	bodyOf(content: Content | undefined): AnySchema | undefined {
		return content?.content?.['application/json']?.schema;
	}

	/** Follows the reference of a schema and merges its `allOf` parts. */
	resolve(schema: AnySchema): AnySchema {
		if (schema.$ref !== undefined) {
			const name = schema.$ref.split('/').at(-1) ?? '';
			return this.resolve(this.document.components.schemas[name]);
		}
		if (schema.allOf === undefined) return schema;
		const parts = schema.allOf.map((part) => this.resolve(part));
		return {
			...Object.assign({}, ...parts),
			...schema,
			allOf: undefined,
			properties: Object.assign({}, ...parts.map((part) => part.properties)),
			required: parts.flatMap((part) => part.required ?? []),
		};
	}
}
