import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { qualificationTypes } from '../api/qualifications';
import type { OwnerEntityType } from '../api/types';
import { assetAttributes, driverAttributes } from './attributeMapping';
import { withEditorClient } from './editorClient';
import { compareOwners, listOwners, type ListedOwner } from './ownerLists';

/** Qualification types of drivers, assets, or both, by name. */
export async function getQualificationTypes(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return await withEditorClient(this, async (run) => {
		const options: INodePropertyOptions[] = [];
		for (const entityType of chosenEntityTypes(this))
			for (const { id, name } of await qualificationTypes(run, entityType))
				options.push({ name, value: id });
		return sortByName(options);
	});
}

/** Active drivers, assets, or both, by name. Namesakes have details. */
export async function getOwners(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await withEditorClient(this, async (run) => {
		let owners: ListedOwner[] = [];
		for (const entityType of chosenEntityTypes(this))
			owners = owners.concat(await listOwners(run, entityType, false));
		return owners.sort(compareOwners).map(({ id, label }) => ({ name: label, value: id }));
	});
}

/** The allowed values of the attributes of drivers or assets, e.g. `License Type: Class A`. */
export async function getAttributeValues(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return await chosenAttributes(this).valueOptions.call(this);
}

/** The attributes of drivers or assets that hold dates, e.g. `Hire Date`. */
export async function getDateAttributes(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return await chosenAttributes(this).dateOptions.call(this);
}

function chosenAttributes(context: ILoadOptionsFunctions) {
	return chosenEntityType(context) === 'asset' ? assetAttributes : driverAttributes;
}

/** Drivers or assets, as selected in the form. The default is drivers. */
export function chosenEntityType(context: ILoadOptionsFunctions): OwnerEntityType {
	return context.getCurrentNodeParameter('entityType') === 'asset' ? 'asset' : 'worker';
}

/** Drivers, assets, or both, which the trigger offers. */
function chosenEntityTypes(context: ILoadOptionsFunctions): OwnerEntityType[] {
	const isBoth = context.getCurrentNodeParameter('entityType') === 'both';
	return isBoth ? ['worker', 'asset'] : [chosenEntityType(context)];
}

function sortByName(options: INodePropertyOptions[]): INodePropertyOptions[] {
	return options.sort((a, b) => a.name.localeCompare(b.name));
}
