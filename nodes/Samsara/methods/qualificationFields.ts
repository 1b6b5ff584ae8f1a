import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';
import { qualificationTypes } from '../api/qualifications';
import { toText } from '../common/coercion';
import { mapperFields } from '../fields/qualification/mapperFields';
import { withEditorClient, withFormError, withNoticeIfEmpty } from './editorClient';
import { chosenEntityType } from './loadOptions';

/** The form for a new record of the selected type. */
export async function getQualificationFields(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	return await withFormError(this, 'fields', async () => await loadForm(this, true));
}

/** The form for updating a record: the same, without required fields. */
export async function getChangeableQualificationFields(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	return await withFormError(this, 'fields', async () => await loadForm(this, false));
}

async function loadForm(
	context: ILoadOptionsFunctions,
	required: boolean,
): Promise<ResourceMapperFields> {
	const typeIdOrName = toText(
		context.getCurrentNodeParameter('qualificationType', { extractValue: true }),
	);
	if (typeIdOrName === '')
		return { fields: [], emptyFieldsNotice: "Choose a 'Qualification Type' to see its fields." };
	const types = await withEditorClient(
		context,
		async (run) => await qualificationTypes(run, chosenEntityType(context)),
	);
	const type = types.find(({ id, name }) => id === typeIdOrName || name === typeIdOrName);
	if (type === undefined) {
		return {
			fields: [],
			emptyFieldsNotice:
				'This qualification type was not found, or is set by an expression. Choose it from the list to see its fields.',
		};
	}
	return withNoticeIfEmpty(
		mapperFields(type.fields ?? [], required),
		`'${type.name}' has no fields besides its dates.`,
	);
}
