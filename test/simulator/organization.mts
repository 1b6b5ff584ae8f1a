import type { Endpoint } from './endpoint.mts';
import { endpoint } from './endpoint.mts';
import { listPage } from './pages.mts';
import { paging } from './schemas/common.mts';
import type { JsonObject } from './types.mts';

/** GET /me, which the credential test uses, and GET /tags. */
export const organizationEndpoints: Endpoint[] = [
	endpoint({
		method: 'GET',
		path: '/me',
		scope: 'Read Org Information',
		handle(context) {
			const { organization } = context.backend.state;
			const carrierSettings = {
				carrierName: organization.name,
				dotNumber: 1934827,
				mainOfficeAddress: '1420 Harbor Avenue SW, Seattle, WA 98126',
			};
			return { status: 200, body: { data: { ...organization, carrierSettings } } };
		},
	}),
	endpoint({
		method: 'GET',
		path: '/tags',
		scope: 'Read Tags',
		query: paging,
		handle(context) {
			const { tags } = context.backend.state;
			const body = listPage(
				context,
				[...tags.values()],
				(tag) => {
					const parent = tags.get(tag.parentTagId ?? '');
					const result: JsonObject = { ...tag };
					if (parent !== undefined) result.parentTag = { id: parent.id, name: parent.name };
					return result;
				},
				512,
			);
			return { status: 200, body };
		},
	}),
];
