import {
	NodeOperationError,
	type ILoadOptionsFunctions,
	type ResourceMapperFields,
} from 'n8n-workflow';
import { SamsaraClient } from '../api/client';
import { SamsaraFailure } from '../api/failure';
import { connect } from '../api/http';
import { asError } from '../asError';

/** The editor does not wait long: a list that needs more than this is better tried again. */
const PATIENCE = { retries: 1, seconds: 15, timeout: 15_000 };

/**
 * Makes the API available to a pick list or form of the editor.
 *
 * @throws NodeOperationError with the API's own words, which the editor shows in the list
 */
export async function inEditor<T>(
	context: ILoadOptionsFunctions,
	load: (samsara: SamsaraClient) => Promise<T>,
): Promise<T> {
	try {
		return await load(new SamsaraClient(await connect(context), PATIENCE));
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
export async function inForm(
	context: ILoadOptionsFunctions,
	parameter: string,
	draw: () => Promise<ResourceMapperFields>,
): Promise<ResourceMapperFields> {
	try {
		return await draw();
	} catch (error) {
		const present = context.getCurrentNodeParameter(parameter) as
			| { schema?: unknown[] }
			| undefined;
		if ((present?.schema ?? []).length > 0) throw asError(error);
		return { fields: [], emptyFieldsNotice: asError(error).message };
	}
}

function toEditorError(context: ILoadOptionsFunctions, error: unknown) {
	const node = context.getNode();
	// In one text: lists cut a description off, and drop-downs leave it out.
	if (error instanceof SamsaraFailure) {
		return new NodeOperationError(node, `${error.message}. ${error.advice}`);
	}
	return new NodeOperationError(node, error instanceof Error ? error : String(error));
}
