import {
	NodeOperationError,
	type ILoadOptionsFunctions,
	type ResourceMapperFields,
} from 'n8n-workflow';
import { SamsaraClient } from '../api/client';
import { inOneText, InvalidInputError, SamsaraApiError, toError } from '../common/errors';
import { createTransport } from '../api/http';
import { RunContext } from '../api/runContext';

/** Users of the editor should not wait long for an error. */
const EDITOR_CLIENT_OPTIONS = { retries: 1, seconds: 15, timeout: 15_000 };

/**
 * Loads a pick list or form of the editor from the API.
 *
 * @throws NodeOperationError with Samsara's own message, which the editor shows in the list
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
 * Loads a form. If this fails, shows the reason in place of the form, because the editor does not show the error. A form
 * that was loaded earlier remains, with the user's input.
 *
 * @param parameter the name of the form's parameter
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

/** A form with a notice only if it is empty: with automatic mapping, n8n shows the notice even if there are fields. */
export function withNoticeIfEmpty(
	fields: ResourceMapperFields['fields'],
	emptyFieldsNotice: string,
): ResourceMapperFields {
	return fields.length === 0 ? { fields, emptyFieldsNotice } : { fields };
}

function toEditorError(context: ILoadOptionsFunctions, error: unknown) {
	const node = context.getNode();
	// As one text, because lists truncate the description and drop-downs don't show it.
	if (error instanceof SamsaraApiError || error instanceof InvalidInputError) {
		return new NodeOperationError(node, inOneText(error));
	}
	return new NodeOperationError(node, toError(error));
}
