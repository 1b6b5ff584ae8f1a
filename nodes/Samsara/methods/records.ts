import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { OwnerEntityType, RecordStatus } from '../api/types';
import { Days } from '../fields/dates';
import { withEditorClient } from './editorClient';
import { chosenEntityType } from './loadOptions';
import { RecordList } from './recordList';

/** Operations that apply only to records with this status. */
const STATUS_FOR: Record<string, RecordStatus> = { archive: 'active', unarchive: 'archived' };

/**
 * Records by owner, type and expiration: `Tyler Freckmann · Medical Card · expires 2026-12-01`. For Update, whose form
 * selects drivers or assets, only records of those.
 */
export async function searchRecords(
	this: ILoadOptionsFunctions,
	filter = '',
	token?: string,
): Promise<INodeListSearchResult> {
	const operation = String(this.getCurrentNodeParameter('operation') ?? '');
	const entityTypes: OwnerEntityType[] =
		operation === 'update' ? [chosenEntityType(this)] : ['worker', 'asset'];
	const days = new Days(new Date(), this.getTimezone());
	const options = { entityTypes, status: STATUS_FOR[operation], filter, days };
	return await withEditorClient(
		this,
		async (run) => await new RecordList(run, options).page(token),
	);
}
