import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';
import { qualificationTypes } from '../api/qualifications';
import { mapperFields } from '../fields/qualification/mapperFields';
import { withEditorClient, withFormError } from './editorClient';
import { chosenEntityType } from './loadOptions';

/** The form of a new record of the chosen type. */
export async function getQualificationFields(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	return await withFormError(this, 'fields', async () => await loadForm(this, true));
}

/** The form for changing a record: the same, with nothing required. */
export async function getChangeableQualificationFields(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	return await withFormError(this, 'fields', async () => await loadForm(this, false));
}

async function loadForm(
	context: ILoadOptionsFunctions,
	required: boolean,
): Promise<ResourceMapperFields> {
	const typeIdOrName = String(
		context.getCurrentNodeParameter('qualificationType', { extractValue: true }) ?? '',
	).trim();
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
				"This qualification type is not known for the chosen 'Entity Type', or is given by an expression. Pick it from the list to see its fields.",
		};
	}
	return {
		fields: mapperFields(type.fields ?? [], required),
		emptyFieldsNotice: `'${type.name}' has no fields besides its dates.`,
	};
}
