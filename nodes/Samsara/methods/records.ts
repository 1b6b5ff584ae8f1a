import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { ownerKey, ownerNames } from '../api/ownerNames';
import type { OwnerEntityType, QualificationRecord, RecordStatus } from '../api/types';
import { Days } from '../fields/dates';
import { expirationOf } from '../fields/qualification/recordRow';
import { withEditorClient } from './editorClient';
import { readRecordPage, type RecordPage } from './recordPages';
import { chosenEntityType } from './loadOptions';
import { matches, MIN_RESULTS } from './search';

/** Operations that apply only to records with this status. */
const STATUS_FOR: Record<string, RecordStatus> = { archive: 'active', unarchive: 'archived' };

/**
 * Records by owner, type and expiration, last change first: `Tyler Freckmann · Medical Card · expires 2026-12-01`. For
 * Update, whose form selects drivers or assets, only records of those.
 */
export async function searchRecords(
	this: ILoadOptionsFunctions,
	filter = '',
	token?: string,
): Promise<INodeListSearchResult> {
	const operation = String(this.getCurrentNodeParameter('operation') ?? '');
	const types: OwnerEntityType[] =
		operation === 'update' ? [chosenEntityType(this)] : ['worker', 'asset'];
	const days = new Days(new Date(), this.getTimezone());
	return await withEditorClient(this, async (run) => {
		const results: INodeListSearchResult['results'] = [];
		let page: RecordPage = await readRecordPage(run, types, token);
		for (;;) {
			const records = page.records.filter(
				({ recordStatus }) => recordStatus === (STATUS_FOR[operation] ?? recordStatus),
			);
			const names = await ownerNames(run, records);
			for (const record of records) {
				const name = displayName(record, names.get(ownerKey(record)), days);
				if (matches([name, record.id, ...Object.values(record.externalIds ?? {})], filter))
					results.push({ name, value: record.id });
			}
			if (page.next === undefined || results.length >= MIN_RESULTS || page.isBudgetSpent) break;
			page = await readRecordPage(run, types, page.next, page.calls);
		}
		return { results, paginationToken: page.next };
	});
}

function displayName(record: QualificationRecord, owner: string | undefined, days: Days): string {
	const end = expirationOf(record);
	return [
		owner ?? record.owner.id,
		record.qualificationType.name ?? record.qualificationType.id,
		record.recordStatus === 'active' ? '' : record.recordStatus,
		end === undefined ? 'does not expire' : `expires ${days.date(end)}`,
	]
		.filter(Boolean)
		.join(' · ');
}
