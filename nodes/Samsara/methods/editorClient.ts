import {
	NodeOperationError,
	type ILoadOptionsFunctions,
	type ResourceMapperFields,
} from 'n8n-workflow';
import { SamsaraClient } from '../api/client';
import { SamsaraApiError } from '../api/samsaraApiError';
import { createTransport } from '../api/http';
import { RunContext } from '../api/runContext';
import { toError } from '../common/errors';

/** The editor does not wait long: a list that needs more than this is better tried again. */
const EDITOR_CLIENT_OPTIONS = { retries: 1, seconds: 15, timeout: 15_000 };

/**
 * Makes the API available to a pick list or form of the editor.
 *
 * @throws NodeOperationError with the API's own words, which the editor shows in the list
 */
export async function withEditorClient<T>(
	context: ILoadOptionsFunctions,
	load: (run: RunContext) => Promise<T>,
): Promise<T> {
	try {
		const client = new SamsaraClient(await createTransport(context), EDITOR_CLIENT_OPTIONS);
		return await load(new RunContext(client));
	} catch (error) {
		throw toEditorError(context, error);
	}
}

/**
 * Draws a form. Where it cannot be drawn, the reason stands in its place, because the editor shows no error there; but a
 * form that is there already stays, with what is filled in.
 *
 * @param parameter the name of the form
 */
export async function withFormError(
	context: ILoadOptionsFunctions,
	parameter: string,
	loadForm: () => Promise<ResourceMapperFields>,
): Promise<ResourceMapperFields> {
	try {
		return await loadForm();
	} catch (error) {
		const current = context.getCurrentNodeParameter(parameter) as
			| { schema?: unknown[] }
			| undefined;
		if ((current?.schema ?? []).length > 0) throw toError(error);
		return { fields: [], emptyFieldsNotice: toError(error).message };
	}
}

function toEditorError(context: ILoadOptionsFunctions, error: unknown) {
	const node = context.getNode();
	// In one text: lists cut a description off, and drop-downs leave it out.
	if (error instanceof SamsaraApiError) {
		return new NodeOperationError(node, `${error.message}. ${error.description}`);
	}
	return new NodeOperationError(node, error instanceof Error ? error : String(error));
}
