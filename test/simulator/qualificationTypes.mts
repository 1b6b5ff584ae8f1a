import type { Endpoint } from './endpoint.mts';
import { endpoint, list } from './endpoint.mts';
import { FIVE_A_SECOND } from './limits.mts';
import { listPage } from './pages.mts';
import { hundredIds, string } from './schemas/common.mts';
import { ownerEntityType } from './schemas/qualifications.mts';
import type { Json, QualificationType } from './types.mts';

const PAGE_SIZE = 100;

/** The list of qualification types, which can be filtered by IDs and has no `limit`. */
export const qualificationTypeEndpoints: Endpoint[] = [
	endpoint({
		method: 'GET',
		path: '/qualification-types',
		scope: 'Read Qualification Records',
		rateLimit: FIVE_A_SECOND,
		query: { entityType: ownerEntityType, ids: hundredIds, after: string },
		requiredQuery: ['entityType'],
		lists: ['ids'],
		handle(context) {
			const ids = list(context, 'ids');
			const rows = [...context.backend.state.qualificationTypes.values()].filter(
				(type) =>
					type.entityType === context.query.entityType &&
					(ids.length === 0 || ids.includes(type.id)),
			);
			const render = (type: QualificationType) => structuredClone(type) as unknown as Json;
			return { status: 200, body: listPage(context, rows, render, PAGE_SIZE) };
		},
	}),
];
