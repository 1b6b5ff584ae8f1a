import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';
import { qualificationTypes } from '../api/qualifications';
import { formColumns } from '../fields/qualification/columns';
import { inEditor, inForm } from './editor';
import { chosenEntityType } from './choices';

/** The form of a new record of the chosen type. */
export async function getQualificationFields(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	return await inForm(this, 'fields', async () => await draw(this, true));
}

/** The form for changing a record: the same, with nothing required. */
export async function getChangeableQualificationFields(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	return await inForm(this, 'fields', async () => await draw(this, false));
}

async function draw(
	context: ILoadOptionsFunctions,
	required: boolean,
): Promise<ResourceMapperFields> {
	const chosen = String(
		context.getCurrentNodeParameter('qualificationType', { extractValue: true }) ?? '',
	).trim();
	if (chosen === '')
		return { fields: [], emptyFieldsNotice: "Choose a 'Qualification Type' to see its fields." };
	const types = await inEditor(
		context,
		async (samsara) => await qualificationTypes(samsara, chosenEntityType(context)),
	);
	const type = types.find(({ id, name }) => id === chosen || name === chosen);
	if (type === undefined) {
		return {
			fields: [],
			emptyFieldsNotice:
				"This qualification type is not known for the chosen 'Entity Type', or is given by an expression. Pick it from the list to see its fields.",
		};
	}
	return {
		fields: formColumns(type.fields ?? [], required),
		emptyFieldsNotice: `'${type.name}' has no fields besides its dates.`,
	};
}
