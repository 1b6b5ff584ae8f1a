import {
	isResourceLocatorValue,
	type ILoadOptionsFunctions,
	type ResourceMapperFields,
} from 'n8n-workflow';
import { qualificationTypes, recordsById } from '../api/qualifications';
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

/** The form for updating the selected record: the same, without required fields. */
export async function getChangeableQualificationFields(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	return await withFormError(this, 'fields', async () => await loadForm(this, false));
}

async function loadForm(
	context: ILoadOptionsFunctions,
	isNew: boolean,
): Promise<ResourceMapperFields> {
	const recordId = isNew ? '' : selected(context, 'recordId');
	const typeIdOrName = selected(context, 'qualificationType');
	if (recordId === '' && typeIdOrName === '')
		return { fields: [], emptyFieldsNotice: "Choose a 'Qualification Type' to see its fields." };
	const type = await withEditorClient(context, async (run) => {
		const [record] = recordId === '' ? [] : (await recordsById(run, [recordId])).records;
		const entityType = record?.owner.entityType ?? chosenEntityType(context);
		const key = record?.qualificationType.id ?? typeIdOrName;
		const types = await qualificationTypes(run, entityType);
		return types.find(({ id, name }) => id === key || name === key);
	});
	if (type === undefined) {
		const what = typeIdOrName === '' ? 'record' : 'qualification type';
		return {
			fields: [],
			emptyFieldsNotice: `This ${what} was not found, or is set by an expression. Choose it from the list to see its fields.`,
		};
	}
	return withNoticeIfEmpty(
		mapperFields(type.fields ?? [], isNew),
		`'${type.name}' has no fields besides its dates.`,
	);
}

/** What a pick list has selected; empty if that is an expression, which the editor could not evaluate. */
function selected(context: ILoadOptionsFunctions, parameter: string): string {
	const value = context.getCurrentNodeParameter(parameter);
	const text = toText(isResourceLocatorValue(value) ? value.value : value);
	return text.startsWith('=') ? '' : text;
}
